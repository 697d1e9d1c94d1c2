//! What of a message the document does not describe.

use crate::{
    documented::{Difference, Location, Message, Part, Problem},
    rules::MISMATCHED_MESSAGE,
};

/// How to mend a difference: in a text of the page, and in one of an erratum's repair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Remedy {
    page: &'static str,
    repair: &'static str,
}

pub(super) const ERRATUM: Remedy =
    Remedy { page: "write an erratum", repair: "correct the repair" };
pub(super) const DECLARE: Remedy =
    Remedy { page: "declare it, or write an erratum", repair: "declare it, or correct the repair" };
pub(super) const CORRECT: Remedy = Remedy {
    page: "correct the document, or write an erratum",
    repair: "correct the document, or correct the repair",
};
pub(super) const EXAMPLE: Remedy = Remedy {
    page: "correct the example, or write an erratum",
    repair: "correct the example, or correct the repair",
};
pub(super) const INDEX: Remedy = Remedy {
    page: "correct the index, or write an erratum",
    repair: "correct the index, or correct the repair",
};
pub(super) const ADD: Remedy = Remedy {
    page: "add it to the document, or name another one in the index",
    repair: "add it to the document, or name another one in the index",
};
pub(super) const COPY: Remedy = Remedy {
    page: "copy the page's example to it, and write its new digest into the index",
    repair: "correct the repair",
};

/// A difference between a part of a message and the document.
#[derive(Debug)]
pub(super) struct Mismatch {
    part: Part,
    message: String,
    remedy: Remedy,
    /// A place in the document, as a JSON pointer, and what is to be seen there.
    related: Option<(String, &'static str)>,
}

impl Mismatch {
    pub(super) fn new(part: Part, message: impl Into<String>, remedy: Remedy) -> Self {
        Self { part, message: message.into(), remedy, related: None }
    }

    /// A difference in a header line.
    pub(super) fn header(name: &str, what: impl AsRef<str>, remedy: Remedy) -> Self {
        Self::new(Part::Header(name.to_owned()), format!("`{name}` {}", what.as_ref()), remedy)
    }

    /// Shows what in the document the message differs from.
    pub(super) fn beside(mut self, pointer: impl Into<String>, label: &'static str) -> Self {
        self.related = Some((pointer.into(), label));
        self
    }

    /// The difference with the message as its place.
    pub(super) fn of(self, message: &Message) -> Problem {
        let place = Location::Message(message.file.clone(), self.part);
        let problem = Problem::new(&MISMATCHED_MESSAGE, place, (self.message, self.remedy.page));
        let difference = Difference { help_at_repair: self.remedy.repair, related: self.related };
        Problem { difference: Some(Box::new(difference)), ..problem }
    }
}
