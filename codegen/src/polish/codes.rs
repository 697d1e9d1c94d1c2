//! Generates constants for the fault codes that the document describes.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use quote::format_ident;
use syn::{ImplItem, Item, ItemMod, parse_quote};

use super::docs::Docs;
use crate::annotation::DocumentedError;

/// The fault codes, with their meanings.
type Codes = BTreeMap<u64, String>;

/// Returns a module with the codes that the descriptions of operations and error statuses explain.
///
/// A description explains them in a sentence such as: Codes `1` and `2` (a meaning), `3` (another).
pub(super) fn module(
    operations: &[ImplItem],
    errors: &IndexSet<DocumentedError>,
    docs: &mut Docs<'_>,
) -> Item {
    let mut codes = Codes::new();
    let texts = operations.iter().filter_map(|operation| documentation(operation, docs));
    texts.for_each(|text| explained(&text, "", &mut codes));
    for DocumentedError { status, description, .. } in errors {
        explained(description, &format!("With the status {status}: "), &mut codes);
    }
    let constants: Vec<Item> =
        codes.iter().map(|(code, meaning)| constant(*code, meaning, docs)).collect();
    let mut module: ItemMod = parse_quote!(
        pub mod codes {}
    );
    module.content.as_mut().expect("the module is inline").1.extend(constants);
    let text = "Fault codes that the document explains, to compare with \
                [`Error::code`](crate::Error::code). The service may return others.";
    docs.put(&mut module.attrs, text);
    Item::Mod(module)
}

fn documentation(operation: &ImplItem, docs: &Docs<'_>) -> Option<String> {
    match operation {
        ImplItem::Fn(method) => Some(docs.written(&method.attrs).join("\n")),
        _ => None,
    }
}

fn constant(code: u64, meaning: &str, docs: &mut Docs<'_>) -> Item {
    let (name, value) = (format_ident!("CODE_{code}"), code.to_string());
    let mut constant: syn::ItemConst = parse_quote!(pub const #name: &str = #value;);
    docs.put(&mut constant.attrs, meaning);
    Item::Const(constant)
}

/// Adds the codes that a description explains, with a prefix before each meaning.
fn explained(text: &str, before: &str, codes: &mut Codes) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let explained = document::codes::explained(&text).into_iter();
    codes.extend(explained.map(|it| (it.code, sentence(&format!("{before}{}", it.meaning)))));
}

fn sentence(meaning: &str) -> String {
    let mut characters = meaning.chars();
    let first = characters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(characters).chain(['.']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(u64, String)> {
        let mut codes = Codes::new();
        explained(text, "", &mut codes);
        codes.into_iter().collect()
    }

    #[test]
    fn codes_of_a_group_share_their_meaning() {
        let codes =
            of("Not here. Codes `2` (an `x`, a\nvalue), `30`\nand `4` (the ID). Not `5` (it).");
        let expected = [(2, "An `x`, a value."), (4, "The ID."), (30, "The ID.")];
        assert_eq!(codes, expected.map(|(code, meaning)| (code, meaning.to_owned())));
    }

    #[test]
    fn a_number_elsewhere_is_not_a_code() {
        assert_eq!(of("At least `1` (one). The code `x` (text)."), []);
    }

    #[test]
    fn codes_of_one_operation() {
        let codes =
            of("Error codes specific to orders: `1` (first) with the status 403; `2` (second).");
        assert_eq!(codes, [(1, "First.".to_owned()), (2, "Second.".to_owned())]);
    }
}
