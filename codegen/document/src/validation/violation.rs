//! Violations of a schema by a value.

use std::fmt::Display;

use crate::{
    phrasing::describe,
    tree::{Entry, Node},
};

/// One violation of a schema by a value.
#[derive(Clone)]
pub struct Violation<'t> {
    /// The invalid value.
    pub value: Node<'t>,
    /// The node to point at: the value, or its key.
    pub at: Node<'t>,
    /// The name of the value in the message.
    pub(super) subject: String,
    /// The predicate of the value, such as "is null".
    pub problem: String,
    pub help: Option<String>,
    /// The part of the schema that forbids the value, with a label.
    pub cause: (Node<'t>, &'static str),
    pub kind: ViolationKind,
    /// The distance of the value from a valid one; the closest alternative is probably the intended one.
    pub(super) weight: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViolationKind {
    /// The value has the wrong type.
    Type,
    /// The value lacks a required member.
    Missing,
    /// The schema does not allow the member.
    Undeclared,
    /// The value is invalid in another way.
    Other,
    /// The value matches several schemas of `oneOf`.
    Ambiguous,
    /// The member is not declared, but resembles one that is.
    Misspelled,
    /// The member does not occur in messages of this direction.
    OtherDirection,
}

impl<'t> Violation<'t> {
    /// Creates the violation of a keyword.
    pub(super) fn new(value: Node<'t>, keyword: Node<'t>, problem: impl Display) -> Self {
        let cause = (keyword, "its schema says so here");
        let (subject, problem) = (describe(value), problem.to_string());
        let kind = ViolationKind::Other;
        Self { value, at: value, subject, problem, help: None, cause, kind, weight: 1 }
    }

    /// Creates the violation of a keyword by a member, which points at the key of the member.
    pub(super) fn by_member(entry: Entry<'t>, keyword: Node<'t>, problem: impl Display) -> Self {
        let subject = format!("`{}`", entry.name());
        Self { at: entry.key, subject, ..Self::new(entry.value, keyword, problem) }
    }

    /// Returns the name of the value and the problem.
    pub fn message(&self) -> String {
        format!("{} {}", self.subject, self.problem)
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    pub(super) fn kind(self, kind: ViolationKind) -> Self {
        Self { kind, ..self }
    }

    pub(super) fn weight(self, weight: usize) -> Self {
        Self { weight, ..self }
    }

    /// Returns true if the violation makes the value invalid rather than just suspicious.
    pub(super) fn is_invalid(&self) -> bool {
        use ViolationKind::{Ambiguous, Misspelled, OtherDirection};
        !matches!(self.kind, Ambiguous | Misspelled | OtherDirection)
    }
}
