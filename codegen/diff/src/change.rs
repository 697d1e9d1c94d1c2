//! Changes as they are reported, with their locations.

use std::fmt;

use document::{Position, Positions, printable::printable};
use serde::Serialize;

use crate::rule::{Area, Effect, Rule, Severity};

/// A change: the difference, its locations, and who breaks and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The area that changes.
    pub area: Area,
    /// The ID of the rule.
    pub rule: &'static str,
    /// The severity of the change.
    pub severity: Severity,
    /// The difference, and who breaks and how.
    pub message: String,
    /// The location in the old document or file. For an addition, the object that lacks the new part.
    pub old: Option<Location>,
    /// The location in the new document or file. For a removal, the object that lacks the old part.
    pub new: Option<Location>,
    /// The JSON pointer of the statement in the new document, or else in the old one.
    pub pointer: String,
    /// The operations that the change reaches.
    pub operations: Vec<String>,
    /// The type, member or function that changes, as a caller writes it.
    pub item: Option<String>,
    /// True if the item exists only with the feature `mock`.
    pub is_mock: bool,
    /// The version for which the change is declared as an intended break.
    pub declared: Option<String>,
}

impl Change {
    /// Creates a change without a location. `what` is the beginning of its message.
    pub(crate) fn new(area: Area, rule: &'static Rule, effect: Effect, what: &str) -> Self {
        Self {
            area,
            rule: rule.id,
            severity: effect.severity,
            message: printable(&format!("{what}: {}", effect.who)),
            old: None,
            new: None,
            pointer: String::new(),
            operations: Vec::new(),
            item: None,
            is_mock: false,
            declared: None,
        }
    }

    /// Returns true for a break that is not declared.
    pub fn is_undeclared_break(&self) -> bool {
        self.severity == Severity::Breaking && self.declared.is_none()
    }
}

/// A location in a file. Lines and columns are counted from 1; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// The name of the file. For a file in a revision, it begins with the revision and a colon, as in git.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A file in which locations are looked up.
pub(crate) struct File<'f> {
    name: &'f str,
    text: &'f str,
    positions: Positions,
}

impl<'f> File<'f> {
    pub(crate) fn new(name: &'f str, text: &'f str) -> Self {
        Self { name, text, positions: Positions::of(text) }
    }

    /// Locates an offset.
    pub(crate) fn location(&self, offset: usize) -> Location {
        let Position { line, column } = self.positions.position(self.text, offset);
        Location { file: self.name.to_owned(), line, column }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
