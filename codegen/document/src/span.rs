//! Places that can be seen.

use std::ops::Range;

/// The span itself, or beside one of nothing the character after it in its line, or else the one before it.
pub fn visible(text: &[u8], span: &Range<usize>) -> Range<usize> {
    let at = span.start.min(text.len());
    if at < span.end.min(text.len()) {
        return at..span.end.min(text.len());
    }
    let line_ends = text.get(at).is_none_or(|byte| matches!(byte, b'\r' | b'\n'));
    match line_ends && at > 0 {
        true => start_before(text, at)..at,
        false => at..end_after(text, at),
    }
}

fn start_before(text: &[u8], end: usize) -> usize {
    (0..end).rev().find(|at| is_start(text[*at])).unwrap_or(0)
}

fn end_after(text: &[u8], start: usize) -> usize {
    (start + 1..text.len()).find(|at| is_start(text[*at])).unwrap_or(text.len())
}

/// Whether a byte of UTF-8 is the first of its character.
fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
