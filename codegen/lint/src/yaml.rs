//! Rules about YAML: every parser must read the same document.

mod ambiguous_text;
mod duplicate_keys;
mod lost_text;

use std::{cell::LazyCell, collections::HashSet};

use document::{
    DiagnosticBuilder, Document, Entry, Kind, Node, NodeId, Report, Size, Style, Value,
    look_alikes, status::is_status, syntax, text,
};

pub(super) use ambiguous_text::drop_explained;

document::rules! {
    "YAML",
    [
        text::NOT_UTF_8,
        text::BYTE_ORDER_MARK,
        text::EMPTY_DOCUMENT,
        syntax::SYNTAX,
        syntax::TAB_IN_INDENTATION,
        look_alikes::LOOK_ALIKE,
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
    report.extend(look_alikes::diagnostics(tree));
    report.extend(several_documents(document));
    // An alias under the key `<<` is reported with the key.
    report.extend(tree.aliases().filter(|alias| alias.name() != Some("<<")).map(alias));
    report.extend(tree.unused_anchors().filter_map(lost_text::anchor));
    let structural = document.structural_diagnostics().iter();
    let invalid: HashSet<NodeId> = structural.map(|diagnostic| diagnostic.node().id()).collect();
    // YAML parsers can read a number differently, but JSON parsers do not, so nothing in JSON is ambiguous.
    let is_json = LazyCell::new(|| is_json_text(tree.text()));
    for node in tree.nodes() {
        duplicate_keys::check(node, report);
        report.extend(node.entries().filter_map(|entry| key(document, node, entry)));
        report.extend(number_out_of_range(node));
        report.extend(tag(node));
        report.extend(lost_text::comment(document, node));
        report.extend(lost_text::joined(document, node));
        // A scalar of the wrong type is already reported as such.
        let is_valid = |_: &DiagnosticBuilder<'_>| !invalid.contains(&node.id()) && !*is_json;
        report.extend(ambiguous_text::ambiguous(document, node).filter(is_valid));
    }
}

/// Returns true if a whole document is a JSON object.
fn is_json_text(text: &str) -> bool {
    text.trim_start().starts_with('{')
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn several_documents<'t>(document: &Document<'t>) -> Option<DiagnosticBuilder<'t>> {
    let second = document.tree.second_document()?;
    let diagnostic = SEVERAL_DOCUMENTS.at(document.root(), "a second document begins here");
    let help = "remove this line, or move the second document to its own file";
    Some(diagnostic.spanning(second).help(help))
}

fn number_out_of_range(node: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let text = node.as_number()?;
    let (problem, help) = match Size::of(text) {
        Size::Ordinary => return None,
        Size::NonFinite => ("is not a number in JSON", "write a number, or remove it"),
        Size::Large => ("does not fit into 64 bits", "write a smaller number, or remove it"),
    };
    Some(NUMBER_OUT_OF_RANGE.at(node, format!("`{text}` {problem}")).help(help))
}

fn key<'t>(
    document: &Document<'_>,
    node: Node<'t>,
    Entry { key, .. }: Entry<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let text = key.text().unwrap_or_default();
    Some(match key.value() {
        Value::String("<<") => MERGE_KEY
            .at(key, "`<<` does not merge anything in OpenAPI")
            .help("write the members out, or refer to a component with `$ref`"),
        Value::String(_) => return None,
        // Any other number is reported as an invalid status.
        Value::Number(_) if document.kind(node) == Some(Kind::Responses) => {
            let message = format!("the status {text} is not in quotes");
            let help = format!("write `'{text}'`");
            return is_status(text).then(|| UNQUOTED_STATUS.at(key, message).help(help));
        }
        Value::Array | Value::Object => {
            NON_STRING_KEY.at(key, "a key must be a string").help("write a string as the key")
        }
        Value::Null if text.is_empty() => NON_STRING_KEY
            .at(key, "the key before the colon is missing")
            .help("write the key, or remove the member"),
        value => NON_STRING_KEY
            .at(key, format!("the key `{text}` must be a string, but is {}", value.describe()))
            .help(format!("put it in quotes: `'{text}'`")),
    })
}

fn alias(alias: Node<'_>) -> DiagnosticBuilder<'_> {
    ALIAS
        .at(alias, format!("the alias `{}` repeats a part of the document", alias.source()))
        .help("make that part a component and refer to it with `$ref`, or write it out")
}

fn tag(node: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let tag = node.tag()?;
    if ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!seq", "!!map"].contains(&tag) {
        return None;
    }
    let is_plain = node.scalar().is_some_and(|scalar| scalar.style == Style::Plain);
    let help = match is_plain {
        true => "write the value without a tag, or put the text in quotes if `!` is part of it",
        false => "write the value without a tag",
    };
    Some(TAG.at(node, format!("the tag `{tag}` has no meaning in OpenAPI")).on(tag).help(help))
}
