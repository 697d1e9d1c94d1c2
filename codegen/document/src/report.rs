//! The report that collects the diagnostics of all rules.

use std::collections::HashSet;

use super::{
    rule::DiagnosticBuilder,
    structure::WRONG_TYPE,
    tree::{Node, NodeId},
};
use crate::diagnostic::{Diagnostic, Severity};

/// Collects diagnostics, and suppresses diagnostics that only follow from earlier ones.
#[derive(Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    /// Nodes already reported as invalid. Later groups skip them, so each mistake is reported once.
    suppressed: HashSet<NodeId>,
    /// Nodes that are suppressed when the current group ends.
    invalid: Vec<NodeId>,
}

impl Report {
    /// Adds a diagnostic, unless an earlier group has found the same node invalid.
    pub fn add(&mut self, diagnostic: DiagnosticBuilder<'_>) {
        let node = diagnostic.node();
        let diagnostic = diagnostic.build();
        if self.is_suppressed(node) {
            return;
        }
        // If a scalar is invalid or a node has the wrong type, nothing else about the node can be checked.
        let is_invalid = node.scalar().is_some() || diagnostic.rule == WRONG_TYPE.id;
        if is_invalid && diagnostic.severity == Severity::Error {
            self.invalid.push(node.id());
            self.invalid.extend(node.key().map(Node::id));
        }
        self.diagnostics.push(diagnostic);
    }

    /// Adds several diagnostics.
    pub fn extend<'t>(&mut self, diagnostics: impl IntoIterator<Item = DiagnosticBuilder<'t>>) {
        diagnostics.into_iter().for_each(|diagnostic| self.add(diagnostic));
    }

    /// Suppresses the diagnostics of later groups about a node and its members.
    pub fn suppress(&mut self, node: Node<'_>) {
        let members = node.entries().flat_map(|entry| [entry.key.id(), entry.value.id()]);
        self.invalid.extend(members.chain([node.id()]).chain(node.key().map(Node::id)));
    }

    /// Returns true if an earlier group has found a node invalid.
    pub fn is_suppressed(&self, node: Node<'_>) -> bool {
        self.suppressed.contains(&node.id())
    }

    /// Ends a group. Later groups skip the nodes that it found invalid.
    pub fn end_group(&mut self) {
        self.suppressed.extend(self.invalid.drain(..));
    }

    /// Returns the diagnostics in document order, without duplicates.
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        diagnostics.sort_by(|a, b| {
            let key = |it: &Diagnostic| (it.span.start, it.span.end, it.rule);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        diagnostics.dedup_by(|a, b| (a.rule, &a.span, &a.message) == (b.rule, &b.span, &b.message));
        diagnostics
    }
}
