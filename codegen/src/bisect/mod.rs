//! Finds the part of a document on which the generator fails, by omitting other parts.
//!
//! The lint rules cover known failures, with better messages. This module covers all others: it narrows a failure down
//! to the smallest part that fails without the rest.

mod parts;
mod search;
mod shrink;

use document::{Diagnostic, DiagnosticBuilder, GENERATOR_FAILURE, Node, Tree};
use parts::Parts;
use serde_json::Value;

use crate::Outcome;

/// Runs the generator on the text of a document.
type Run<'r> = dyn Fn(&str) -> Outcome + 'r;

/// Reports the smallest parts of a document on which the generator fails, given why it fails on the whole document.
///
/// Once `run` starts to skip documents, reports the smallest parts that have failed so far.
pub(crate) fn diagnostics(text: &str, reason: &str, run: &Run<'_>) -> Vec<Diagnostic> {
    let tree = match document::read(text.as_bytes()) {
        Ok(tree) => tree,
        Err(unreadable) => return vec![unreadable],
    };
    let document = tree.root().json();
    let parts = Parts::of(&document);
    let failure = |document: &Value| failure(document, run);
    let culprits = search::culprits(&parts, &|document| failure(document).is_some());
    let reporter = Reporter { tree: &tree, parts: &parts, reason, failure: &failure };
    let diagnostics = match culprits.is_empty() {
        true => vec![diagnostic(tree.root(), reason)],
        false => culprits.iter().map(|culprit| reporter.diagnostic(culprit)).collect(),
    };
    diagnostics.into_iter().map(DiagnosticBuilder::build).collect()
}

/// Returns the reason why the generator fails on a document, or `None` if it does not fail.
fn failure(document: &Value, run: &Run<'_>) -> Option<String> {
    match run(&document.to_string()) {
        Outcome::Failed(reason) => Some(reason),
        Outcome::Generated(_) | Outcome::Skipped => None,
    }
}

/// Reports failures at their locations.
struct Reporter<'b> {
    tree: &'b Tree,
    parts: &'b Parts<'b>,
    /// The reason why the generator fails on the whole document.
    reason: &'b str,
    failure: &'b dyn Fn(&Value) -> Option<String>,
}

impl<'b> Reporter<'b> {
    /// Reports parts that fail together at the last of them.
    fn diagnostic(&self, culprit: &[&str]) -> DiagnosticBuilder<'b> {
        match culprit {
            [alone] => {
                let (pointer, reason) = shrink::smallest(self.parts, alone, self.failure);
                diagnostic(self.node(&pointer), reason.as_deref().unwrap_or(self.reason))
            }
            [others @ .., last] => {
                let reason = (self.failure)(&self.parts.document(culprit));
                let reason = reason.as_deref().unwrap_or(self.reason);
                let diagnostic = diagnostic(self.node(last), reason);
                match others.last() {
                    Some(other) => {
                        diagnostic.related(self.node(other), "it fails together with this")
                    }
                    None => diagnostic,
                }
            }
            [] => diagnostic(self.tree.root(), self.reason),
        }
    }

    fn node(&self, pointer: &str) -> Node<'b> {
        self.tree.at(pointer).unwrap_or_else(|| self.tree.root())
    }
}

fn diagnostic<'t>(node: Node<'t>, reason: &str) -> DiagnosticBuilder<'t> {
    let reason = reason.lines().next().unwrap_or_default();
    GENERATOR_FAILURE
        .at(node, format!("the generator cannot process this: {reason}"))
        .help("write it differently, or omit it")
}
