//! Marks objects for which the document allows undeclared members.

use document::{
    Document, Node,
    parts::{declares_others, with_composed},
};
use openapiv3::Schema;

use crate::{annotation::Annotations, schemas};

/// Annotates a schema and its nested schemas if they are open. `source` is the same schema in the document.
pub(super) fn annotate<'t>(
    schema: &mut Schema,
    source: Node<'t>,
    document: &Document<'t>,
    annotations: &mut Annotations,
) {
    if with_composed(document, source).any(declares_others) {
        annotations.annotate(&mut schema.schema_data.description, |it| it.open = true);
    }
    for (pointer, child) in schemas::children_mut(schema) {
        if let Some(source) = source.at(&pointer) {
            annotate(child, source, document, annotations);
        }
    }
}
