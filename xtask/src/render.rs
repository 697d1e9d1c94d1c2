//! Renders diagnostics for people, programs and workflows.

pub(crate) mod github;
mod json;
mod text;

use std::{borrow::Cow, ops::Range};

use document::{Diagnostic, Position, Positions};
use serde::Serialize;

pub use text::Color;

/// A file that has diagnostics.
pub struct Source<'s> {
    name: &'s str,
    // Bytes that are not UTF-8 become replacement characters, so that a diagnostic can point at them too.
    text: Cow<'s, str>,
    positions: Positions,
    /// The document, if this file's diagnostics refer to locations in it.
    document: Option<&'s Source<'s>>,
}

impl<'s> Source<'s> {
    /// Creates a source from the name and content of a file.
    #[must_use]
    pub fn new(name: &'s str, content: &'s [u8]) -> Self {
        let text = String::from_utf8_lossy(content);
        let positions = Positions::of(&text);
        Self { name, text, positions, document: None }
    }

    /// Sets the document that this file's diagnostics refer to.
    #[must_use]
    pub fn with_document(self, document: Option<&'s Source<'s>>) -> Self {
        Self { document, ..self }
    }

    /// Renders diagnostics for people: each with the affected lines, in the style of rustc.
    #[must_use]
    pub fn text(&self, diagnostics: &[Diagnostic], color: Color) -> String {
        diagnostics.iter().map(|diagnostic| text::render(self, diagnostic, color)).collect()
    }

    /// Renders diagnostics for programs: one JSON object per line.
    #[must_use]
    pub fn json(&self, diagnostics: &[Diagnostic]) -> String {
        diagnostics.iter().map(|diagnostic| json::render(&json::line(self, diagnostic))).collect()
    }

    /// Renders a diagnostic for programs, with additional members in its JSON object.
    #[must_use]
    pub fn json_with(&self, diagnostic: &Diagnostic, more: impl Serialize) -> String {
        json::render(&json::Extended { line: json::line(self, diagnostic), more })
    }

    /// Renders diagnostics for a GitHub workflow: one annotation per line.
    #[must_use]
    pub fn github(&self, diagnostics: &[Diagnostic]) -> String {
        diagnostics.iter().map(|diagnostic| github::render(self, diagnostic)).collect()
    }

    /// Returns the line and column of the start of a span, both counted from 1.
    #[must_use]
    pub fn line_and_column(&self, span: &Range<usize>) -> (usize, usize) {
        let (start, _) = self.positions(span);
        (start.line, start.column)
    }

    /// Returns the start position of a span, and the position after its end.
    fn positions(&self, span: &Range<usize>) -> (Position, Position) {
        let span = self.whole_characters(span);
        (self.position(span.start), self.position(span.end))
    }

    fn position(&self, at: usize) -> Position {
        self.positions.position(&self.text, at)
    }

    /// Returns the index of the line that contains a byte.
    fn line(&self, at: usize) -> usize {
        self.positions.line(at)
    }

    /// Returns the offset of the first byte of a line, or the end of the text.
    fn start(&self, line: usize) -> usize {
        self.positions.start(line).unwrap_or(self.text.len())
    }

    /// Limits a span to the text, and extends it to character boundaries.
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
