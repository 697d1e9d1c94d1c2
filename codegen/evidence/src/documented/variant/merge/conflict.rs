//! Finds changes of a variant within text that an erratum removes.

use std::ops::Range;

use super::{Conflict, Merge};

impl Merge<'_> {
    /// Records the first change within text that an erratum removes, unless it changes only values.
    pub(super) fn find_conflict(
        &mut self,
        erratum: usize,
        removed: &[usize],
        region: &Range<usize>,
    ) {
        let recorded: Vec<&str> =
            removed.iter().map(|token| self.recorded.tokens[*token].as_str()).collect();
        let printed: Vec<&str> = region.clone().map(|token| self.printed_text(token)).collect();
        if recorded == printed {
            return;
        }
        let is_key = |tokens: &[&str], at: usize| tokens.get(at + 1) == Some(&":");
        let is_same = |at: &usize| match (recorded.get(*at), printed.get(*at)) {
            (Some(old), Some(new)) => {
                let are_values = !is_key(&recorded, *at) && !is_key(&printed, *at);
                let kind = kind(old);
                old == new || are_values && kind != Kind::Punctuation && kind == self::kind(new)
            }
            _ => false,
        };
        let length = recorded.len().max(printed.len());
        let Some(at) = (0..length).find(|at| !is_same(at)) else { return };
        let token = (region.start + at).min(self.printed.len().saturating_sub(1));
        let recorded = recorded.get(at).copied().unwrap_or_default().to_owned();
        let span = self.printed.get(token).cloned().unwrap_or_default();
        self.conflicts.push(Conflict { erratum, span, recorded });
    }
}

/// The kind of a JSON token.
#[derive(PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Word,
    Punctuation,
}

fn kind(token: &str) -> Kind {
    match token.bytes().next() {
        Some(b'"') => Kind::Text,
        Some(b'-' | b'0'..=b'9') => Kind::Number,
        Some(byte) if byte.is_ascii_punctuation() => Kind::Punctuation,
        _ => Kind::Word,
    }
}
