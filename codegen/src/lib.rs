//! From the text of an OpenAPI document to the source of its client.
//!
//! Text in, text out: nothing here reads a file, starts a process or looks at the environment, so the
//! same document yields the same bytes on every machine.

mod annotation;
mod bisect;
mod check;
pub mod conform;
mod document;
pub mod documented;
mod generate;
mod lower;
mod polish;
mod print;
mod problem;
mod recursion;
mod schemas;
mod stale;
mod table;

pub use problem::Problem;
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
/// `path` is the document's path as the sources shall name it; it is not opened.
///
/// # Errors
///
/// Every problem that keeps the document from becoming a client, each with its place.
pub fn generate(path: &str, text: &str) -> Result<Generated, Vec<Problem>> {
    let document = document::parse(text)?;
    check::document(&document)?;
    let lowered = lower::document(document);
    let client =
        generate::client(&lowered).map_err(|failure| bisect::problems(&lowered, &failure))?;
    let client = polish::client(client)?;
    let origin = print::Origin::new(path, text);
    Ok(Generated {
        client: print::with_header(&print::file(&client), &origin),
        table: print::with_header(&table::of(&client), &origin),
    })
}
