//! Objects and arrays against their schemas.

use std::collections::HashMap;

use document::{Entry, Node, phrasing::describe, spelling};

use super::{Case, Validator};
use crate::{
    examples::{Role, Violation, ViolationKind, scalars},
    schemas::{Direction, Number},
};

pub(super) fn array<'t>(validator: &mut Validator<'_, 't>, case: Case<'t>) -> Vec<Violation<'t>> {
    let Case { schema, value, role } = case;
    let mut violations =
        count(case, ["minItems", "maxItems"], ["item", "items"], value.items().count());
    violations.extend(repeated(schema, value));
    if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
        for item in value.items() {
            violations.extend_from_slice(&validator.violations(items, item, role));
        }
    }
    violations
}

fn repeated<'t>(schema: Node<'t>, value: Node<'t>) -> Option<Violation<'t>> {
    let keyword = schema.get("uniqueItems").filter(|unique| unique.as_bool() == Some(true))?;
    let mut first = HashMap::new();
    let repeated =
        value.items().find(|item| first.insert(scalars::canonical(*item), *item).is_some())?;
    let message = format!("{} stands twice, and all must differ", describe(repeated));
    Some(Violation::new(repeated, ViolationKind::Other, message).because(keyword).help("remove it"))
}

pub(super) fn object<'t>(validator: &mut Validator<'_, 't>, case: Case<'t>) -> Vec<Violation<'t>> {
    let Case { schema, value, .. } = case;
    let properties = schema.get("properties");
    let mut violations = count(
        case,
        ["minProperties", "maxProperties"],
        ["member", "members"],
        members(value).count(),
    );
    for entry in members(value) {
        match properties.and_then(|properties| properties.get(entry.name())) {
            Some(property) => violations.extend(member(validator, case, property, entry)),
            None => violations.extend(other(validator, case, entry)),
        }
    }
    violations.extend(missing(validator, case));
    violations
}

/// The entries that count; YAML's rules report the others.
fn members<'t>(value: Node<'t>) -> impl Iterator<Item = Entry<'t>> {
    value.entries().filter(move |entry| {
        let first = value.entry(entry.name());
        first.is_some_and(|first| first.key == entry.key) && entry.name() != "<<"
    })
}

fn member<'t>(
    validator: &mut Validator<'_, 't>,
    Case { role, .. }: Case<'t>,
    property: Node<'t>,
    entry: Entry<'t>,
) -> Vec<Violation<'t>> {
    let name = entry.name();
    let (mark, way) = match role {
        Role::Example(Direction::Sent) => ("readOnly", "a request"),
        Role::Example(Direction::Received) => ("writeOnly", "a response"),
        _ => return validator.violations(property, entry.value, role).to_vec(),
    };
    let flag = validator.document.resolve(property).and_then(|property| property.get(mark));
    match flag.filter(|flag| flag.as_bool() == Some(true)) {
        None => validator.violations(property, entry.value, role).to_vec(),
        Some(flag) => {
            let message = format!("`{name}` is `{mark}`, and this is an example of {way}");
            let violation =
                Violation::new(entry.key, ViolationKind::Misdirected, message).because(flag);
            vec![violation.help(format!("remove it, or take `{mark}` from its schema"))]
        }
    }
}

/// A member that the schema does not declare.
fn other<'t>(
    validator: &mut Validator<'_, 't>,
    case: Case<'t>,
    entry: Entry<'t>,
) -> Vec<Violation<'t>> {
    let Case { schema, role, .. } = case;
    match schema.get("additionalProperties") {
        Some(others) if others.is_object() => {
            validator.violations(others, entry.value, role).to_vec()
        }
        Some(others) if others.as_bool() == Some(false) => {
            undeclared(validator, schema, others, entry).into_iter().collect()
        }
        Some(_) => Vec::new(),
        None => misspelled(validator, case, entry).into_iter().collect(),
    }
}

fn undeclared<'t>(
    validator: &Validator<'_, 't>,
    schema: Node<'t>,
    others: Node<'t>,
    entry: Entry<'t>,
) -> Option<Violation<'t>> {
    let declared = schema.get("properties");
    if declared.is_none() && !validator.document.lacks(schema, "properties") {
        return None;
    }
    let name = entry.name();
    let message = format!("`{name}` is not declared, and its schema allows no other properties");
    let violation = Violation::new(entry.key, ViolationKind::Other, message).because(others);
    let declared = declared.into_iter().flat_map(Node::entries);
    Some(match spelling::nearest(name, declared.map(|entry| entry.name())) {
        Some(meant) => violation.help(format!("write `{meant}`")),
        None => violation.help("remove it, or declare it"),
    })
}

