//! A difference between two documents, before it is reported.

use document::Node;

use crate::rule::{Direction, Rule};

/// A difference at one location.
#[derive(Clone)]
pub(crate) struct Difference<'t> {
    pub(crate) rule: &'static Rule,
    pub(crate) direction: Option<Direction>,
    /// What changes: the beginning of a sentence.
    pub(crate) what: String,
    /// The nodes that the report points to.
    pub(crate) old: Node<'t>,
    pub(crate) new: Node<'t>,
    pub(crate) statement: Statement<'t>,
}

/// The statement that changes, in each document that has it.
#[derive(Clone, Copy)]
pub(crate) struct Statement<'t> {
    pub(crate) old: Option<Node<'t>>,
    pub(crate) new: Option<Node<'t>>,
}

impl Statement<'_> {
    /// Returns the pointer of the statement in the new document, or else in the old one.
    pub(crate) fn pointer(&self) -> String {
        self.new.or(self.old).map(Node::pointer).unwrap_or_default()
    }
}

impl<'t> Difference<'t> {
    pub(crate) fn changed(rule: &'static Rule, old: Node<'t>, new: Node<'t>, what: String) -> Self {
        let statement = Statement { old: Some(old), new: Some(new) };
        Self { rule, direction: None, what, old, new, statement }
    }

    pub(crate) fn added(rule: &'static Rule, old: Node<'t>, new: Node<'t>, what: String) -> Self {
        let statement = Statement { old: None, new: Some(new) };
        Self { rule, direction: None, what, old, new, statement }
    }

    pub(crate) fn removed(rule: &'static Rule, old: Node<'t>, new: Node<'t>, what: String) -> Self {
        let statement = Statement { old: Some(old), new: None };
        Self { rule, direction: None, what, old, new, statement }
    }

    /// Adds the direction that determines the effect.
    pub(crate) fn towards(self, direction: Direction) -> Self {
        Self { direction: Some(direction), ..self }
    }

    /// Points to nodes other than the statement.
    pub(crate) fn pointing_at(self, old: Option<Node<'t>>, new: Option<Node<'t>>) -> Self {
        Self { old: old.unwrap_or(self.old), new: new.unwrap_or(self.new), ..self }
    }
}
