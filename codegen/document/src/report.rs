//! What the rules find in a document.

use std::collections::HashSet;

use super::{
    rule::DiagnosticBuilder,
    structure::WRONG_TYPE,
    tree::{Node, NodeId},
};
use crate::diagnostic::{Diagnostic, Severity};

/// What is found, in the order of the groups.
#[derive(Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    /// What is wrong in itself, so that nothing more is to be said there: scalars and what is of the wrong type,
    /// with their keys, and objects of which nobody knows what belongs to them.
    suppressed: HashSet<NodeId>,
    found_now: Vec<NodeId>,
}

impl Report {
    /// Reports a breach, unless an earlier group has found the same node invalid.
    pub fn add(&mut self, diagnostic: DiagnosticBuilder<'_>) {
        let node = diagnostic.node();
        let diagnostic = diagnostic.build();
        if self.is_suppressed(node) {
            return;
        }
        let is_whole = node.scalar().is_some() || diagnostic.rule == WRONG_TYPE.id;
        if is_whole && diagnostic.severity == Severity::Error {
            self.found_now.push(node.id());
            self.found_now.extend(node.key().map(Node::id));
        }
        self.diagnostics.push(diagnostic);
    }

    /// Reports several breaches.
    pub fn extend<'t>(&mut self, diagnostics: impl IntoIterator<Item = DiagnosticBuilder<'t>>) {
        diagnostics.into_iter().for_each(|diagnostic| self.add(diagnostic));
    }

    /// Lets later groups say nothing of a node and its members.
    pub fn suppress(&mut self, node: Node<'_>) {
        let members = node.entries().flat_map(|entry| [entry.key.id(), entry.value.id()]);
        self.found_now.extend(members.chain([node.id()]).chain(node.key().map(Node::id)));
    }

    /// Whether an earlier group has found a node invalid.
    pub fn is_suppressed(&self, node: Node<'_>) -> bool {
        self.suppressed.contains(&node.id())
    }

    /// Ends a group on whose diagnostics the later ones depend.
    pub fn end_group(&mut self) {
        self.suppressed.extend(self.found_now.drain(..));
    }

    /// What was found, in the document's order, nothing twice.
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        diagnostics.sort_by(|a, b| {
            let key = |of: &Diagnostic| (of.span.start, of.span.end);
            key(a)
                .cmp(&key(b))
                .then_with(|| a.rule.cmp(b.rule))
                .then_with(|| a.message.cmp(&b.message))
        });
        diagnostics.dedup_by(|a, b| (a.rule, &a.span, &a.message) == (b.rule, &b.span, &b.message));
        diagnostics
    }
}
