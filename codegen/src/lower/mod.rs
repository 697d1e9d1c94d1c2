//! The document as progenitor digests it.
//!
//! Each rule speaks of a kind of thing, never of a schema's name. What progenitor has no words for
//! travels in an [annotation](crate::annotation).

mod docs;
mod errors;
mod facts;
mod kinds;
mod markdown;
mod openness;
mod operations;
mod places;
mod properties;
mod widths;

use openapiv3::OpenAPI;
use serde_json::Value;

/// Lowers a document, rule by rule.
///
/// `exact` is the same document with the digits of its numbers.
pub(crate) fn document(mut document: OpenAPI, exact: &Value) -> OpenAPI {
    markdown::contain(&mut document);
    docs::explain_schemas(&mut document, exact);
    docs::explain_parameters(&mut document, exact);
    widths::settle(&mut document, exact);
    openness::annotate(&mut document, exact);
    properties::lower(&mut document);
    operations::annotate(&mut document);
    operations::drop_error_responses(&mut document);
    operations::drop_managed_parameters(&mut document);
    document
}
