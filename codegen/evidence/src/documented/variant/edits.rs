//! The errata of a message as edits of its tokens.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::{Evidence, Message, Repaired, tokens::tokens};

/// A token of the recorded message or of a repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) text: String,
    /// The whitespace before the token in the repaired message.
    pub(super) space: String,
    /// The index among the tokens of the recorded message; `None` for a token of a repair.
    pub(super) recorded: Option<usize>,
    /// The erratum that adds or removes the token.
    pub(super) erratum: Option<usize>,
}

impl Item {
    /// Returns true if an erratum removes the token.
    pub(super) fn is_removed(&self) -> bool {
        self.recorded.is_some() && self.erratum.is_some()
    }
}

/// Returns the tokens of the message and of its repairs, and the errata that change only whitespace.
pub(super) fn items(evidence: &Evidence, message: &Message, text: &str) -> (Vec<Item>, Vec<usize>) {
    let mut items: Vec<Item> = spaced(text)
        .enumerate()
        .map(|(index, (space, text))| Item { text, space, recorded: Some(index), erratum: None })
        .collect();
    let mut blank = Vec::new();
    let mut repaired = Repaired::new(text.to_owned());
    for (index, erratum) in evidence.errata.iter().enumerate() {
        if erratum.message != message.file || erratum.apply(index, &mut repaired).is_err() {
            continue;
        }
        let next: Vec<(String, String)> = spaced(&repaired.text).collect();
        let before = items.iter().filter(|item| item.erratum.is_some()).count();
        let lengths = items.len();
        items = edited(items, next, index);
        let after = items.iter().filter(|item| item.erratum.is_some()).count();
        if (before, lengths) == (after, items.len()) {
            blank.push(index);
        }
    }
    (items, blank)
}

/// Returns the tokens of a text, each with the whitespace before it.
fn spaced(text: &str) -> impl Iterator<Item = (String, String)> {
    let mut end = 0;
    tokens(text).into_iter().map(move |token| {
        let space = text[end..token.start].to_owned();
        end = token.end;
        (space, text[token].to_owned())
    })
}

/// Applies one erratum. `next` contains the tokens of the text after the erratum is applied.
fn edited(items: Vec<Item>, next: Vec<(String, String)>, erratum: usize) -> Vec<Item> {
    let present = items.iter().filter(|item| !item.is_removed());
    let old: Vec<String> = present.map(|item| item.text.clone()).collect();
    let new: Vec<String> = next.iter().map(|(_, text)| text.clone()).collect();
    let (mut items, mut next) = (items.into_iter(), next.into_iter());
    let mut edited = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (kept, removed, added) = match operation {
            DiffOp::Equal { len, .. } => (len, 0, 0),
            DiffOp::Delete { old_len, .. } => (0, old_len, 0),
            DiffOp::Insert { new_len, .. } => (0, 0, new_len),
            DiffOp::Replace { old_len, new_len, .. } => (0, old_len, new_len),
        };
        for (space, _) in next.by_ref().take(kept) {
            let item = take(&mut items, &mut edited);
            edited.extend(item.map(|item| Item { space, ..item }));
        }
        for _ in 0..removed {
            // If an earlier erratum added the token, drop it entirely.
            let item = take(&mut items, &mut edited).filter(|item| item.recorded.is_some());
            edited.extend(item.map(|item| Item { erratum: Some(erratum), ..item }));
        }
        edited.extend(next.by_ref().take(added).map(|(space, text)| Item {
            text,
            space,
            recorded: None,
            erratum: Some(erratum),
        }));
    }
    edited.extend(items);
    edited
}

/// Returns the next token that no erratum has removed, and moves the removed tokens before it to `edited`.
fn take(items: &mut impl Iterator<Item = Item>, edited: &mut Vec<Item>) -> Option<Item> {
    for item in items {
        if !item.is_removed() {
            return Some(item);
        }
        edited.push(item);
    }
    None
}
