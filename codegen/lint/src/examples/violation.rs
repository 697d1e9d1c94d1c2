//! Violations of a schema by a value.

use std::fmt::Display;

use document::{Node, phrasing::describe};

/// One violation of a schema by a value.
#[derive(Clone)]
pub(super) struct Violation<'t> {
    /// The invalid value, or its key.
    pub(super) at: Node<'t>,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// The part of the schema that forbids the value, with a label.
    pub(super) cause: (Node<'t>, &'static str),
    pub(super) kind: ViolationKind,
    /// The distance of the value from a valid one; the closest alternative is probably the intended one.
    pub(super) weight: usize,
}

/// The kind of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ViolationKind {
    /// The value has another type.
    Type,
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
    /// Makes the violation of a keyword, with the name of the value and the problem as its message.
    pub(super) fn new(value: Node<'t>, keyword: Node<'t>, problem: impl Display) -> Self {
        Self::at(value, keyword, format!("{} {problem}", describe(value)))
    }

    /// Makes the violation of a keyword at a value or a key.
    pub(super) fn at(at: Node<'t>, keyword: Node<'t>, message: String) -> Self {
        let cause = (keyword, "its schema says so here");
        Self { at, message, help: None, cause, kind: ViolationKind::Other, weight: 1 }
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

    /// Returns true if the violation makes the value invalid, and not just suspicious.
    pub(super) fn is_invalid(&self) -> bool {
        matches!(self.kind, ViolationKind::Type | ViolationKind::Other)
    }
}
