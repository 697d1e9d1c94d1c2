//! Lines of a text, and spans that are visible in an editor or a terminal.

use std::ops::Range;

/// Returns the span itself. For an empty span, returns the next character on its line, or else the previous one.
pub fn visible(text: &[u8], span: &Range<usize>) -> Range<usize> {
    let start = span.start.min(text.len());
    let end = span.end.min(text.len());
    if start < end {
        return start..end;
    }
    let is_line_end = text.get(start).is_none_or(|byte| matches!(byte, b'\r' | b'\n'));
    match is_line_end && start > 0 {
        true => previous_start(text, start)..start,
        false => start..next_start(text, start),
    }
}

/// Returns the start of the line that contains an offset.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Returns the end of the line that contains an offset.
pub fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

/// Returns the lines of a text with their line endings, each with its offset.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end - line.len(), line))
    })
}

/// Returns the visible part of a span on its first line, or the rest of the line if the span is empty.
pub fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = span.start.min(text.len());
    let end = if span.is_empty() { text.len() } else { span.end.min(text.len()) };
    let rest = &text[start..end];
    let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
    visible(text.as_bytes(), &(start..start + length))
}

fn previous_start(text: &[u8], end: usize) -> usize {
    (0..end).rev().find(|offset| is_start(text[*offset])).unwrap_or(0)
}

fn next_start(text: &[u8], start: usize) -> usize {
    (start + 1..text.len()).find(|offset| is_start(text[*offset])).unwrap_or(text.len())
}

/// Returns true for the first byte of a UTF-8 character.
fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
