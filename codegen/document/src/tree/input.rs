//! The text as the YAML parser takes it, and the way back to the text as it is.

use std::{borrow::Cow, ops::Range};

/// What the parser reads.
pub(super) struct Input<'t> {
    /// The text in YAML.
    pub(super) yaml: Cow<'t, str>,
    original: &'t str,
    /// The byte of the original at which each character stands; empty if that is the character's number.
    offsets: Vec<usize>,
}

impl<'t> Input<'t> {
    pub(super) fn new(original: &'t str) -> Self {
        let pairs = surrogate_pairs(original);
        if pairs.is_empty() {
            let offsets = match original.is_ascii() {
                true => Vec::new(),
                false => original.char_indices().map(|(at, _)| at).collect(),
            };
            return Self { yaml: Cow::Borrowed(original), original, offsets };
        }
        let (yaml, offsets) = without_pairs(original, &pairs);
        Self { yaml: Cow::Owned(yaml), original, offsets }
    }

    /// The text as it is.
    pub(super) fn original(&self) -> &'t str {
        self.original
    }

    /// The byte of the original at which a character of the YAML stands.
    pub(super) fn byte(&self, character: usize) -> usize {
        match self.offsets.is_empty() {
            true => character.min(self.original.len()),
            false => self.offsets.get(character).copied().unwrap_or(self.original.len()),
        }
    }
}

/// Writes each pair as YAML's escape of the one character that it is.
fn without_pairs(original: &str, pairs: &[(Range<usize>, char)]) -> (String, Vec<usize>) {
    let (mut yaml, mut offsets, mut last) = (String::new(), Vec::new(), 0);
    for (span, character) in pairs {
        let before = &original[last..span.start];
        let escape = format!("\\U{:08x}", u32::from(*character));
        offsets.extend(before.char_indices().map(|(at, _)| last + at));
        offsets.extend(span.clone().take(escape.len()));
        yaml.push_str(before);
        yaml.push_str(&escape);
        last = span.end;
    }
    offsets.extend(original[last..].char_indices().map(|(at, _)| last + at));
    yaml.push_str(&original[last..]);
    (yaml, offsets)
}

/// The characters that JSON writes as two escapes, such as `\ud83d\ude00`; YAML does not know these.
fn surrogate_pairs(text: &str) -> Vec<(Range<usize>, char)> {
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    let escapes = text.match_indices("\\u").filter(|_| is_json).map(|(at, _)| at);
    escapes
        .filter(|at| {
            let before = text[..*at].bytes().rev().take_while(|byte| *byte == b'\\').count();
            before % 2 == 0
        })
        .filter_map(|at| {
            let units = [code_unit(text, at)?, code_unit(text, at + 6)?];
            let character = char::decode_utf16(units).next()?.ok()?;
            (character.len_utf16() == 2).then_some((at..at + 12, character))
        })
        .collect()
}

fn code_unit(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}
