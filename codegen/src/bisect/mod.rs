//! Which part of a document the generator cannot take, found by leaving parts out.
//!
//! The rules of `lint` know what the generator is known not to take, and say it better. This
//! is the net below them: whatever else makes the generator fail is narrowed down to the smallest part that
//! fails without the others.

mod parts;
mod search;
mod shrink;

use document::{Diagnostic, DiagnosticBuilder, GENERATOR_FAILURE, Node, Tree};
use parts::Parts;
use serde_json::Value;

use crate::Outcome;

/// Runs the generator for the text of a document.
type Run<'r> = dyn Fn(&str) -> Outcome + 'r;

/// The smallest parts of a document's text that fail, given why the whole does.
///
/// Once `run` skips documents, nothing more is learned: the smallest parts that failed until then count.
pub(crate) fn diagnostics(text: &str, reason: &str, run: &Run<'_>) -> Vec<Diagnostic> {
    let tree = match document::read(text.as_bytes()) {
        Ok(tree) => tree,
        Err(unreadable) => return vec![unreadable],
    };
    let document = tree.root().json();
    let parts = Parts::of(&document);
    let failure = |document: &Value| failure(document, run);
    let culprits = search::culprits(&parts, &|document| failure(document).is_some());
    let blame = Blame { tree: &tree, parts: &parts, reason, failure: &failure };
    let diagnostics = match culprits.is_empty() {
        true => vec![diagnostic(tree.root(), reason)],
        false => culprits.iter().map(|culprit| blame.diagnostic(culprit)).collect(),
    };
    diagnostics.into_iter().map(DiagnosticBuilder::build).collect()
}

/// Why no client can be made of a document, if so.
fn failure(document: &Value, run: &Run<'_>) -> Option<String> {
    match run(&document.to_string()) {
        Outcome::Failed(reason) => Some(reason),
        Outcome::Generated(_) | Outcome::Skipped => None,
    }
}

/// Puts failures at their places.
struct Blame<'b> {
    tree: &'b Tree,
    parts: &'b Parts<'b>,
    /// Why the whole document fails.
    reason: &'b str,
    failure: &'b dyn Fn(&Value) -> Option<String>,
}

impl<'b> Blame<'b> {
    /// Parts that fail together, told at the last of them.
    fn diagnostic(&self, culprit: &[&str]) -> DiagnosticBuilder<'b> {
        match culprit {
            [alone] => {
                let (pointer, reason) = shrink::smallest(self.parts, alone, self.failure);
                diagnostic(self.place(&pointer), reason.as_deref().unwrap_or(self.reason))
            }
            [others @ .., last] => {
                let reason = (self.failure)(&self.parts.document(culprit));
                let reason = reason.as_deref().unwrap_or(self.reason);
                let diagnostic = diagnostic(self.place(last), reason);
                match others.last() {
                    Some(other) => {
                        diagnostic.related(self.place(other), "it fails together with this")
                    }
                    None => diagnostic,
                }
            }
            [] => diagnostic(self.tree.root(), self.reason),
        }
    }

    fn place(&self, pointer: &str) -> Node<'b> {
        self.tree.at(pointer).unwrap_or_else(|| self.tree.root())
    }
}

fn diagnostic<'t>(node: Node<'t>, reason: &str) -> DiagnosticBuilder<'t> {
    let reason = reason.lines().next().unwrap_or_default();
    GENERATOR_FAILURE
        .at(node, format!("the generator cannot take this: {reason}"))
        .help("write it in another way, or leave it out")
}
