//! What of a message the document does not describe.

use crate::{
    documented::{Flaw, Message, Part, Place},
    rules::MISMATCHED_MESSAGE,
};

/// The mends, by what may have to change.
pub(super) const ERRATUM: &str = "write an erratum";
pub(super) const DECLARE: &str = "declare it, or write an erratum";
pub(super) const CORRECT: &str = "correct the document, or write an erratum";
pub(super) const EITHER: &str = "correct one of them";

/// A difference between a part of a message and the document.
#[derive(Debug)]
pub(super) struct Mismatch {
    part: Part,
    message: String,
    help: &'static str,
}

impl Mismatch {
    pub(super) fn new(part: Part, message: impl Into<String>, help: &'static str) -> Self {
        Self { part, message: message.into(), help }
    }

    /// A difference in a header line.
    pub(super) fn header(name: &str, what: impl AsRef<str>, help: &'static str) -> Self {
        Self::new(Part::Header(name.to_owned()), format!("`{name}` {}", what.as_ref()), help)
    }

    /// The difference with the message as its place.
    pub(super) fn of(self, message: &Message) -> Flaw {
        let place = Place::Message(message.file.clone(), self.part);
        Flaw::new(&MISMATCHED_MESSAGE, place, (self.message, self.help))
    }
}
