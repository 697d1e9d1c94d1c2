//! Rewrites the document into one that progenitor can process.
//!
//! Each rule applies to a kind of item, never to a schema with a particular name. Information that the generated code
//! lacks is stored in an [annotation](crate::annotation).

mod deprecation;
mod directions;
mod docs;
mod errors;
mod facts;
mod kinds;
mod locations;
mod markdown;
mod openness;
mod operations;
mod properties;
mod security;
mod widths;

use document::Document;
use openapiv3::{OpenAPI, ReferenceOr};

use directions::ComponentDirections;
use locations::Location;

use crate::annotation::Annotations;

/// Lowers a document, rule by rule.
///
/// `source` is the same document. It keeps the exact digits of numbers, which openapiv3 reads into floats.
pub(crate) fn document(mut document: OpenAPI, source: &Document<'_>) -> (OpenAPI, Annotations) {
    let mut annotations = Annotations::default();
    let components = ComponentDirections::new(source);
    markdown::contain(&mut document);
    for location in locations::schemas(&mut document, &components) {
        lower_schema(location, source, &mut annotations);
    }
    docs::explain_parameters(&mut document, source);
    operations::annotate(&mut document, &mut annotations);
    operations::drop_error_responses(&mut document);
    operations::drop_managed_parameters(&mut document);
    (document, annotations)
}

fn lower_schema(location: Location<'_>, document: &Document<'_>, annotations: &mut Annotations) {
    let Location { schema: item, directions, pointer, is_component } = location;
    let source = document.tree.at(&pointer);
    if let ReferenceOr::Item(schema) = &mut *item {
        markdown::contain_schema(schema);
        deprecation::annotate(schema, annotations);
        docs::explain_schema(schema, source, annotations);
        if let Some(source) = source {
            widths::settle(schema, source);
            openness::annotate(schema, source, document, annotations);
        }
    }
    if is_component {
        properties::expand_reference(item);
    }
    if let ReferenceOr::Item(schema) = item {
        properties::lower(schema, directions, annotations);
    }
}
