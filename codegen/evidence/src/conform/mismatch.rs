//! Differences between a message and the document.

use crate::{
    documented::{Difference, Location, Message, Part, Problem},
    rules::MISMATCHED_MESSAGE,
};

/// A remedy for a difference: one if its text comes from the page, and one if it comes from the repair of an erratum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Remedy {
    page: &'static str,
    repair: &'static str,
}

/// Defines a remedy with two alternatives: change the document, or correct the message.
macro_rules! remedy {
    ($alternative:literal) => {
        Remedy {
            page: concat!($alternative, "write an erratum"),
            repair: concat!($alternative, "correct the repair"),
        }
    };
}

pub(super) const ERRATUM: Remedy = remedy!("");
pub(super) const DECLARE: Remedy = remedy!("declare it, or ");
pub(super) const CORRECT: Remedy = remedy!("correct the document, or ");
pub(super) const EXAMPLE: Remedy = remedy!("correct the example, or ");
pub(super) const INDEX: Remedy = remedy!("correct the index, or ");
pub(super) const ADD: Remedy = Remedy {
    page: "add it to the document, or specify another one in the index",
    repair: "add it to the document, or specify another one in the index",
};
pub(super) const COPY: Remedy = Remedy {
    page: "copy the page's example to the file, and update the digest in the index",
    repair: "correct the repair",
};

/// The aspect in which a message differs from the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    Method,
    Path,
    Status,
    Head,
    /// A header that is not declared, missing, or present more than once.
    Header,
    /// The presence of a body, or its syntax.
    Body,
    Member,
    Missing,
    /// A member that an object of the body has more than once.
    Duplicate,
    Type,
    /// A value, a length, or a header that HTTP itself defines.
    Value,
}

/// A location in the document that explains a difference: a JSON pointer and a label.
pub(super) type Related = (String, &'static str);

/// A difference between a part of a message and the document.
#[derive(Debug)]
pub(super) struct Mismatch {
    pub(super) aspect: Aspect,
    pub(super) part: Part,
    pub(super) message: String,
    remedy: Remedy,
    pub(super) related: Option<Related>,
}

impl Mismatch {
    pub(super) fn new(
        aspect: Aspect,
        part: Part,
        message: impl Into<String>,
        remedy: Remedy,
    ) -> Self {
        Self { aspect, part, message: message.into(), remedy, related: None }
    }

    /// Returns a difference in a header.
    pub(super) fn header(
        aspect: Aspect,
        name: &str,
        what: impl AsRef<str>,
        remedy: Remedy,
    ) -> Self {
        let message = format!("`{name}` {}", what.as_ref());
        Self::new(aspect, Part::Header(name.to_owned()), message, remedy)
    }

    /// Adds the location in the document that the message differs from.
    pub(super) fn related(self, related: Related) -> Self {
        Self { related: Some(related), ..self }
    }

    /// Converts the difference to a problem with a message.
    pub(super) fn of(self, message: &Message) -> Problem {
        let location = Location::Message(message.file.clone(), self.part);
        let problem = Problem::new(&MISMATCHED_MESSAGE, location, (self.message, self.remedy.page));
        let difference = Difference { help_at_repair: self.remedy.repair, related: self.related };
        Problem { difference: Some(Box::new(difference)), ..problem }
    }
}
