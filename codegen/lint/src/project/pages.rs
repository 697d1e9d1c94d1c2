//! Links to the vendor's pages, which must leave the choice of the language to the reader.

use document::{
    DiagnosticBuilder, Document, Entry, Kind, Node, Report,
    pages::{LOCALIZED_PAGE, Locale, locales},
};

/// The members that contain the URL of a page or text with links.
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
        // The URL of a server is not a page. The values of examples have no kind.
        if document.kind(node).is_some_and(|kind| kind != Kind::Server) {
            let texts = node.entries().filter(|entry| TEXTS.contains(&entry.name()));
            report.extend(texts.flat_map(localized));
        }
    }
}

fn localized<'t>(entry: Entry<'t>) -> Vec<DiagnosticBuilder<'t>> {
    let Some(text) = entry.value.as_str() else { return Vec::new() };
    let locales = locales(text).into_iter();
    locales.map(|locale| diagnostic(entry.value, text, locale)).collect()
}

fn diagnostic<'t>(
    node: Node<'t>,
    text: &str,
    Locale { span, message, help }: Locale,
) -> DiagnosticBuilder<'t> {
    let diagnostic = LOCALIZED_PAGE.at(node, message).help(help);
    // Escapes and line breaks shift offsets, so the word with the link is searched for in the source.
    let word = text[..span.start].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    match node.source().find(&text[word..span.end]) {
        Some(at) => {
            let start = node.span().start + at + span.start - word;
            diagnostic.spanning(start..start + span.len())
        }
        None => diagnostic,
    }
}
