//! Generates constants for the fault codes that the document explains, and links to them.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::{IndexMap, IndexSet};
use quote::format_ident;
use syn::{Item, ItemMod, parse_quote};

use super::docs::{Docs, paragraphs};
use crate::markdown::in_one_line;

/// The codes of faults.
#[derive(Default)]
pub(super) struct Codes {
    /// The meanings of each code: those of different operations or statuses can differ.
    meanings: BTreeMap<u64, IndexSet<String>>,
    /// The codes, grouped by what explains them first, in that order. Their constants have the same order, so that
    /// branches that edit different explanations do not conflict.
    groups: IndexMap<String, BTreeSet<u64>>,
}

/// What a text that can explain codes is about.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    /// The operation, its status, or a status that operations share.
    pub(super) name: &'a str,
    pub(super) status: Option<&'a str>,
}

impl Codes {
    /// Collects the codes that a text explains, and replaces the explanations by links to the constants.
    ///
    /// A text explains them in a sentence such as: Codes `1` and `2` (a meaning), `3` (another).
    pub(super) fn link(&mut self, text: &str, subject: Subject<'_>) -> String {
        paragraphs(text, |paragraph| self.link_in_paragraph(paragraph, subject))
    }

    /// Does the same in a single paragraph. Returns `None` if it explains no code.
    fn link_in_paragraph(&mut self, paragraph: &str, subject: Subject<'_>) -> Option<String> {
        let text = in_one_line(paragraph);
        let explanations = document::codes::explanations(&text);
        let (mut linked, mut end) = (String::new(), 0);
        for explanation in &explanations {
            let stated = explanation.status.map(|status| status.to_string());
            let status = stated.as_deref().or(subject.status);
            let before = status.map(|it| format!("With the status {it}: ")).unwrap_or_default();
            let meaning = sentence(&format!("{before}{}", explanation.meaning));
            for code in &explanation.codes {
                self.add(code.number, &meaning, subject);
                let between = &text[end..code.span.start];
                // Without the meanings, all groups become one list.
                let is_and = !linked.is_empty() && between == " and ";
                linked.push_str(if is_and { ", " } else { between });
                let name = name(code.number);
                linked.push_str(&format!("[{}](codes::{name})", &text[code.span.clone()]));
                end = code.span.end;
            }
            end = explanation.end;
        }
        linked.push_str(&text[end..]);
        (!explanations.is_empty()).then_some(linked)
    }

    fn add(&mut self, code: u64, meaning: &str, subject: Subject<'_>) {
        let meanings = self.meanings.entry(code).or_default();
        if meanings.is_empty() {
            self.groups.entry(subject.name.to_owned()).or_default().insert(code);
        }
        meanings.insert(meaning.to_owned());
    }

    /// Returns a module with a constant for each code.
    pub(super) fn module(self, docs: &mut Docs<'_>) -> Item {
        let mut module: ItemMod = parse_quote!(
            pub mod codes {}
        );
        let (_, items) = module.content.as_mut().expect("the module is inline");
        for (subject, codes) in &self.groups {
            for (index, code) in codes.iter().enumerate() {
                let meanings: Vec<&str> = self.meanings[code].iter().map(String::as_str).collect();
                let heading = (index == 0).then(|| format!("Explained under {subject}"));
                items.push(constant(*code, &meanings.join(" "), heading.as_deref(), docs));
            }
        }
        let text = "Fault codes that the document explains, to compare with \
                    [`Error::code`](crate::Error::code). The service can return other codes.";
        docs.put(&mut module.attrs, text);
        Item::Mod(module)
    }
}

/// Returns the name of the constant for a code.
fn name(code: u64) -> String {
    format!("CODE_{code}")
}

fn constant(code: u64, meaning: &str, heading: Option<&str>, docs: &mut Docs<'_>) -> Item {
    let (name, value) = (format_ident!("{}", name(code)), code.to_string());
    let mut constant: syn::ItemConst = parse_quote!(pub const #name: &str = #value;);
    docs.put_below(&mut constant.attrs, heading, meaning);
    Item::Const(constant)
}

fn sentence(meaning: &str) -> String {
    let mut characters = meaning.chars();
    let first = characters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(characters).chain(['.']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text with links, and the codes with their meanings.
    fn link(text: &str, status: Option<&str>) -> (String, Vec<(u64, String)>) {
        let mut codes = Codes::default();
        let linked = codes.link(text, Subject { name: "orders", status });
        let meanings = |it: IndexSet<String>| it.into_iter().collect::<Vec<_>>().join(" ");
        (linked, codes.meanings.into_iter().map(|(code, it)| (code, meanings(it))).collect())
    }

    #[test]
    fn codes_of_a_group_share_their_meaning() {
        let (linked, codes) = link(
            "Not here. Codes `2` (an `x`, a\nvalue), `30`\nand `4` (the ID). Not `5` (it).",
            None,
        );
        let expected = [(2, "An `x`, a value."), (4, "The ID."), (30, "The ID.")];
        assert_eq!(codes, expected.map(|(code, meaning)| (code, meaning.to_owned())));
        assert_eq!(
            linked,
            "Not here. Codes [`2`](codes::CODE_2), [`30`](codes::CODE_30), [`4`](codes::CODE_4). Not `5` (it)."
        );
    }

    #[test]
    fn a_text_without_codes_does_not_change() {
        for text in [
            "At least\n`1` (one).\n\nThe code `x` (text).\n",
            "```text\nCode `1` (a).\n\nCode `2` (b).\n```",
        ] {
            assert_eq!(link(text, Some("404")), (text.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn other_paragraphs_do_not_change() {
        let (linked, _) = link("One\nline.\n\nCode `1`\n(one).\n\n- a\n- b", None);
        assert_eq!(linked, "One\nline.\n\nCode [`1`](codes::CODE_1).\n\n- a\n- b");
    }

    #[test]
    fn codes_with_a_status() {
        let text = "Error codes specific to orders: `1` (first) with the status 403; `2` (second).";
        let expected = [(1, "With the status 403: first."), (2, "With the status 404: second.")];
        let expected = expected.map(|(code, meaning)| (code, meaning.to_owned()));
        assert_eq!(link(text, Some("404")).1, expected);
    }

    #[test]
    fn a_meaning_with_parentheses_and_a_code() {
        let (linked, codes) = link("Code `1` (like the code `5` (five)), `6` (six).", None);
        let expected = [(1, "Like the code `5` (five)."), (6, "Six.")];
        assert_eq!(codes, expected.map(|(code, meaning)| (code, meaning.to_owned())));
        assert_eq!(linked, "Code [`1`](codes::CODE_1), [`6`](codes::CODE_6).");
    }

    #[test]
    fn a_code_with_two_meanings() {
        let (_, codes) = link("Code `1` (first).\n\nCode `1` (second).\n\nCode `1` (first).", None);
        assert_eq!(codes, [(1, "First. Second.".to_owned())]);
    }
}
