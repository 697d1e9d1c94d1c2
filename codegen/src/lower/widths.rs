//! Gives integers a type that is as wide as the document requires.

use document::integers::{Bounds, Width};
use openapiv3::{IntegerType, Schema, SchemaKind, Type};
use serde_json::Value;

use super::facts::number;
use crate::schemas;

/// Gives a schema, and each one in it, that is an integer the format whose type can hold it.
///
/// `exact` is the same schema with the digits of its numbers: openapiv3 reads bounds beyond an `i64` into floats.
pub(super) fn settle(schema: &mut Schema, exact: &Value) {
    if is_integer(exact) {
        settle_integer(&mut schema.schema_kind, width(exact));
    }
    for (pointer, child) in schemas::children_mut(schema) {
        if let Some(exact) = exact.pointer(&pointer) {
            settle(child, exact);
        }
    }
}

/// Returns whether a schema is an integer by its type, or a number by a format for integers.
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
