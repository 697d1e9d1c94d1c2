//! Problems with the evidence, and their locations.

use std::{fmt, ops::Range};

use document::Rule;

use super::{ERRATA, FOLDER, INDEX};

/// A problem with the vendor's messages or their errata, or a difference between them and the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub rule: &'static Rule,
    pub location: Location,
    /// The problem, in lowercase and without a period.
    pub message: String,
    pub help: String,
    /// Details of a message that differs from the document.
    pub difference: Option<Box<Difference>>,
}

/// Details of a message that differs from the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The remedy if the location turns out to be in the repair of an erratum.
    pub help_at_repair: &'static str,
    /// A location in the document that explains the difference: a JSON pointer and a label.
    pub related: Option<(String, &'static str)>,
}

/// A location in the evidence or in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A member of an index entry; entries are counted from 0.
    Entry(usize, &'static str),
    /// A member of an erratum, given by its index, counted from 0, and its ID.
    Erratum(usize, String, &'static str),
    /// A part of a message after its errata are applied.
    Message(String, Part),
    Document(String),
    Index(Range<usize>),
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
    /// A header, by name; the last one if there are several.
    Header(String),
    /// The text after the blank line.
    Body,
    /// A line and a column of the body, counted from 1.
    Position(usize, usize),
    /// A span of bytes in the body.
    InBody(Range<usize>),
    /// A value of the body, by its JSON pointer.
    Value(String),
    /// A member of the body, by the JSON pointer of its value.
    Member(String),
    /// The page's text for a part that an erratum changed.
    InPage(Box<Part>),
}

impl Problem {
    pub(crate) fn new(
        rule: &'static Rule,
        location: Location,
        (message, help): (impl Into<String>, impl Into<String>),
    ) -> Self {
        let (message, help) = (message.into(), help.into());
        Self { rule, location, message, help, difference: None }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.location, self.message, self.help)
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
