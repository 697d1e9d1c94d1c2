//! Converts offsets in a text to lines and columns.

/// The distance in bytes between the offsets for which the number of preceding characters is stored. Without it,
/// finding columns would be slow in a text that consists of one long line.
const STRIDE: usize = 1024;

/// The lines and characters of a text.
#[derive(Clone, Debug)]
pub struct Positions {
    /// The offset of the first byte of each line.
    lines: Vec<usize>,
    /// The number of characters that begin before each multiple of [`STRIDE`] bytes.
    characters: Vec<usize>,
}

/// A position in a text: line and column, both counted from 1. Columns are counted in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Positions {
    /// Counts the lines and characters of a text.
    pub fn of(text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = [0].into_iter().chain(newlines.map(|(at, _)| at + 1)).collect();
        Self { lines, characters: characters(text.as_bytes()) }
    }

    /// Returns the position of an offset in the same text.
    pub fn position(&self, text: &str, at: usize) -> Position {
        let at = at.min(text.len());
        let line = self.line(at);
        let column =
            self.characters_before(text, at) - self.characters_before(text, self.lines[line]);
        Position { line: line + 1, column: column + 1 }
    }

    /// Returns the index of the line that contains a byte.
    pub fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at) - 1
    }

    /// Returns the offset of the first byte of a line, by its index.
    pub fn start(&self, line: usize) -> Option<usize> {
        self.lines.get(line).copied()
    }

    fn characters_before(&self, text: &str, at: usize) -> usize {
        let stride = at / STRIDE;
        self.characters[stride] + count(&text.as_bytes()[stride * STRIDE..at])
    }
}

fn characters(text: &[u8]) -> Vec<usize> {
    let strides = text.chunks(STRIDE).scan(0, |before, stride| {
        *before += count(stride);
        Some(*before)
    });
    [0].into_iter().chain(strides).collect()
}

/// Returns the number of characters that begin within these bytes of UTF-8.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}
