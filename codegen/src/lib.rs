//! Generates the source of a client from the text of an OpenAPI document.
//!
//! Nothing here reads a file, starts a process or reads the environment, so the same document yields the same bytes on
//! every machine.
//!
//! To *lower* a document is to prepare it for progenitor, and to *polish* code is to rewrite what progenitor generates.

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

/// The sources that are generated from a document.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Generated {
    /// The source of the client's types, which depend on no other generated code.
    pub types: String,
    /// The source of the client's operations, which depend on its types.
    pub operations: String,
    /// The other sources, or `None` if only the client was requested.
    pub support: Option<Support>,
}

/// The sources that complete a client.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Support {
    /// The source of the mock server's typed expectations, and of constructors of models.
    pub mock: String,
    /// The source of the mock's table of operations, with the examples of their responses.
    pub examples: String,
    /// The source of the vocabulary that the client's recorder may write.
    pub recorder: String,
    /// The source of the tests' table, which lists every model and operation of the client.
    pub table: String,
}

/// The sources to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Only the client.
    Client,
    /// The client and its support sources.
    All,
}

/// The outcome of one run of the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The document became a client.
    Generated(Generated),
    /// The generator failed for this reason.
    Failed(String),
    /// The generator was not run, because there was no time left.
    Skipped,
}

/// Generates all sources from the text of a document.
///
/// The sources mention `path` as the path of the document, but the file is not read. Lint the text first: on a document
/// with errors, the generator may fail late, with a worse message, or never return. On some documents, it overflows its
/// stack, which ends the process; see [`generate_by`].
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

/// Generates the sources by calling `run`, which can call [`run_on`] in another process. After a failure, calls `run`
/// again for parts of the document, to find the parts that cause the failure.
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
/// Returns the reason why no client can be generated from the document.
pub fn run_on(path: &str, tree: &Tree, scope: Scope) -> Result<Generated, String> {
    panics::catch(|| {
        let source = Document::new(tree);
        let mut lowered = stages::lower(&source)?;
        let raw = stages::generate(&mut lowered, scope)?;
        Ok(stages::print(&stages::polish(raw, &lowered, &source)?, path))
    })?
}
