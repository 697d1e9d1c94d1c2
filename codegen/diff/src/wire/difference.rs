//! A difference between two documents, before it is reported.

use document::Node;

use super::{subject::subject, view::View};
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

/// Returns the difference about a keyword, at the objects that have it.
pub(super) fn about<'t>(
    rule: &'static Rule,
    key: &str,
    (old, new): (&View<'t>, &View<'t>),
    change: &str,
) -> Difference<'t> {
    let before = old.holder(key);
    let is_same = |one: Node<'t>, other: Node<'t>| one.pointer() == other.pointer();
    let holder = new.first(key).and_then(Node::parent);
    let holder = holder.or(new.nodes.iter().copied().find(|it| is_same(*it, before)));
    // A schema that was not used before has not changed, so report the place that uses it.
    let after = holder.filter(|holder| old.nodes.iter().any(|it| is_same(*it, *holder)));
    let after = after.unwrap_or(new.anchor);
    // A schema that allows any value may have no object of its own, so name the old one.
    let named = if new.nodes.is_empty() && !old.nodes.is_empty() { before } else { after };
    let what = format!("{} {change}", subject(named));
    Difference::changed(rule, before, after, what)
        .pointing_at(before.get(key).or(Some(before)), after.get(key).or(Some(after)))
}
