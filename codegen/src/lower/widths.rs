//! Integers as wide as the document says.

use document::integers::{Bounds, Width};
use openapiv3::{IntegerType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value;

use super::{
    facts::number,
    places::{self, Place},
};
use crate::schemas;

/// Gives every integer the format whose type holds it.
///
/// `exact` is the same document with the digits of its numbers: openapiv3 reads bounds beyond an `i64` into
/// floats.
pub(super) fn settle(document: &mut OpenAPI, exact: &Value) {
    for Place { schema, pointer, .. } in places::schemas(document) {
        if let (ReferenceOr::Item(schema), Some(exact)) = (schema, exact.pointer(&pointer)) {
            settle_schema(schema, exact);
        }
    }
}

fn settle_schema(schema: &mut Schema, exact: &Value) {
    if is_integer(exact) {
        settle_integer(&mut schema.schema_kind, width(exact));
    }
    for (pointer, child) in schemas::children_mut(schema) {
        if let Some(exact) = exact.pointer(&pointer) {
            settle_schema(child, exact);
        }
    }
}

/// An integer by its type, or any number by its format.
fn is_integer(exact: &Value) -> bool {
    let format = exact["format"].as_str();
    let names_width = format.is_some_and(|format| Width::of_format(format).is_some());
    match exact["type"].as_str() {
        Some(name) => name == "integer" || (name == "number" && names_width),
        None => names_width,
    }
}

fn width(exact: &Value) -> Option<Width> {
    let bounds = Bounds {
        format: exact["format"].as_str(),
        minimum: number(exact, "minimum"),
        maximum: number(exact, "maximum"),
        excludes_minimum: exact["exclusiveMinimum"] == true,
        excludes_maximum: exact["exclusiveMaximum"] == true,
    };
    bounds.width()
}

fn settle_integer(kind: &mut SchemaKind, width: Option<Width>) {
    let format = width.map(|width| width.format.to_owned());
    match kind {
        SchemaKind::Type(Type::Integer(_) | Type::Number(_)) => {
            let format = format.into();
            *kind = SchemaKind::Type(Type::Integer(IntegerType { format, ..Default::default() }));
        }
        SchemaKind::Any(any) => (any.typ, any.format) = (Some("integer".to_owned()), format),
        _ => {}
    }
}
