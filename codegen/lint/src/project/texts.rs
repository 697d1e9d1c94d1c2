//! Checks operationIds, the summaries and descriptions that become the client's documentation, and links to the
//! vendor's pages, which must not select a language for the reader.

use document::{
    DiagnosticBuilder, Document, Entry, Kind, Node, Operation, Report,
    pages::{LOCALIZED_PAGE, Locale, locales},
    phrasing,
};

use super::{
    MISSING_DESCRIPTION, MISSING_EXTERNAL_DOCS, MISSING_SUMMARY, OPERATION_ID_NOT_CAMEL_CASE,
    PERIOD_IN_SUMMARY,
};

pub(super) fn operations(document: &Document<'_>, report: &mut Report) {
    for operation in document.operations() {
        report.extend(operation_id(operation.node));
        report.extend(missing_summary(document, &operation));
        report.extend(missing_external_docs(document, &operation));
    }
    for kind in [Kind::PathItem, Kind::Operation, Kind::Example] {
        report.extend(document.objects(kind).filter_map(summary));
    }
}

fn operation_id(operation: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let node = operation.get("operationId")?;
    let name = node.as_str().filter(|name| !is_camel_case(name))?;
    let diagnostic = OPERATION_ID_NOT_CAMEL_CASE.at(node, format!("`{name}` is not in camel case"));
    let meant = camel_case(name);
    Some(match is_camel_case(&meant) {
        true => diagnostic.help(format!("write `{meant}`")),
        false => diagnostic.help("begin with a verb, and use only letters and digits"),
    })
}

fn is_camel_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric())
}

fn camel_case(name: &str) -> String {
    let words = name.split(|char: char| !char.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).enumerate();
    words
        .map(|(index, word)| {
            let (first, rest) = word.split_at(1);
            match index {
                0 => first.to_ascii_lowercase() + rest,
                _ => first.to_ascii_uppercase() + rest,
            }
        })
        .collect()
}

fn missing_summary<'t>(
    document: &Document<'t>,
    operation: &Operation<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let message = format!("{} has no summary", name(operation));
    let diagnostic = MISSING_SUMMARY.at(operation.node, message);
    let help = "add a `summary`, a phrase that says what it does";
    document.lacks(operation.node, "summary").then(|| diagnostic.help(help))
}

fn summary(node: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let summary = node.get("summary")?;
    let text = summary.as_str()?.trim_end();
    let diagnostic = PERIOD_IN_SUMMARY.at(summary, "the summary ends with a period");
    let help = "write a phrase, and move sentences to the description";
    text.ends_with('.').then(|| diagnostic.help(help))
}

fn missing_external_docs<'t>(
    document: &Document<'t>,
    operation: &Operation<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let message = format!("{} has no link to the vendor's page", name(operation));
    let diagnostic = MISSING_EXTERNAL_DOCS.at(operation.node, message);
    let help = "add `externalDocs` with the title and the URL of the vendor's page";
    document.lacks(operation.node, "externalDocs").then(|| diagnostic.help(help))
}

/// Returns the name of an operation for messages.
pub(super) fn name(operation: &Operation<'_>) -> String {
    format!("`{}`", operation.name())
}

pub(super) fn descriptions(document: &Document<'_>, report: &mut Report) {
    for node in described(document) {
        report.extend(missing_description(document, node));
    }
}

/// Returns the nodes that must have a description. A reference has the description of its target.
fn described<'t>(document: &Document<'t>) -> impl Iterator<Item = Node<'t>> {
    let objects = [Kind::Operation, Kind::Parameter, Kind::Header];
    let objects = objects.into_iter().flat_map(|kind| document.objects(kind));
    let schemas = document.components(Kind::Schema).map(|entry| entry.value);
    let properties = document.objects(Kind::Schema).filter_map(|schema| schema.get("properties"));
    let properties = properties.flat_map(Node::entries).map(|entry| entry.value);
    objects.chain(schemas.chain(properties).filter(|node| node.get("$ref").is_none()))
}

fn missing_description<'t>(
    document: &Document<'t>,
    node: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let diagnostic = match node.get("description") {
        Some(text) => {
            text.as_str().filter(|text| text.trim().is_empty())?;
            MISSING_DESCRIPTION.at(text, format!("the description of {} is empty", own_name(node)))
        }
        None if document.lacks(node, "description") => {
            MISSING_DESCRIPTION.at(node, format!("{} has no description", own_name(node)))
        }
        None => return None,
    };
    Some(diagnostic.help(match document.kind(node) {
        Some(Kind::Operation) => "write sentences that say what it does and what it requires",
        _ => "write sentences that explain its meaning, its unit, and what its absence means",
    }))
}

/// Returns the name of a node for messages: its own name, or else its key.
fn own_name(node: Node<'_>) -> String {
    let own = ["operationId", "name"].iter().find_map(|key| node.get_str(key));
    own.map_or_else(|| phrasing::describe(node), |name| format!("`{name}`"))
}

/// The members that contain the URL of a page, or text with links.
const TEXTS: [&str; 7] = [
    "description",
    "externalValue",
    "summary",
    "termsOfService",
    "title",
    "url",
    super::extensions::EVIDENCE_NOTE,
];

pub(super) fn pages(document: &Document<'_>, report: &mut Report) {
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
    locales.map(|locale| in_text(entry.value, text, locale)).collect()
}

fn in_text<'t>(
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
