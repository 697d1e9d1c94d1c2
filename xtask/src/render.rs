//! From diagnostics to what a person, a program or a workflow reads.

mod github;
mod json;
mod text;

use std::{borrow::Cow, ops::Range};

use document::Diagnostic;

pub use text::Color;

/// A file with problems.
pub struct Source<'s> {
    name: &'s str,
    // Bytes that are no text show as one sign each, so that even they can be pointed at.
    text: Cow<'s, str>,
    /// The byte at which each line begins.
    lines: Vec<usize>,
    /// How many characters begin before each multiple of [`STRIDE`] bytes.
    characters: Vec<usize>,
    /// The document, if problems of this file show places in it.
    document: Option<&'s Source<'s>>,
}

/// The distance of the places whose characters are counted once, so that a file of one long line takes no
/// longer than another.
const STRIDE: usize = 1024;

/// A location in a file, counted from 1 in lines and characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Position {
    line: usize,
    column: usize,
}

impl<'s> Source<'s> {
    /// A file by its name and content.
    #[must_use]
    pub fn new(name: &'s str, content: &'s [u8]) -> Self {
        let text = String::from_utf8_lossy(content);
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = [0].into_iter().chain(newlines.map(|(at, _)| at + 1)).collect();
        let characters = characters(text.as_bytes());
        Self { name, text, lines, characters, document: None }
    }

    /// The file with the document in which problems of the file show places.
    #[must_use]
    pub fn beside(self, document: Option<&'s Source<'s>>) -> Self {
        Self { document, ..self }
    }

    /// For a person: each problem with the lines in question, as rustc shows them.
    #[must_use]
    pub fn text(&self, diagnostics: &[Diagnostic], color: Color) -> String {
        diagnostics.iter().map(|diagnostic| text::render(self, diagnostic, color)).collect()
    }

    /// For a program: a JSON object on each line.
    #[must_use]
    pub fn json(&self, diagnostics: &[Diagnostic]) -> String {
        diagnostics.iter().map(|diagnostic| json::render(self, diagnostic)).collect()
    }

    /// For a workflow on GitHub: an annotation on each line.
    #[must_use]
    pub fn github(&self, diagnostics: &[Diagnostic]) -> String {
        diagnostics.iter().map(|diagnostic| github::render(self, diagnostic)).collect()
    }

    /// The first and the last position of a span; the last is behind its end.
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

    /// The number of the line at a byte, counted from 0.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at) - 1
    }

    /// A span within the text that splits no character.
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

/// How many characters begin in some bytes of UTF-8.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}
