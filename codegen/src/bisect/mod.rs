//! Which part of a document the generator cannot take, found by leaving parts out.
//!
//! The rules of `lint` know what the generator is known not to take, and say it better. This
//! is the net below them: whatever else makes the generator fail is narrowed down to the smallest part that
//! fails without the others.

mod parts;
mod search;
mod shrink;

use document::{Diagnostic, Finding, GENERATOR_FAILURE, Node, Tree};
use serde_json::Value;

use crate::sources;
use parts::Parts;

/// The smallest parts of a document's text that fail, given why the whole does.
pub(crate) fn diagnostics(text: &str, reason: &str) -> Vec<Diagnostic> {
    let tree = match document::read(text.as_bytes()) {
        Ok(tree) => tree,
        Err(unreadable) => return vec![unreadable],
    };
    let document = tree.root().json();
    let parts = Parts::of(&document);
    let culprits = search::culprits(&parts, &|document| failure(document).is_some());
    let findings = match culprits.is_empty() {
        true => vec![finding(tree.root(), reason)],
        false => culprits.iter().map(|culprit| blame(&tree, &parts, culprit)).collect(),
    };
    findings.into_iter().map(Finding::into_diagnostic).collect()
}

/// Why no client can be made of a document, if so.
fn failure(document: &Value) -> Option<String> {
    sources(&document.to_string()).err()
}

/// Parts that fail together, told at the last of them.
fn blame<'t>(tree: &'t Tree, parts: &Parts<'_>, culprit: &[&str]) -> Finding<'t> {
    let place = |pointer: &str| tree.at(pointer).unwrap_or_else(|| tree.root());
    match culprit {
        [alone] => {
            let (pointer, reason) = shrink::smallest(parts, alone, &failure);
            finding(place(&pointer), &reason)
        }
        [others @ .., last] => {
            let reason = failure(&parts.document(culprit)).unwrap_or_default();
            let finding = finding(place(last), &reason);
            match others.last() {
                Some(other) => finding.related(place(other), "it fails together with this"),
                None => finding,
            }
        }
        [] => finding(tree.root(), ""),
    }
}

fn finding<'t>(node: Node<'t>, reason: &str) -> Finding<'t> {
    let reason = reason.lines().next().unwrap_or_default();
    GENERATOR_FAILURE
        .at(node, format!("the generator cannot take this: {reason}"))
        .help("write it in another way, or leave it out")
}
