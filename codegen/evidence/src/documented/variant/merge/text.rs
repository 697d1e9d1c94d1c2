//! Prints the merged text.

use super::{Merge, Token};
use crate::documented::{Repaired, repaired::Origin, variant::edits::Item};

impl<'a> Merge<'a> {
    /// Joins the merged tokens. Between tokens that are adjacent in the repaired message, uses its whitespace, and
    /// elsewhere the whitespace of the variant.
    pub(super) fn text(&self) -> Repaired {
        let mut item_of = vec![None; self.printed.len()];
        let present = self.recorded.items.iter().filter(|item| !item.is_removed());
        let ranked: Vec<&Item> = present.collect();
        for (rank, item) in ranked.iter().enumerate() {
            if let Some(token) = item.recorded.and_then(|recorded| self.aligned[recorded]) {
                item_of[token] = Some(rank);
            }
        }
        let rank_of_repair = |index: usize| {
            self.recorded.items[..index].iter().filter(|item| !item.is_removed()).count()
        };
        let mut text = Repaired::default();
        let mut last: Option<usize> = None;
        for (position, token) in self.merged.iter().enumerate() {
            let rank = match token {
                Token::Printed(token) => item_of[*token],
                Token::Repair(index) => Some(rank_of_repair(*index)),
            };
            let follows = rank.filter(|rank| last.is_some_and(|last| last + 1 == *rank));
            if position > 0 {
                match (follows, token) {
                    (Some(rank), _) => text.pad(&ranked[rank].space),
                    (None, Token::Printed(token)) => text.pad(self.space_before(*token)),
                    (None, Token::Repair(index)) => text.pad(&self.recorded.items[*index].space),
                }
            }
            match token {
                Token::Printed(token) => {
                    text.append(self.variant, self.printed[*token].clone());
                }
                Token::Repair(index) => {
                    let Item { text: repair, erratum, .. } = &self.recorded.items[*index];
                    text.push(repair, erratum.map_or(Origin::Added, Origin::Erratum));
                }
            }
            last = rank;
        }
        text.pad("\n");
        text
    }

    fn space_before(&self, token: usize) -> &'a str {
        let start = token.checked_sub(1).map_or(0, |before| self.printed[before].end);
        &self.variant.text[start..self.printed[token].start]
    }
}
