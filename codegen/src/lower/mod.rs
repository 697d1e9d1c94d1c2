//! The document as progenitor digests it.
//!
//! Each rule speaks of a kind of thing, never of a schema's name. What progenitor has no words for
//! travels in an [annotation](crate::annotation).

mod docs;
mod kinds;
mod operations;
mod places;
mod properties;

use openapiv3::OpenAPI;

/// Lowers a document, rule by rule.
pub(crate) fn document(mut document: OpenAPI) -> OpenAPI {
    docs::explain_schemas(&mut document);
    properties::lower(&mut document);
    operations::annotate(&mut document);
    operations::drop_error_responses(&mut document);
    operations::drop_managed_parameters(&mut document);
    document
}
