//! Names, summaries and links of operations.

use document::{DiagnosticBuilder, Document, Kind, Node, Operation, Report};

use super::{
    MISSING_EXTERNAL_DOCS, MISSING_SUMMARY, OPERATION_ID_NOT_CAMEL_CASE, PERIOD_IN_SUMMARY,
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
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
        false => diagnostic.help("begin with a verb, and use letters and digits only"),
    })
}

fn is_camel_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// Converts a name to camel case.
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
    match operation.node.get_str("operationId") {
        Some(id) => format!("`{id}`"),
        None => format!("`{} {}`", operation.method.to_uppercase(), operation.path),
    }
}
