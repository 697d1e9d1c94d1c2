//! Objects that may have members beside those that they declare, as the document says itself.

use openapiv3::{OpenAPI, ReferenceOr, Schema};
use serde_json::Value;

use super::{
    docs::resolved,
    places::{self, Place},
};
use crate::{annotation::Annotation, schemas};

/// How far parts of parts are followed.
const DEEPEST: usize = 100;

/// Annotates every schema that is open. `exact` is the same document.
pub(super) fn annotate(document: &mut OpenAPI, exact: &Value) {
    for Place { schema, pointer, .. } in places::schemas(document) {
        if let (ReferenceOr::Item(schema), Some(value)) = (schema, exact.pointer(&pointer)) {
            annotate_schema(schema, value, exact);
        }
    }
}

fn annotate_schema(schema: &mut Schema, value: &Value, document: &Value) {
    if is_open(value, document, 0) {
        Annotation::write(&mut schema.schema_data.description, |annotation| annotation.open = true);
    }
    for (pointer, child) in schemas::children_mut(schema) {
        if let Some(value) = value.pointer(&pointer) {
            annotate_schema(child, value, document);
        }
    }
}

/// Whether a schema or a part of it has `additionalProperties` that are not false.
fn is_open(schema: &Value, document: &Value, depth: usize) -> bool {
    let schema = resolved(document, schema);
    let additional = schema.get("additionalProperties");
    let parts = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|it| schema[it].as_array());
    additional.is_some_and(|additional| *additional != Value::Bool(false))
        || (depth < DEEPEST && parts.flatten().any(|part| is_open(part, document, depth + 1)))
}
