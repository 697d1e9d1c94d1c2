//! Marks objects for which the document allows undeclared members.

use openapiv3::Schema;
use serde_json::Value;

use super::docs::resolved;
use crate::{annotation::Annotation, schemas};

/// How deep parts of parts are followed, as they may refer to each other in a cycle.
const DEEPEST: usize = 100;

/// Annotates a schema and those in it that are open. `value` is the same schema, and `document` the whole document.
pub(super) fn annotate(schema: &mut Schema, value: &Value, document: &Value) {
    if is_open(value, document, 0) {
        Annotation::write(&mut schema.schema_data.description, |annotation| annotation.open = true);
    }
    for (pointer, child) in schemas::children_mut(schema) {
        if let Some(value) = value.pointer(&pointer) {
            annotate(child, value, document);
        }
    }
}

/// Returns whether a schema or a part of it has `additionalProperties` other than `false`.
fn is_open(schema: &Value, document: &Value, depth: usize) -> bool {
    let schema = resolved(document, schema);
    let additional = schema.get("additionalProperties");
    let parts = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|it| schema[it].as_array());
    additional.is_some_and(|additional| *additional != Value::Bool(false))
        || (depth < DEEPEST && parts.flatten().any(|part| is_open(part, document, depth + 1)))
}
