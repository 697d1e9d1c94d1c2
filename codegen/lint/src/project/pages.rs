//! Links to the vendor's pages, which choose the language for their reader.

use std::ops::Range;

use document::{
    DiagnosticBuilder, Document, Entry, Kind, Node, Report,
    pages::{LOCALIZED_PAGE, Locale, locales},
};

/// The members that hold the address of a page, or text with links.
const TEXTS: [&str; 7] = [
    "description",
    "externalValue",
    "summary",
    "termsOfService",
    "title",
    "url",
    super::extensions::EVIDENCE_NOTE,
];

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for node in document.tree.nodes() {
        // The address of a server is no page, and the values of examples have no kind.
        if document.kind(node).is_some_and(|kind| kind != Kind::Server) {
            let texts = node.entries().filter(|entry| TEXTS.contains(&entry.name()));
            report.extend(texts.flat_map(localized));
        }
    }
}

fn localized<'t>(entry: Entry<'t>) -> Vec<DiagnosticBuilder<'t>> {
    let Some(text) = entry.value.as_str() else { return Vec::new() };
    let locales = locales(text).into_iter();
    locales
        .map(|Locale { span, message, help }| diagnostic(entry.value, text, span, message, help))
        .collect()
}

fn diagnostic<'t>(
    node: Node<'t>,
    text: &str,
    span: Range<usize>,
    message: String,
    help: String,
) -> DiagnosticBuilder<'t> {
    let diagnostic = LOCALIZED_PAGE.at(node, message).help(help);
    // The text up to here has no escapes in most cases, and then stands in the document as it is.
    let line = text[..span.start].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let before = &text[line..span.start];
    match node.source().find(&text[line..span.end]) {
        Some(at) => {
            let start = node.span().start + at + before.len();
            diagnostic.spanning(start..start + span.len())
        }
        None => diagnostic,
    }
}
