//! Validates only the structure of a value, and reports each mistake once.
//!
//! JSON Schema rejects all members of an object in which one member is invalid, because it cannot tell which members are
//! declared. Therefore types are validated first, without closing the objects, and undeclared members are removed from
//! the inside to the outside.

use document::{Node, pointer};
use jsonschema::Validator;
use serde_json::{Value, json};

use super::{Violation, errors};
use crate::conform::{
    declared::Document,
    mismatch::Aspect,
    schema::{OF_VALUES, OF_VALUES_AND_REQUIRED, Translation},
};

const CLOSED: Translation = Translation { closed: true, omitted: OF_VALUES };
const OPEN: Translation = Translation { closed: false, omitted: OF_VALUES };
const OPTIONAL: Translation = Translation { closed: true, omitted: OF_VALUES_AND_REQUIRED };

pub(super) fn violations(
    document: &Document<'_>,
    schema: Option<Node<'_>>,
    value: &Value,
) -> Result<Vec<Violation>, String> {
    let validator = |translation| document.validators.get(document, schema, translation);
    if validator(CLOSED)?.is_valid(value) {
        return Ok(Vec::new());
    }
    let open = validator(OPEN)?;
    let mut violations = errors(&open, value);
    let mut value = value.clone();
    for violation in violations.iter().filter(|violation| violation.aspect == Aspect::Type) {
        if !remove(&mut value, &violation.pointer) {
            replace(&open, &mut value, &violation.pointer);
        }
    }
    let undeclared = undeclared(validator(OPTIONAL)?.as_ref(), &mut value);
    violations.retain(|violation| !is_renamed(violation, &undeclared));
    violations.extend(undeclared);
    Ok(violations)
}

/// Returns the undeclared members, and removes them from the value.
fn undeclared(validator: &Validator, value: &mut Value) -> Vec<Violation> {
    let mut undeclared = Vec::new();
    loop {
        let found: Vec<Violation> = errors(validator, value);
        let members = || found.iter().filter(|violation| violation.aspect == Aspect::Member);
        let is_innermost = |violation: &&Violation| {
            let object = parent(&violation.pointer);
            !members().any(|other| {
                parent(&other.pointer).len() > object.len() && is_in(parent(&other.pointer), object)
            })
        };
        let innermost: Vec<String> =
            members().filter(is_innermost).map(|violation| violation.pointer.clone()).collect();
        let before = undeclared.len();
        for pointer in innermost {
            if remove(value, &pointer) {
                undeclared.push(Violation::undeclared(pointer));
            }
        }
        if undeclared.len() == before {
            return undeclared;
        }
    }
}

/// Returns true for a missing member whose object has an undeclared one, which is probably the same with another name.
fn is_renamed(violation: &Violation, undeclared: &[Violation]) -> bool {
    violation.aspect == Aspect::Missing
        && undeclared.iter().any(|other| parent(&other.pointer) == violation.pointer)
}

fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn is_in(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

/// Removes the value at a pointer from its object. Returns false if it is not a member of an object.
fn remove(value: &mut Value, pointer: &str) -> bool {
    let Some((parent, step)) = pointer.rsplit_once('/') else { return false };
    match value.pointer_mut(parent) {
        Some(Value::Object(members)) => members.remove(&pointer::unescape(step)).is_some(),
        _ => false,
    }
}

/// Replaces a value of the wrong type, which is not a member of an object, by one of the right type.
fn replace(validator: &Validator, value: &mut Value, pointer: &str) {
    for replacement in [json!({}), json!([]), json!(""), json!(0), json!(false)] {
        let Some(node) = value.pointer_mut(pointer) else { return };
        *node = replacement;
        if errors(validator, value).iter().all(|violation| violation.pointer != pointer) {
            return;
        }
    }
}
