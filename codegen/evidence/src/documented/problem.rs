//! What is wrong with the evidence, and where.

use std::{fmt, ops::Range};

use document::Rule;

use super::{ERRATA, FOLDER, INDEX};

/// One thing that is wrong with the vendor's messages or their errata, or in which they and the document differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// Where it is broken.
    pub place: Location,
    /// What is wrong: lower case, no period.
    pub message: String,
    /// How to mend it.
    pub help: String,
    /// The other side of a difference between a message and the document.
    pub difference: Option<Box<Difference>>,
}

/// More about a message that differs from the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// How to mend it if the place is the repair of an erratum.
    pub help_at_repair: &'static str,
    /// A place in the document that explains it, as a JSON pointer, and what is to be seen there.
    pub related: Option<(String, &'static str)>,
}

/// A place in the evidence or in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A member of an entry of the index, counted from 0.
    Entry(usize, &'static str),
    /// A member of an erratum, counted from 0 and with its id.
    Erratum(usize, String, &'static str),
    /// A part of a message after its errata.
    Message(String, Part),
    /// A place in the document, as a JSON pointer.
    Document(String),
    /// Bytes of the index.
    Index(Range<usize>),
    /// Bytes of the errata.
    Errata(Range<usize>),
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The request line or the status line.
    Start,
    /// A word of that line, counted from 0.
    Word(usize),
    /// A line of the message, counted from 0.
    Line(usize),
    /// A header line, by its name; the last of several.
    Header(String),
    /// All that follows the blank line.
    Body,
    /// A line and a column of the body, counted from 1.
    Position(usize, usize),
    /// A value of the body, by its JSON pointer.
    Value(String),
    /// A member of the body, by the JSON pointer of its value.
    Member(String),
}

impl Problem {
    pub(crate) fn new(
        rule: &'static Rule,
        place: Location,
        (message, help): (impl Into<String>, impl Into<String>),
    ) -> Self {
        let (message, help) = (message.into(), help.into());
        Self { rule, place, message, help, difference: None }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.message, self.help)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(..) | Self::Index(_) => write!(f, "spec/{INDEX}"),
            Self::Erratum(_, id, _) => write!(f, "spec/{ERRATA}: {id}"),
            Self::Message(file, _) => write!(f, "spec/{FOLDER}/{file}"),
            Self::Document(pointer) if pointer.is_empty() => write!(f, "the document"),
            Self::Document(pointer) => write!(f, "the document: {pointer}"),
            Self::Errata(_) => write!(f, "spec/{ERRATA}"),
        }
    }
}
