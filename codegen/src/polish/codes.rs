//! Generates constants for the fault codes that the document explains, and links to them.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use quote::format_ident;
use syn::{Item, ItemMod, parse_quote};

use super::docs::{Docs, paragraphs};
use crate::markdown::in_one_line;

/// The codes of faults, each with its meanings: those of different operations or statuses can differ.
#[derive(Default)]
pub(super) struct Codes(BTreeMap<u64, IndexSet<String>>);

impl Codes {
    /// Collects the codes that a text explains, and replaces the explanations by links to the constants.
    ///
    /// A text explains them in a sentence such as: Codes `1` and `2` (a meaning), `3` (another). `status` is the status
    /// that the text is about.
    pub(super) fn link(&mut self, text: &str, status: Option<&str>) -> String {
        paragraphs(text, |paragraph| self.link_in_paragraph(paragraph, status))
    }

    /// Does the same in a single paragraph. Returns `None` if it explains no code.
    fn link_in_paragraph(&mut self, paragraph: &str, status: Option<&str>) -> Option<String> {
        let text = in_one_line(paragraph);
        let codes = document::codes::explained(&text);
        let (mut linked, mut end) = (String::new(), 0);
        for (index, code) in codes.iter().enumerate() {
            let stated = code.status.map(|status| status.to_string());
            let before = stated.as_deref().or(status).map(|it| format!("With the status {it}: "));
            let meaning = format!("{}{}", before.unwrap_or_default(), code.meaning);
            self.0.entry(code.code).or_default().insert(sentence(&meaning));
            let between = &text[end..code.span.start];
            linked.push_str(if index > 0 && between == " and " { ", " } else { between });
            linked.push_str(&format!("[{}](codes::{})", &text[code.span.clone()], name(code.code)));
            end = code.span.end;
            // The codes of a group share the meaning after the last one.
            let explanation = format!(" ({})", code.meaning);
            if text[end..].starts_with(&explanation) {
                end += explanation.len();
            }
        }
        linked.push_str(&text[end..]);
        (!codes.is_empty()).then_some(linked)
    }

    /// Returns a module with a constant for each code.
    pub(super) fn module(self, docs: &mut Docs<'_>) -> Item {
        let codes = self.0.into_iter();
        let constants: Vec<Item> = codes
            .map(|(code, meanings)| {
                let meanings: Vec<String> = meanings.into_iter().collect();
                constant(code, &meanings.join(" "), docs)
            })
            .collect();
        let mut module: ItemMod = parse_quote!(
            pub mod codes {}
        );
        module.content.as_mut().expect("the module is inline").1.extend(constants);
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

fn constant(code: u64, meaning: &str, docs: &mut Docs<'_>) -> Item {
    let (name, value) = (format_ident!("{}", name(code)), code.to_string());
    let mut constant: syn::ItemConst = parse_quote!(pub const #name: &str = #value;);
    docs.put(&mut constant.attrs, meaning);
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
        let linked = codes.link(text, status);
        let meanings = |it: IndexSet<String>| it.into_iter().collect::<Vec<_>>().join(" ");
        (linked, codes.0.into_iter().map(|(code, it)| (code, meanings(it))).collect())
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
    fn a_code_with_two_meanings() {
        let (_, codes) = link("Code `1` (first).\n\nCode `1` (second).\n\nCode `1` (first).", None);
        assert_eq!(codes, [(1, "First. Second.".to_owned())]);
    }
}
