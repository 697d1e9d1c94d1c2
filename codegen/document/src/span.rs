//! Makes spans visible in an editor or a terminal.

use std::ops::Range;

/// Returns the span itself, or for an empty span the next character of its line, or else the previous one.
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
