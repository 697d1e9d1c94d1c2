//! Renders diagnostics for people, programs and workflows.

pub(crate) mod github;
mod json;
mod text;

use std::{borrow::Cow, ops::Range};

use document::Diagnostic;

pub use text::Color;

/// A file with diagnostics.
pub struct Source<'s> {
    name: &'s str,
    // Bytes that are not UTF-8 become replacement characters, so a diagnostic can point at them too.
    text: Cow<'s, str>,
    /// The offset of the first byte of each line.
    lines: Vec<usize>,
    /// The number of characters that begin before each multiple of [`STRIDE`] bytes.
    characters: Vec<usize>,
    /// The document, if diagnostics of this file refer to locations in it.
    document: Option<&'s Source<'s>>,
}

/// The distance in bytes between the positions up to which characters are counted once, so that a file of one long line
/// does not take longer than others.
const STRIDE: usize = 1024;

/// A position in a file: line and column, both counted from 1. A column is a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Position {
    line: usize,
    column: usize,
}

impl<'s> Source<'s> {
    /// Creates a source from the name and content of a file.
    #[must_use]
    pub fn new(name: &'s str, content: &'s [u8]) -> Self {
        let text = String::from_utf8_lossy(content);
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = [0].into_iter().chain(newlines.map(|(at, _)| at + 1)).collect();
        let characters = characters(text.as_bytes());
        Self { name, text, lines, characters, document: None }
    }

    /// Adds the document to which diagnostics of this file refer.
    #[must_use]
    pub fn with_document(self, document: Option<&'s Source<'s>>) -> Self {
        Self { document, ..self }
    }

    /// Renders diagnostics for people: each with the lines in question, in the style of rustc.
    #[must_use]
    pub fn text(&self, diagnostics: &[Diagnostic], color: Color) -> String {
        diagnostics.iter().map(|diagnostic| text::render(self, diagnostic, color)).collect()
    }

    /// Renders diagnostics for programs: a JSON object per line.
    #[must_use]
    pub fn json(&self, diagnostics: &[Diagnostic]) -> String {
        diagnostics.iter().map(|diagnostic| json::render(self, diagnostic)).collect()
    }

    /// Renders diagnostics for a GitHub workflow: an annotation per line.
    #[must_use]
    pub fn github(&self, diagnostics: &[Diagnostic]) -> String {
        diagnostics.iter().map(|diagnostic| github::render(self, diagnostic)).collect()
    }

    /// Returns the first position of a span, and the position after its end.
    fn positions(&self, span: &Range<usize>) -> (Position, Position) {
        let span = self.whole_characters(span);
        (self.position(span.start), self.position(span.end))
    }

    fn position(&self, at: usize) -> Position {
        let line = self.line(at);
        let column = self.characters_before(at) - self.characters_before(self.lines[line]);
        Position { line: line + 1, column: column + 1 }
    }

    fn characters_before(&self, at: usize) -> usize {
        let stride = at / STRIDE;
        self.characters[stride] + count(&self.text.as_bytes()[stride * STRIDE..at])
    }

    /// Returns the index of the line that contains a byte.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at) - 1
    }

    /// Extends a span so that it splits no character, and limits it to the text.
    fn whole_characters(&self, span: &Range<usize>) -> Range<usize> {
        let length = self.text.len();
        let (mut start, mut end) = (span.start.min(length), span.end.min(length));
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        start..end.max(start)
    }
}

fn characters(text: &[u8]) -> Vec<usize> {
    let strides = text.chunks(STRIDE).scan(0, |before, stride| {
        *before += count(stride);
        Some(*before)
    });
    [0].into_iter().chain(strides).collect()
}

/// Returns the number of characters that begin in some bytes of UTF-8.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}
