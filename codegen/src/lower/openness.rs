//! Marks objects for which the document allows undeclared members.

use document::{Document, Node};
use openapiv3::Schema;

use crate::{annotation::Annotations, schemas};

/// The maximum depth to which nested parts are followed, because they can form a cycle.
const DEEPEST: usize = 100;

/// Annotates a schema and its nested schemas if they are open. `source` is the same schema in the document.
pub(super) fn annotate<'t>(
    schema: &mut Schema,
    source: Node<'t>,
    document: &Document<'t>,
    annotations: &mut Annotations,
) {
    if is_open(source, document, 0) {
        annotations.annotate(&mut schema.schema_data.description, |it| it.open = true);
    }
    for (pointer, child) in schemas::children_mut(schema) {
        if let Some(source) = source.at(&pointer) {
            annotate(child, source, document, annotations);
        }
    }
}

/// Returns true if a schema or a part of it has `additionalProperties` other than `false`.
fn is_open<'t>(schema: Node<'t>, document: &Document<'t>, depth: usize) -> bool {
    let Some(schema) = document.resolve(schema) else { return false };
    let additional = schema.get("additionalProperties");
    let mut parts = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|it| schema.items_of(it));
    additional.is_some_and(|additional| additional.as_bool() != Some(false))
        || (depth < DEEPEST && parts.any(|part| is_open(part, document, depth + 1)))
}
