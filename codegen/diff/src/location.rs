//! Locations in files.

use std::fmt;

use document::{Position, Positions};
use serde::Serialize;

/// A location in a file. Lines and columns are counted from 1; a column is a character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// The name of the file; in a revision it begins with the revision and a colon, as git writes it.
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
