//! From the text of an OpenAPI document to the source of its client.
//!
//! Text in, text out: nothing here reads a file, starts a process or looks at the environment, so the
//! same document yields the same bytes on every machine.

mod annotation;
mod bisect;
pub mod conform;
mod diagnostic;
mod document;
pub mod documented;
mod generate;
pub mod lint;
mod lower;
mod polish;
mod print;
mod schemas;
mod stale;
mod table;
mod unwinding;

use openapiv3::OpenAPI;
use syn::File;

pub use diagnostic::{Diagnostic, Related, Severity};
pub use stale::{Cause, causes};

/// What is generated from one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// The source of the client.
    pub client: String,
    /// The source of the table by which tests reach every model and operation of the client.
    pub table: String,
}

/// Generates everything that a document yields.
///
/// `path` is the document's path as the sources shall name it; it is not opened. [`lint`] the text first: in a
/// document with errors the generator may fail late, in worse words, or not come to an end.
///
/// # Errors
///
/// The smallest parts of the document that keep it from becoming a client.
pub fn generate(path: &str, text: &str) -> Result<Generated, Vec<Diagnostic>> {
    let client = document::parse(text)
        .and_then(client)
        .map_err(|reason| bisect::diagnostics(text, &reason))?;
    let origin = print::Origin::new(path, text);
    Ok(Generated {
        client: print::with_header(&print::file(&client), &origin),
        table: print::with_header(&table::of(&client), &origin),
    })
}

/// The client's source as a syntax tree, or why there is none.
fn client(document: OpenAPI) -> Result<File, String> {
    unwinding::caught(|| {
        let lowered = lower::document(document);
        let client = generate::client(&lowered)?;
        polish::client(client)
    })?
}
