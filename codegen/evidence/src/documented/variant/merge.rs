//! Merges the edits of errata with the changes of a variant.

mod conflict;
mod text;

use std::{collections::BTreeMap, ops::Range};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Conflict, Recorded, Variant, settled::settled};
use crate::documented::{Repaired, tokens::tokens};

/// The effect of one edit on a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// The variant has the mistake, which the edit repairs.
    Applied,
    /// The variant already has the repair.
    Repaired,
    /// The variant has neither.
    Skipped,
}

/// A token of the merged text.
enum Token {
    Printed(usize),
    /// A token of a repair, by its index among the items.
    Repair(usize),
}

pub(super) fn merge(recorded: &Recorded, variant: &Repaired) -> Variant {
    let printed = tokens(&variant.text);
    let texts: Vec<String> =
        printed.iter().map(|token| variant.text[token.clone()].to_owned()).collect();
    if recorded.tokens == texts {
        return Merge::new(recorded, variant, printed, &texts).run();
    }
    let (settled, repaired) = settled(recorded, &texts);
    let mut merge = Merge::new(&settled, variant, printed, &texts);
    for erratum in repaired {
        merge.effects.entry(erratum).or_default().push(Effect::Repaired);
    }
    merge.run()
}

struct Merge<'a> {
    recorded: &'a Recorded,
    variant: &'a Repaired,
    printed: Vec<Range<usize>>,
    /// For each recorded token, the index of the printed token that equals it.
    aligned: Vec<Option<usize>>,
    effects: BTreeMap<usize, Vec<Effect>>,
    conflicts: Vec<Conflict>,
    /// The index of the next printed token that is not yet merged.
    next: usize,
    merged: Vec<Token>,
}

impl<'a> Merge<'a> {
    fn new(
        recorded: &'a Recorded,
        variant: &'a Repaired,
        printed: Vec<Range<usize>>,
        texts: &[String],
    ) -> Self {
        let aligned = aligned(&recorded.tokens, texts);
        let (effects, conflicts, merged) = Default::default();
        Self { recorded, variant, printed, aligned, effects, conflicts, next: 0, merged }
    }

    fn run(mut self) -> Variant {
        let recorded = self.recorded;
        let mut at = 0;
        while let Some((erratum, edit)) = recorded.next_edit(at) {
            at = edit.end;
            self.edit(erratum, edit);
        }
        self.print_until(self.printed.len());
        let repaired_by_vendor = self.repaired_by_vendor();
        let repaired = self.text();
        Variant { repaired, repaired_by_vendor, conflicts: self.conflicts }
    }

    /// Copies the printed tokens before an index unchanged.
    fn print_until(&mut self, end: usize) {
        self.merged.extend((self.next..end).map(Token::Printed));
        self.next = self.next.max(end);
    }

    /// Merges an edit, which removes and adds consecutive items.
    fn edit(&mut self, erratum: usize, edit: Range<usize>) {
        let items = &self.recorded.items[edit.clone()];
        let removed: Vec<usize> = items.iter().filter_map(|item| item.recorded).collect();
        let added: Vec<usize> =
            edit.clone().filter(|index| self.recorded.items[*index].recorded.is_none()).collect();
        let region = self.region(&removed, edit.start);
        let effect = self.effect(&removed, &added, &region);
        if effect == Effect::Applied {
            self.print_until(region.start);
            if added.is_empty() {
                self.find_conflict(erratum, &removed, &region);
            }
            self.next = self.next.max(region.end);
            self.merged.extend(added.into_iter().map(Token::Repair));
        }
        self.effects.entry(erratum).or_default().push(effect);
    }

    /// Returns the range of printed tokens that an edit affects: those between the nearest recorded tokens that are
    /// also printed.
    fn region(&self, removed: &[usize], edit: usize) -> Range<usize> {
        let before = self.recorded.items[..edit].iter().rev().find_map(|item| item.recorded);
        let first = removed.first().copied().unwrap_or(before.map_or(0, |before| before + 1));
        let after = removed.last().map_or(first, |last| last + 1);
        let start = self.aligned[..first].iter().rev().find_map(|at| *at).map_or(0, |at| at + 1);
        let end = self.aligned[after..].iter().find_map(|at| *at).unwrap_or(self.printed.len());
        let whole = start.max(self.next)..end.max(start).max(self.next);
        // Text that the variant adds around a mistake is not part of the mistake.
        let exact = removed.iter().map(|it| self.aligned[*it]).collect::<Option<Vec<usize>>>();
        match exact.as_deref() {
            Some([first, .., last]) if last - first + 1 == removed.len() => *first..last + 1,
            Some([only]) => *only..only + 1,
            _ => whole,
        }
    }

    fn effect(&self, removed: &[usize], added: &[usize], region: &Range<usize>) -> Effect {
        let printed = region.clone().map(|token| self.printed_text(token));
        let recorded = removed.iter().map(|token| self.recorded.tokens[*token].as_str());
        let repair = added.iter().map(|item| self.recorded.items[*item].text.as_str());
        if printed.clone().eq(recorded) {
            return Effect::Applied;
        }
        if printed.eq(repair) {
            return Effect::Repaired;
        }
        let is_printed_in_part = removed.iter().any(|token| self.aligned[*token].is_some());
        let is_in_body = removed.iter().all(|token| *token >= self.recorded.body);
        match added.is_empty() && removed.len() > 1 && is_in_body && is_printed_in_part {
            true => Effect::Applied,
            false => Effect::Skipped,
        }
    }

