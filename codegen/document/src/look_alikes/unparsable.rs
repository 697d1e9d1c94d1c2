//! Finds look-alike characters that cause a syntax error.

use std::ops::Range;

use super::Replacements;
use crate::{
    characters::{Look, look},
    span::{line_end, line_start},
    tree::{ParseError, ParseErrorKind, Tree},
};

/// Returns the offsets of the fewest characters of a line that must be replaced to resolve the error.
pub(super) fn look_alikes(
    text: &str,
    replacements: &Replacements,
    error: &ParseError,
) -> Vec<Vec<usize>> {
    let ParseErrorKind::Syntax { after, .. } = error.kind else { return Vec::new() };
    let attempt = Attempt { text, replacements, end: line_end(text, error.span.start) };
    let lines = lines_between(text, after.min(error.span.start), attempt.end);
    lines.into_iter().find_map(|line| attempt.fewest_needed(line)).into_iter().collect()
}

/// Returns the lines between the last event and the error, in reverse order.
fn lines_between(text: &str, from: usize, to: usize) -> Vec<Range<usize>> {
    const MAX_LINES: usize = 20;
    let mut lines = Vec::new();
    let mut end = to;
    while lines.len() < MAX_LINES {
        let start = line_start(text, end);
        lines.push(start..end);
        // The line above may contain the key of this one.
        if start == 0 || end < from {
            break;
        }
        end = start - 1;
    }
    lines
}

struct Attempt<'t> {
    text: &'t str,
    replacements: &'t Replacements,
    /// The end of the line that contains the error.
    end: usize,
}

impl Attempt<'_> {
    /// Returns the offsets of the fewest characters of a line that must be replaced.
    fn fewest_needed(&self, line: Range<usize>) -> Option<Vec<usize>> {
        let start = line.start;
        let candidates: Vec<(usize, Look)> = self.text[line]
            .char_indices()
            .filter_map(|(at, character)| Some((start + at, look(character)?)))
            .filter(|(at, _)| !self.replacements.has(*at))
            .collect();
        let mut kinds = KINDS.iter().map(|is_of_kind| {
            let of_kind = candidates.iter().filter(|(_, look)| is_of_kind(*look));
            of_kind.map(|(at, _)| *at).collect::<Vec<_>>()
        });
        Some(self.without_needless(kinds.find(|offsets| self.resolves(offsets))?))
    }

    /// Drops the offsets that are not needed to resolve the error.
    fn without_needless(&self, mut offsets: Vec<usize>) -> Vec<usize> {
        const MAX_TRIED: usize = 16;
        for at in offsets.clone().into_iter().take(MAX_TRIED) {
            let others: Vec<usize> = offsets.iter().copied().filter(|other| *other != at).collect();
            if self.resolves(&others) {
                offsets = others;
            }
        }
        offsets
    }

    /// Returns true if replacing these characters lets the parser get beyond the line of the error.
    fn resolves(&self, offsets: &[usize]) -> bool {
        let mut replacements = self.replacements.clone();
        if !replacements.add(self.text, vec![offsets.to_vec()]) {
            return false;
        }
        match Tree::parse_with(self.text, &replacements.list()) {
            Ok(_) => true,
            Err(error) => error.span.start > self.end,
        }
    }
}

/// The kinds of characters to try, beginning with the most frequent mistake.
const KINDS: [fn(Look) -> bool; 4] = [
    |look| matches!(look, Look::Space | Look::Invisible),
    Look::is_quote,
    |look| matches!(look, Look::Like(plain) if plain.is_ascii_punctuation()),
    |_| true,
];
