//! Rules about YAML: that a document means the same to every reader.

pub(crate) mod ambiguous_text;
mod duplicate_keys;
mod joined_paragraphs;
mod lost_text;

use std::{cell::LazyCell, collections::HashSet};

use document::{
    DiagnosticBuilder, Document, Entry, Kind, Node, NodeId, Report, Size, Style, Value, disguise,
    syntax, text,
};

rules! {
    "YAML",
    [
        text::NOT_UTF_8,
        text::BYTE_ORDER_MARK,
        text::EMPTY_DOCUMENT,
        syntax::SYNTAX,
        syntax::TAB_IN_INDENTATION,
        disguise::LOOK_ALIKE,
        text::TOO_DEEP,
        text::ENDLESS_ALIAS,
    ],
    SEVERAL_DOCUMENTS = "several-documents",
    DUPLICATE_KEY = "duplicate-key",
    NON_STRING_KEY = "non-string-key",
    NUMBER_OUT_OF_RANGE = "number-out-of-range",
    UNQUOTED_STATUS = "unquoted-status",
    AMBIGUOUS_TEXT = "ambiguous-text",
    ALIAS = "alias",
    MERGE_KEY = "merge-key",
    TAG = "tag",
    COMMENT_IN_TEXT = "comment-in-text",
    JOINED_PARAGRAPHS = "joined-paragraphs",
    UNUSED_ANCHOR = "unused-anchor",
}

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let tree = document.tree;
    report.extend(text::byte_order_mark(tree));
    report.extend(disguise::diagnostics(tree));
    report.extend(several_documents(document));
    // What stands below `<<` is reported with it.
    report.extend(tree.aliases().filter(|alias| alias.name() != Some("<<")).map(alias));
    report.extend(tree.anchored_in_vain().filter_map(lost_text::anchor));
    // A scalar of the wrong type is reported for that.
    let invalid: HashSet<NodeId> =
        document.structural_diagnostics().iter().map(|flaw| flaw.node().id()).collect();
    // JSON has one meaning, whatever YAML makes of its numbers.
    let is_json = LazyCell::new(|| is_json(tree.text()));
    let is_valid = |node: Node<'_>| !invalid.contains(&node.id()) && !*is_json;
    for node in tree.nodes() {
        duplicate_keys::check(node, report);
        report.extend(node.entries().filter_map(|entry| key(document, node, entry)));
        report.extend(number_out_of_range(node));
        report.extend(ambiguous_text::ambiguous(document, node).filter(|_| is_valid(node)));
        report.extend(tag(node));
        report.extend(lost_text::comment(document, node));
        report.extend(joined_paragraphs::joined(document, node));
    }
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{')
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn several_documents<'t>(document: &Document<'t>) -> Option<DiagnosticBuilder<'t>> {
    let second = document.tree.second_document()?;
    let diagnostic = SEVERAL_DOCUMENTS.at(document.root(), "a second document begins here");
    Some(
        diagnostic
            .spanning(second)
            .help("remove the line, or move what follows to a file of its own"),
    )
}

fn number_out_of_range(node: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let text = node.as_number()?;
    let (message, help) = match Size::of(text) {
        Size::Ordinary => return None,
        Size::Endless => (format!("`{text}` is no number of JSON"), "write a number, or remove it"),
        Size::Large => {
            (format!("`{text}` does not fit into 64 bits"), "write a smaller one, or remove it")
        }
    };
    Some(NUMBER_OUT_OF_RANGE.at(node, message).help(help))
}

fn key<'t>(
    document: &Document<'_>,
    node: Node<'t>,
    entry: Entry<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let name = entry.name();
    Some(match entry.key.value() {
        Value::String("<<") => MERGE_KEY
            .at(entry.key, "`<<` does not merge anything")
            .help("write the members out, or refer to a component by `$ref`"),
        Value::String(_) => return None,
        Value::Number(_) if document.kind(node) == Some(Kind::Responses) => UNQUOTED_STATUS
            .at(entry.key, format!("the status {name} is not in quotes"))
            .help(format!("write `'{name}'`")),
        Value::Array | Value::Object => {
            NON_STRING_KEY.at(entry.key, "a key must be a string").help("write text as the key")
        }
        Value::Null if name.is_empty() => NON_STRING_KEY
            .at(entry.key, "a key is missing before the colon")
            .help("write the key, or remove the member"),
        value => NON_STRING_KEY
            .at(entry.key, format!("the key `{name}` is {} and not a string", value.describe()))
            .help(format!("put it in quotes: `'{name}'`")),
    })
}

fn alias(alias: Node<'_>) -> DiagnosticBuilder<'_> {
    let diagnostic =
        ALIAS.at(alias, format!("the alias `{}` repeats a part of the document", alias.source()));
    diagnostic.help("make that part a component and refer to it by `$ref`, or write it out")
}

fn tag(node: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let tag = node.tag()?;
    if ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!seq", "!!map"].contains(&tag) {
        return None;
    }
    let diagnostic = TAG.at(node, format!("there is no tag `{tag}` in OpenAPI")).on(tag);
    let is_plain = node.scalar().is_some_and(|scalar| scalar.style == Style::Plain);
    Some(diagnostic.help(match is_plain {
        true => "write out what it stands for, or put the text in quotes if `!` belongs to it",
        false => "write out what it stands for",
    }))
}
