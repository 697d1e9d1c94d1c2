//! From the text of an OpenAPI document to the source of its client.
//!
//! Text in, text out: nothing here reads a file, starts a process or looks at the environment, so the
//! same document yields the same bytes on every machine.

mod annotation;
mod bisect;
mod examples;
mod generate;
mod lower;
mod parse;
mod polish;
mod print;
mod schemas;
mod stale;
mod table;
mod unwinding;

use document::{Diagnostic, Document};
use syn::File;

pub use stale::{Cause, causes};

/// What is generated from one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// The source of the client.
    pub client: String,
    /// The source of the table by which tests reach every model and operation of the client.
    pub table: String,
    /// The source of the mock server's typed expectations and examples.
    pub mock: String,
}

/// Generates everything that a document yields.
///
/// `path` is the document's path as the sources shall name it; it is not opened. Lint the text first: in a
/// document with errors the generator may fail late, in worse words, or not come to an end.
///
/// # Errors
///
/// The smallest parts of the document that keep it from becoming a client.
pub fn generate(path: &str, text: &str) -> Result<Generated, Vec<Diagnostic>> {
    let Sources { client, mock } =
        sources(text).map_err(|reason| bisect::diagnostics(text, &reason))?;
    let origin = print::Origin::new(path, text);
    Ok(Generated {
        client: print::with_header(&print::file(&client), &origin),
        table: print::with_header(&table::of(&client), &origin),
        mock: print::with_header(&print::file(&mock), &origin),
    })
}

/// What is generated, as syntax trees.
struct Sources {
    client: File,
    mock: File,
}

/// The sources that a document's text yields, or why there are none.
fn sources(text: &str) -> Result<Sources, String> {
    unwinding::caught(|| {
        let tree = document::read(text.as_bytes()).map_err(|unreadable| unreadable.message)?;
        let lowered = lower::document(parse::document(text)?);
        let (client, mock) = (generate::client(&lowered)?, generate::mock(&lowered)?);
        let examples = examples::of(&lowered, &Document::new(&tree));
        Ok(Sources { client: polish::client(client)?, mock: polish::mock(mock, &examples) })
    })?
}
