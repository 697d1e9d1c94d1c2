//! Generates the source of a client from the text of an OpenAPI document.
//!
//! Both are text: nothing here reads a file, starts a process or looks at the environment, so the same document
//! yields the same bytes on every machine.

mod annotation;
mod bisect;
mod examples;
mod lower;
mod markdown;
mod panics;
mod parse;
mod polish;
mod print;
mod progenitor;
mod schemas;
#[doc(hidden)]
pub mod stages;
mod table;
mod vocabulary;
mod writes;

use document::{Diagnostic, Document, Tree};
use serde::{Deserialize, Serialize};

/// The sources that one document yields.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Generated {
    /// The source of the client's types, which depend on nothing else that is generated.
    pub types: String,
    /// The source of the client's operations, which depend on its types.
    pub operations: String,
    /// The other sources; `None` if only the client was asked for.
    pub support: Option<Support>,
}

/// The sources that complete a client.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Support {
    /// The source of the mock server's typed expectations and examples.
    pub mock: String,
    /// The source of the words that the client's recorder may write.
    pub recorder: String,
    /// The source of the table that lists every model and operation of the client.
    pub table: String,
}

/// The sources to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The client without its support.
    Client,
    /// The client and its support.
    All,
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
/// The sources name `path` as the path of the document, but the file is not read. Lint the text first: on a document
/// with errors the generator may fail late, with a worse message, or never return. Some documents overflow its stack,
/// which ends the process; see [`generate_by`].
///
/// # Errors
///
/// Returns the smallest parts of the document on which the generator fails.
pub fn generate(path: &str, text: &str) -> Result<Generated, Vec<Diagnostic>> {
    let run = |text: &str| {
        let tree = document::read(text.as_bytes()).map_err(|unreadable| unreadable.message)?;
        run_on(path, &tree, Scope::All)
    };
    generate_by(text, &|text| match run(text) {
        Ok(generated) => Outcome::Generated(generated),
        Err(reason) => Outcome::Failed(reason),
    })
}

/// Generates what a document yields by calling `run`, which may call [`run_on`] in another process. After a
/// failure it is called again for parts of the document, to find those that cause it.
///
/// # Errors
///
/// Returns the smallest parts of the document on which the generator fails.
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
/// Returns the reason why the document does not become a client.
pub fn run_on(path: &str, tree: &Tree, scope: Scope) -> Result<Generated, String> {
    panics::catch(|| {
        let source = Document::new(tree);
        let mut lowered = stages::lower(&source)?;
        let raw = stages::generate(&mut lowered, scope)?;
        Ok(stages::print(&stages::polish(raw, &lowered, &source)?, path))
    })?
}
