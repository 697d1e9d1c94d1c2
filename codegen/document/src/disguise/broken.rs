//! Characters for which a text is not YAML.

use std::ops::Range;

use super::Repairs;
use crate::{
    characters::{Look, look},
    tree::{ParseError, ParseErrorKind, Tree},
};

/// Returns the characters, all in one line, without which the parser would come farther.
pub(super) fn disguises(text: &str, repairs: &Repairs, broken: &ParseError) -> Vec<Vec<usize>> {
    let ParseErrorKind::Syntax { after, .. } = broken.flaw else { return Vec::new() };
    let attempt = Attempt { text, repairs, end: line_end(text, broken.span.start) };
    let lines = lines_between(text, after.min(broken.span.start), attempt.end);
    lines.into_iter().find_map(|line| attempt.culprits(line)).into_iter().collect()
}

/// The lines in which the parser was when it stopped, the last one first.
fn lines_between(text: &str, from: usize, to: usize) -> Vec<Range<usize>> {
    const MOST: usize = 20;
    let mut lines = Vec::new();
    let mut end = to;
    while lines.len() < MOST {
        let start = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
        lines.push(start..end);
        // The line above may be the key of this one.
        if start == 0 || end < from {
            break;
        }
        end = start - 1;
    }
    lines
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

struct Attempt<'t> {
    text: &'t str,
    repairs: &'t Repairs,
    /// Where the line ends in which the parser stopped.
    end: usize,
}

impl Attempt<'_> {
    /// Returns the fewest characters of a line to replace.
    fn culprits(&self, line: Range<usize>) -> Option<Vec<usize>> {
        let start = line.start;
        let disguised: Vec<(usize, Look)> = self.text[line]
            .char_indices()
            .filter_map(|(at, character)| Some((start + at, look(character)?)))
            .filter(|(at, _)| !self.repairs.has(*at))
            .collect();
        let mut kinds = KINDS.iter().map(|is_of_kind| {
            let meant = disguised.iter().filter(|(_, look)| is_of_kind(*look));
            meant.map(|(at, _)| *at).collect::<Vec<_>>()
        });
        Some(self.needed(kinds.find(|places| self.helps(places))?))
    }

    fn needed(&self, mut places: Vec<usize>) -> Vec<usize> {
        const MOST_TRIED: usize = 16;
        for at in places.clone().into_iter().take(MOST_TRIED) {
            let others: Vec<usize> = places.iter().copied().filter(|place| *place != at).collect();
            if self.helps(&others) {
                places = others;
            }
        }
        places
    }

    /// Returns true if the parser reads the line where it stopped once some characters are replaced.
    fn helps(&self, places: &[usize]) -> bool {
        let mut repairs = self.repairs.clone();
        if !repairs.add(self.text, vec![places.to_vec()]) {
            return false;
        }
        match Tree::repaired(self.text, &repairs.list()) {
            Ok(_) => true,
            Err(broken) => broken.span.start > self.end,
        }
    }
}

/// The kinds of characters that are replaced together, the most frequent mistakes first.
const KINDS: [fn(Look) -> bool; 4] = [
    |look| matches!(look, Look::Space | Look::Invisible),
    Look::is_quote,
    |look| matches!(look, Look::Like(plain) if plain.is_ascii_punctuation()),
    |_| true,
];
