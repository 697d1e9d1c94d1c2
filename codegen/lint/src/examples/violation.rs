//! What a value breaks of its schema.

use document::Node;

/// What a value breaks.
#[derive(Clone)]
pub(super) struct Violation<'t> {
    /// The wrong value, or the key that leads to it.
    pub(super) at: Node<'t>,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// Where the schema says so.
    pub(super) cause: Option<(Node<'t>, &'static str)>,
    pub(super) flaw: ViolationKind,
    /// How far the value is from what the schema says.
    pub(super) weight: usize,
}

/// What kind of violation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ViolationKind {
    /// The value is of another type.
    Type,
    /// The value is wrong in another way.
    Other,
    /// The value fits several schemas of `oneOf`.
    Ambiguous,
    /// The member is not declared, and looks like one that is.
    Misspelt,
    /// The value does not occur in messages of this direction.
    Misdirected,
}

impl<'t> Violation<'t> {
    pub(super) fn new(at: Node<'t>, flaw: ViolationKind, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: None, cause: None, flaw, weight: 1 }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn because(self, keyword: Node<'t>) -> Self {
        Self { cause: Some((keyword, "its schema says so here")), ..self }
    }

    pub(super) fn weighing(self, weight: usize) -> Self {
        Self { weight, ..self }
    }

    /// Whether the schema refuses the value for it.
    pub(super) fn refuses(&self) -> bool {
        !matches!(
            self.flaw,
            ViolationKind::Ambiguous | ViolationKind::Misspelt | ViolationKind::Misdirected
        )
    }
}
