//! Places in files.

use std::fmt;

use document::{Position, Positions};
use serde::Serialize;

/// A place in a file. Line and column count from 1; a column is a character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The name of the file; in a revision it begins with the revision and a colon, as git wants it.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A file whose places are shown.
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
    pub(crate) fn place(&self, offset: usize) -> Place {
        let Position { line, column } = self.positions.position(self.text, offset);
        Place { file: self.name.to_owned(), line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
