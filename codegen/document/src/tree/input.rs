//! The text that the YAML parser reads, and the mapping from its offsets to the original text.

use std::{borrow::Cow, ops::Range};

use serde::{Deserialize, Serialize};

/// The input of the YAML parser.
pub(super) struct Input<'t> {
    pub(super) yaml: Cow<'t, str>,
    original: &'t str,
    /// The original offset of each character of `yaml`; empty if the original is ASCII and unchanged.
    offsets: Vec<usize>,
}

/// A character that is replaced before the text is parsed.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Replacement {
    pub(crate) span: Range<usize>,
    /// The text that the parser reads instead.
    pub(crate) plain: String,
    /// True for the first replaced character of a word, because only this one is reported.
    pub(crate) is_reported: bool,
}

impl<'t> Input<'t> {
    pub(super) fn new(original: &'t str, replacements: &[Replacement]) -> Self {
        let mut changes = surrogate_pairs(original);
        changes.extend(replacements.iter().map(|it| (it.span.clone(), it.plain.clone())));
        changes.sort_by_key(|(span, _)| span.start);
        if changes.is_empty() {
            let offsets = match original.is_ascii() {
                true => Vec::new(),
                false => original.char_indices().map(|(offset, _)| offset).collect(),
            };
            return Self { yaml: Cow::Borrowed(original), original, offsets };
        }
        let (yaml, offsets) = changed(original, &changes);
        Self { yaml: Cow::Owned(yaml), original, offsets }
    }

    /// Returns the original text.
    pub(super) fn original(&self) -> &'t str {
        self.original
    }

    /// Returns the original offset of a character of `yaml`. The parser counts characters, not bytes.
    pub(super) fn original_offset(&self, character: usize) -> usize {
        match self.offsets.is_empty() {
            true => character.min(self.original.len()),
            false => self.offsets.get(character).copied().unwrap_or(self.original.len()),
        }
    }
}

/// Applies sorted changes. Returns the changed text, with the original offset of each character.
fn changed(original: &str, changes: &[(Range<usize>, String)]) -> (String, Vec<usize>) {
    let (mut yaml, mut offsets, mut last) = (String::new(), Vec::new(), 0);
    for (span, text) in changes {
        let before = &original[last..span.start];
        offsets.extend(before.char_indices().map(|(offset, _)| last + offset));
        offsets.extend(span.clone().take(text.chars().count()));
        yaml.push_str(before);
        yaml.push_str(text);
        last = span.end;
    }
    offsets.extend(original[last..].char_indices().map(|(offset, _)| last + offset));
    yaml.push_str(&original[last..]);
    (yaml, offsets)
}

/// Returns the surrogate pairs in JSON, such as `\ud83d\ude00`, each with the YAML escape for the character. The parser
/// rejects surrogates, because YAML escapes characters and not UTF-16 code units.
fn surrogate_pairs(text: &str) -> Vec<(Range<usize>, String)> {
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        return Vec::new();
    }
    text.match_indices("\\u")
        .map(|(start, _)| start)
        .filter(|start| {
            let before = text[..*start].bytes().rev().take_while(|byte| *byte == b'\\').count();
            before % 2 == 0
        })
        .filter_map(|start| {
            let units = [code_unit(text, start)?, code_unit(text, start + 6)?];
            let character = char::decode_utf16(units).next()?.ok()?;
            let escape = format!("\\U{:08x}", u32::from(character));
            (character.len_utf16() == 2).then_some((start..start + 12, escape))
        })
        .collect()
}

fn code_unit(text: &str, start: usize) -> Option<u16> {
    let digits = text.get(start..start + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}