    fn printed_text(&self, token: usize) -> &'a str {
        &self.variant.text[self.printed[token].clone()]
    }

    fn repaired_by_vendor(&self) -> Vec<usize> {
        let edits = self.effects.iter();
        let repaired =
            edits.filter(|(_, effects)| effects.iter().all(|effect| *effect == Effect::Repaired));
        let blank = self.recorded.blank.iter().filter(|_| !self.has_recorded_lines());
        repaired.map(|(erratum, _)| *erratum).chain(blank.copied()).collect()
    }

    /// Returns true if the variant has the same line breaks between tokens as the recorded message.
    fn has_recorded_lines(&self) -> bool {
        let recorded = tokens(&self.recorded.text);
        let breaks = |text: &str, tokens: &[Range<usize>]| {
            let pairs = tokens.windows(2);
            pairs.map(|it| lines(&text[it[0].end..it[1].start])).collect::<Vec<_>>()
        };
        breaks(&self.recorded.text, &recorded) == breaks(&self.variant.text, &self.printed)
    }
}

/// For each recorded token, returns the index of the equal token in `printed`.
fn aligned(recorded: &[String], printed: &[String]) -> Vec<Option<usize>> {
    if recorded == printed {
        return (0..recorded.len()).map(Some).collect();
    }
    let mut aligned = vec![None; recorded.len()];
    for operation in capture_diff_slices(Algorithm::Myers, recorded, printed) {
        if let DiffOp::Equal { old_index, new_index, len } = operation {
            for offset in 0..len {
                aligned[old_index + offset] = Some(new_index + offset);
            }
        }
    }
    aligned
}

fn lines(space: &str) -> usize {
    space.matches('\n').count()
}

#[cfg(test)]
mod tests {
    use crate::documented::{Evidence, Message, Repaired, variant::Recorded};

    const INDEX: &str = "[[message]]\nfile = 'a'\npage = ''\ntitle = ''\nsha256 = ''\n";

    const RECORDED: &str =
        "PUT /a\n\n{\n  { \"Total\": 1 },\n  \"links\": { \"uri\": \"/a\" }\n}\n";

    /// Removes a pair of braces, corrects a name, and removes a member.
    const ERRATA: [(&str, &str); 3] = [
        ("{ \"Total\": 1 },", "\"Total\": 1,"),
        ("\"Total\"", "\"total\""),
        (",\n  \"links\": { \"uri\": \"/a\" }", ""),
    ];

    struct Merged {
        text: String,
        repaired_by_vendor: Vec<usize>,
        conflicts: Vec<String>,
    }

    /// Merges the errata with a variant of the message in which some text is replaced.
    fn merged(found: &str, replacement: &str) -> Merged {
        let erratum = |(found, repair): (&str, &str)| {
            format!(
                "[[erratum]]\nid = 'e'\nmessage = 'a'\nfound = {found:?}\nrepair = {repair:?}\n\
                 reason = 'r'\nevidence = 'page: p'\npage = ''\n"
            )
        };
        let errata: String = ERRATA.into_iter().map(erratum).collect();
        let evidence = Evidence::parse(INDEX, &errata, |_| Some(RECORDED.into())).expect("valid");
        let message: &Message = &evidence.messages[0];
        let recorded = Recorded::new(&evidence, message).expect("UTF-8");
        assert!(RECORDED.contains(found), "{found}");
        let variant = Repaired::new(RECORDED.replacen(found, replacement, 1));
        let merged = recorded.repair(&variant);
        let conflict = |span: &std::ops::Range<usize>| variant.text[span.clone()].to_owned();
        Merged {
            text: merged.repaired.text.split_whitespace().collect::<Vec<_>>().join(" "),
            repaired_by_vendor: merged.repaired_by_vendor,
            conflicts: merged.conflicts.iter().map(|it| conflict(&it.span)).collect(),
        }
    }

    #[test]
    fn the_recorded_message() {
        let merged = merged("", "");
        assert_eq!(merged.text, "PUT /a { \"total\": 1 }");
        assert!(merged.repaired_by_vendor.is_empty() && merged.conflicts.is_empty());
    }

    #[test]
    fn a_change_within_the_text_of_an_erratum() {
        assert_eq!(merged(": 1", ": \"x\"").text, "PUT /a { \"total\": \"x\" }");
        assert_eq!(merged("\"Total\"", "\"Sum\"").text, "PUT /a { \"Sum\": 1 }");
    }

    #[test]
    fn each_erratum_that_the_vendor_has_repaired() {
        let repaired =
            |found: &str, replacement: &str| merged(found, replacement).repaired_by_vendor;
        assert_eq!(repaired("{ \"Total\": 1 },", "\"Total\": 1,"), [0]);
        assert_eq!(repaired("\"Total\"", "\"total\""), [1]);
        assert_eq!(repaired(",\n  \"links\": { \"uri\": \"/a\" }", ""), [2]);
    }

    #[test]
    fn a_value_in_text_that_an_erratum_removes() {
        let merged = merged("\"/a\"", "\"/b\"");
        assert_eq!(merged.text, "PUT /a { \"total\": 1 }");
        assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn a_member_and_a_type_in_text_that_an_erratum_removes() {
        assert_eq!(merged("\"uri\"", "\"url\"").conflicts, ["\"url\""]);
        assert_eq!(merged("\"/a\"", "5").conflicts, ["5"]);
    }
}
