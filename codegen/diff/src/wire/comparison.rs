//! The comparison of two operations: the tools that compare their parts, and the differences found so far.

use std::{collections::HashMap, mem};

use document::{Document, Node, NodeId};

use super::{
    difference::Difference,
    pairs::Pairs,
    prose::{self, Objects},
    view::View,
};
use crate::rule::{Direction, Rule};

/// The comparison of two operations.
pub(super) struct Comparison<'c, 'd, 't> {
    pub(super) pairs: &'c mut Pairs<'d, 't>,
    pub(super) shared: &'c mut Shared<'t>,
    pub(super) found: Found<'t>,
}

/// The results for objects that operations share, by their nodes in the old and the new document.
pub(super) type Shared<'t> = HashMap<(NodeId, NodeId), Found<'t>>;

/// The differences of two objects, and the pairs of schemas that they use.
#[derive(Clone, Default)]
pub(super) struct Found<'t> {
    pub(super) differences: Vec<Difference<'t>>,
    pub(super) roots: Vec<usize>,
}

impl<'d, 't> Comparison<'_, 'd, 't> {
    pub(super) fn report(&mut self, difference: Difference<'t>) {
        self.found.differences.push(difference);
    }

    pub(super) fn old_document(&self) -> &'d Document<'t> {
        self.pairs.old
    }

    pub(super) fn new_document(&self) -> &'d Document<'t> {
        self.pairs.new
    }

    /// Compares the schemas of two objects.
    pub(super) fn schemas(&mut self, old: Node<'t>, new: Node<'t>, direction: Direction) {
        let (before, after) = (self.old_document(), self.new_document());
        let view = |document: &Document<'t>, node: Node<'t>| {
            let schema: Vec<Node<'t>> = node.get("schema").into_iter().collect();
            View::of(document, &schema, node)
        };
        let (old, new) = (view(before, old), view(after, new));
        if !old.nodes.is_empty() || !new.nodes.is_empty() {
            let root = self.pairs.add(old, new, direction);
            self.found.roots.push(root);
        }
    }

    /// Compares whether an object is required.
    pub(super) fn necessity(
        &mut self,
        old: Node<'t>,
        new: Node<'t>,
        name: &str,
        [required, optional]: [&'static Rule; 2],
    ) {
        let (rule, state) = match (old.is_true("required"), new.is_true("required")) {
            (false, true) => (required, "required"),
            (true, false) => (optional, "optional"),
            _ => return,
        };
        let difference = Difference::changed(rule, old, new, format!("{name} becomes {state}"));
        self.report(difference.pointing_at(old.get("required"), new.get("required")));
    }

    /// Compares two objects that other operations may also use. They are compared once, and the result is reused.
    pub(super) fn shared(
        &mut self,
        old: Node<'t>,
        new: Node<'t>,
        compare: impl FnOnce(&mut Self, Node<'t>, Node<'t>),
    ) {
        let key = (old.id(), new.id());
        let found = match self.shared.get(&key) {
            Some(known) => known.clone(),
            None => {
                let outer = mem::take(&mut self.found);
                compare(self, old, new);
                let found = mem::replace(&mut self.found, outer);
                self.shared.insert(key, found.clone());
                found
            }
        };
        self.found.differences.extend(found.differences);
        self.found.roots.extend(found.roots);
    }

    /// Compares documentation, examples, sources, and the keywords that are not handled elsewhere.
    pub(super) fn prose(&mut self, old: Node<'t>, new: Node<'t>, handled: &[&str]) {
        let before = Objects { document: self.old_document(), nodes: &[old] };
        let after = Objects { document: self.new_document(), nodes: &[new] };
        let differences = prose::compare(before, after, handled);
        self.found.differences.extend(differences);
    }
}
