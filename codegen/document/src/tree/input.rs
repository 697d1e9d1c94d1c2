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

/// A character that the parser reads as another text.
#[derive(Clone, Debug)]
pub(crate) struct Repair {
    /// Where it is.
    pub(crate) span: Range<usize>,
    /// What the parser reads.
    pub(crate) plain: String,
    /// Whether it is the first of its word, so that it is reported.
    pub(crate) is_shown: bool,
}

impl<'t> Input<'t> {
    pub(super) fn new(original: &'t str, repairs: &[Repair]) -> Self {
        let mut replacements = surrogate_pairs(original);
        replacements.extend(repairs.iter().map(|it| (it.span.clone(), it.plain.clone())));
        replacements.sort_by_key(|(span, _)| span.start);
        if replacements.is_empty() {
            let offsets = match original.is_ascii() {
                true => Vec::new(),
                false => original.char_indices().map(|(at, _)| at).collect(),
            };
            return Self { yaml: Cow::Borrowed(original), original, offsets };
        }
        let (yaml, offsets) = replaced(original, &replacements);
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

/// Writes some parts of the original in another way.
fn replaced(original: &str, replacements: &[(Range<usize>, String)]) -> (String, Vec<usize>) {
    let (mut yaml, mut offsets, mut last) = (String::new(), Vec::new(), 0);
    for (span, replacement) in replacements {
        let before = &original[last..span.start];
        offsets.extend(before.char_indices().map(|(at, _)| last + at));
        offsets.extend(span.clone().take(replacement.chars().count()));
        yaml.push_str(before);
        yaml.push_str(replacement);
        last = span.end;
    }
    offsets.extend(original[last..].char_indices().map(|(at, _)| last + at));
    yaml.push_str(&original[last..]);
    (yaml, offsets)
}

/// The characters that JSON writes as two escapes, such as `\ud83d\ude00`, each with YAML's one escape.
fn surrogate_pairs(text: &str) -> Vec<(Range<usize>, String)> {
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
            let escape = format!("\\U{:08x}", u32::from(character));
            (character.len_utf16() == 2).then_some((at..at + 12, escape))
        })
        .collect()
}

fn code_unit(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}
