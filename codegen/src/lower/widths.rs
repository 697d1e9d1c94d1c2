//! Gives each integer a type that is wide enough for the values that the document allows.

use document::{
    Node,
    integers::{Bounds, Width},
};
use openapiv3::{IntegerType, Schema, SchemaKind, Type};

use super::facts::number;
use crate::schemas;

/// Sets the format of each integer among a schema and its nested schemas, so that its type can hold all allowed values.
///
/// `source` is the same schema with the exact digits of numbers: openapiv3 reads bounds beyond `i64` into floats.
pub(super) fn settle(schema: &mut Schema, source: Node<'_>) {
    if is_integer(source) {
        settle_integer(&mut schema.schema_kind, width(source));
    }
    for (pointer, child) in schemas::children_mut(schema) {
        if let Some(source) = source.at(&pointer) {
            settle(child, source);
        }
    }
}

/// Returns true if the type is `integer`, or if the format is an integer format and the type is `number` or absent.
fn is_integer(source: Node<'_>) -> bool {
    let format = source.get_str("format");
    let names_width = format.is_some_and(|format| Width::of_format(format).is_some());
    match source.get_str("type") {
        Some(name) => name == "integer" || (name == "number" && names_width),
        None => names_width,
    }
}

fn width(source: Node<'_>) -> Option<Width> {
    let (minimum, maximum) = (number(source, "minimum"), number(source, "maximum"));
    let bounds = Bounds {
        format: source.get_str("format"),
        minimum: minimum.as_deref(),
        maximum: maximum.as_deref(),
        excludes_minimum: source.is_true("exclusiveMinimum"),
        excludes_maximum: source.is_true("exclusiveMaximum"),
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