/// A member that is not declared, though another is that looks like it and is not there.
fn misspelled<'t>(
    validator: &mut Validator<'_, 't>,
    Case { schema, value, .. }: Case<'t>,
    entry: Entry<'t>,
) -> Option<Violation<'t>> {
    validator.suggestions = validator.suggestions.checked_sub(1)?;
    let composition =
        validator.compositions.of(schema).filter(|composition| !composition.is_open())?;
    let name = entry.name();
    if !composition.property(name).is_empty() {
        return None;
    }
    let absent = composition.properties().filter(|name| value.get(name).is_none());
    let meant = spelling::nearest(name, absent)?;
    let declared = composition.property(meant).first()?;
    let mut required = schema.get("required").into_iter().flat_map(Node::items);
    // That the required one is missing says it already.
    (!required.any(|item| item.as_str() == Some(meant))).then(|| {
        let message = format!("`{name}` is not declared, and looks like `{meant}`");
        let violation = Violation::new(entry.key, ViolationKind::Misspelt, message);
        let cause = Some((*declared, "this one is declared"));
        Violation { cause, ..violation }.help(format!("write `{meant}`, or declare `{name}`"))
    })
}

/// All that is missing at once, for it is missing at one place.
fn missing<'t>(validator: &Validator<'_, 't>, case: Case<'t>) -> Option<Violation<'t>> {
    let Case { schema, value, .. } = case;
    let required = schema.get("required")?;
    let missing = required.items().filter_map(|item| {
        let name = item.as_str().filter(|name| value.get(name).is_none())?;
        (!is_excused(validator, case, name)).then_some((item, name))
    });
    let missing: Vec<(Node<'t>, &str)> = missing.collect();
    let violation = |what: &str| {
        let message = format!("{} lacks {what}, which its schema requires", describe(value));
        Violation::new(value, ViolationKind::Other, message).weighing(missing.len())
    };
    match missing.as_slice() {
        [] => None,
        [(item, name)] => {
            let violation = violation(&format!("`{name}`")).because(*item);
            Some(violation.help(match misspelling(schema, value, name) {
                Some(found) => format!("write `{name}` and not `{found}`"),
                None => format!("add `{name}`"),
            }))
        }
        several => Some(violation(&named(several)).because(required).help("add them")),
    }
}

/// The names of several members: "`a`, `b` and 5 more".
fn named(members: &[(Node<'_>, &str)]) -> String {
    const MOST_SHOWN: usize = 3;
    let quoted = |(_, name): &(Node<'_>, &str)| format!("`{name}`");
    let (shown, last) = match members.len().checked_sub(MOST_SHOWN) {
        None | Some(0) => members.split_at(members.len() - 1),
        Some(_) => members.split_at(MOST_SHOWN),
    };
    let shown: Vec<String> = shown.iter().map(quoted).collect();
    let last = match last {
        [one] => quoted(one),
        several => format!("{} more", several.len()),
    };
    format!("{} and {last}", shown.join(", "))
}

/// A member that no schema declares and that looks like a name.
fn misspelling<'t>(schema: Node<'t>, value: Node<'t>, name: &str) -> Option<&'t str> {
    let declared = schema.get("properties");
    let is_declared = |key: &str| declared.is_some_and(|declared| declared.get(key).is_some());
    let others = members(value).map(|entry| entry.name()).filter(|key| !is_declared(key));
    spelling::nearest(name, others)
}

/// Whether a required property need not be there: it goes the other way, or its name is misspelled where it is
/// required, which is reported there.
fn is_excused<'t>(
    validator: &Validator<'_, 't>,
    Case { schema, role, .. }: Case<'t>,
    name: &str,
) -> bool {
    let Some(composition) = validator.compositions.of(schema) else { return false };
    if !composition.is_open()
        && composition.property(name).is_empty()
        && spelling::nearest(name, composition.properties()).is_some()
    {
        return true;
    }
    let is = |mark| composition.is_marked(validator.document, name, mark);
    match role {
        Role::Example(Direction::Sent) => is("readOnly"),
        Role::Example(Direction::Received) => is("writeOnly"),
        _ => is("readOnly") || is("writeOnly"),
    }
}

/// How many parts a collection has, against the bounds of its schema.
fn count<'t>(
    Case { schema, value, .. }: Case<'t>,
    [least, most]: [&str; 2],
    [one, several]: [&str; 2],
    count: usize,
) -> Vec<Violation<'t>> {
    let noun = if count == 1 { one } else { several };
    let found = format!("{} has {count} {noun}", describe(value));
    let bound = |keyword: &str| {
        Some((schema.get(keyword)?, Number::parse(schema.get(keyword)?.as_number()?)?))
    };
    let count = Number::parse(&count.to_string());
    let low = bound(least).filter(|(_, bound)| count.as_ref().is_some_and(|count| count < bound));
    let high = bound(most).filter(|(_, bound)| count.as_ref().is_some_and(|count| count > bound));
    let violation = |(keyword, _): (Node<'t>, Number), limit: &str| {
        let bound = keyword.as_number().unwrap_or_default();
        let message = format!("{found}, and must have at {limit} {bound}");
        Violation::new(value, ViolationKind::Other, message).because(keyword)
    };
    let low = low.map(|low| violation(low, "least"));
    low.into_iter().chain(high.map(|high| violation(high, "most"))).collect()
}
