//! Applies the edits that the vendor has also made to the recorded message.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Recorded, edits::Item};

/// Applies the edits that the vendor has also made. Returns the erratum of each.
///
/// The vendor has made an edit if the variant is closer to the recorded message with the edit than without it. Without
/// this step, a brace that the vendor kept could be mistaken for the one that an erratum removes.
pub(super) fn settled(recorded: &Recorded, variant: &[String]) -> (Recorded, Vec<usize>) {
    let (mut settled, mut repaired) = (recorded.clone(), Vec::new());
    let mut distance = distance(&settled.tokens, variant);
    let mut at = 0;
    while let Some((erratum, edit)) = settled.next_edit(at) {
        let edited = settled.with_edit(&edit);
        let edited_distance = self::distance(&edited.tokens, variant);
        at = edit.end;
        if edited_distance < distance {
            at -= settled.items.len() - edited.items.len();
            (settled, distance) = (edited, edited_distance);
            repaired.push(erratum);
        }
    }
    (settled, repaired)
}

/// Returns the number of tokens that are added or removed between two sequences.
fn distance(old: &[String], new: &[String]) -> usize {
    let operations = capture_diff_slices(Algorithm::Myers, old, new);
    let changed = operations.iter().map(|operation| match operation {
        DiffOp::Equal { .. } => 0,
        _ => operation.old_range().len() + operation.new_range().len(),
    });
    changed.sum()
}

impl Recorded {
    /// Returns the first edit at or after an item: its erratum, and the items that it removes and adds.
    pub(super) fn next_edit(&self, from: usize) -> Option<(usize, Range<usize>)> {
        let start =
            from + self.items.get(from..)?.iter().position(|item| item.erratum.is_some())?;
        let erratum = self.items[start].erratum;
        let same = self.items[start..].iter().take_while(|item| item.erratum == erratum).count();
        Some((erratum?, start..start + same))
    }

    /// Returns the message as if the page already contained an edit.
    fn with_edit(&self, edit: &Range<usize>) -> Self {
        let (mut tokens, mut items, mut body) = (Vec::new(), Vec::new(), 0);
        for (index, item) in self.items.iter().enumerate() {
            let is_edited = edit.contains(&index);
            let is_removed = is_edited && item.is_removed();
            if item.recorded == Some(self.body) {
                body = tokens.len();
            }
            let is_printed = item.recorded.is_some() || is_edited;
            if is_removed {
                continue;
            }
            let recorded = is_printed.then_some(tokens.len());
            if is_printed {
                tokens.push(item.text.clone());
            }
            let erratum = item.erratum.filter(|_| !is_edited);
            items.push(Item { recorded, erratum, ..item.clone() });
        }
        if self.body >= self.tokens.len() {
            body = tokens.len();
        }
        Self { text: self.text.clone(), tokens, items, blank: self.blank.clone(), body }
    }
}
