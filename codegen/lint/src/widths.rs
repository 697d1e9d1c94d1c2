//! The width of the integers that a schema describes.

use document::{
    Node,
    integers::{Bounds, Width},
};

/// Returns the width of integers that the format or the bounds of a schema ask for, if any.
pub(super) fn of(schema: Node<'_>) -> Option<Width> {
    bounds(schema).width()
}

/// Returns the format and the bounds of a schema.
pub(super) fn bounds(schema: Node<'_>) -> Bounds<'_> {
    Bounds {
        format: schema.get_str("format"),
        minimum: schema.get("minimum").and_then(Node::as_number),
        maximum: schema.get("maximum").and_then(Node::as_number),
        excludes_minimum: schema.is_true("exclusiveMinimum"),
        excludes_maximum: schema.is_true("exclusiveMaximum"),
    }
}
