//! From the text of an OpenAPI document to the source of its client.
//!
//! Text in, text out: nothing here reads a file, starts a process or looks at the environment, so the
//! same document yields the same bytes on every machine.

mod annotation;
mod bisect;
mod examples;
mod generate;
mod lower;
mod markdown;
mod panics;
mod parse;
mod polish;
mod print;
mod schemas;
mod table;

use document::{Diagnostic, Document, exact};
use serde::{Deserialize, Serialize};
use syn::File;

use polish::Client;

/// What is generated from one document.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Generated {
    /// The source of the client's types, which depend on nothing else that is generated.
    pub types: String,
    /// The source of the client's operations, which depend on its types.
    pub operations: String,
    /// The source of the table by which tests reach every model and operation of the client.
    pub table: String,
    /// The source of the mock server's typed expectations and examples.
    pub mock: String,
}

/// The end of one run of the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The document became a client.
    Generated(Generated),
    /// The generator failed for this reason.
    Failed(String),
    /// There was no time left to run it.
    Skipped,
}

/// Generates everything that a document yields.
///
/// `path` is the document's path as the sources shall name it; it is not opened. Lint the text first: in a
/// document with errors the generator may fail late, in worse words, or not come to an end. Some documents
/// overflow its stack, which ends the process; see [`generate_by`].
///
/// # Errors
///
/// The smallest parts of the document that keep it from becoming a client.
pub fn generate(path: &str, text: &str) -> Result<Generated, Vec<Diagnostic>> {
    generate_by(text, &|text| match run(path, text) {
        Ok(generated) => Outcome::Generated(generated),
        Err(reason) => Outcome::Failed(reason),
    })
}

/// Generates everything that a document yields by calling `run`, which may call [`run`](fn@run) in another
/// process. After a failure it is called again for parts of the document, to find those that are to blame.
///
/// # Errors
///
/// The smallest parts of the document that keep it from becoming a client.
pub fn generate_by(
    text: &str,
    run: &dyn Fn(&str) -> Outcome,
) -> Result<Generated, Vec<Diagnostic>> {
    match run(text) {
        Outcome::Generated(generated) => Ok(generated),
        Outcome::Failed(reason) => Err(bisect::diagnostics(text, &reason, run)),
        Outcome::Skipped => Err(bisect::diagnostics(text, "it was not run", run)),
    }
}

/// Runs the generator once, in this process and on this stack.
///
/// # Errors
///
/// Why the document does not become a client.
pub fn run(path: &str, text: &str) -> Result<Generated, String> {
    panics::catch(|| {
        let Sources { client, mock } = sources(text)?;
        Ok(Generated {
            types: print::with_header(&print::file(&client.types), path),
            operations: print::with_header(&print::file(&client.operations), path),
            table: print::with_header(&table::of(&client), path),
            mock: print::with_header(&print::file(&mock), path),
        })
    })?
}

/// What is generated, as syntax trees.
struct Sources {
    client: Client,
    mock: File,
}

/// The sources that a document's text yields, or why there are none.
fn sources(text: &str) -> Result<Sources, String> {
    let tree = document::read(text.as_bytes()).map_err(|unreadable| unreadable.message)?;
    let lowered = lower::document(parse::document(text)?, &exact::value(tree.root()));
    let (client, mock) = (generate::client(&lowered)?, generate::mock(&lowered)?);
    let examples = examples::of(&lowered, &Document::new(&tree));
    Ok(Sources { client: polish::client(client)?, mock: polish::mock(mock, &examples) })
}
