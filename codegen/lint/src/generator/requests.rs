//! Request bodies: the client sends one JSON value with a schema in every request.

use document::{DiagnosticBuilder, Document, Entry, Node, Operation, Report, Rule};

use super::{
    ENCODING_OF_JSON, IGNORED_REQUEST_BODY, NON_JSON_REQUEST, OPTIONAL_REQUEST_BODY,
    REQUEST_WITHOUT_SCHEMA,
};

pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    let body = operation.node.get("requestBody").and_then(|body| document.resolve(body));
    let Some(body) = body.filter(|body| body.is_object()) else { return };
    let ignored = ignored(operation);
    if ignored.is_none() {
        report.extend(optional(document, body));
    }
    report.extend(ignored);
    report.extend(not_json(body, &NON_JSON_REQUEST, "the client sends one JSON value"));
    for media in body.entries_of("content").filter(is_json) {
        report.extend(without_schema(document, media, &REQUEST_WITHOUT_SCHEMA, "request body"));
        report.extend(encoding(media.value));
    }
}

fn ignored<'t>(operation: &Operation<'t>) -> Option<DiagnosticBuilder<'t>> {
    let Operation { node, method, .. } = operation;
    let body =
        node.entry("requestBody").filter(|_| matches!(*method, "get" | "head" | "delete"))?;
    let message = format!("the request body of a `{method}` is ignored in OpenAPI 3.0");
    let help = "write its members as parameters, or use another method";
    Some(IGNORED_REQUEST_BODY.at(body.key, message).help(help))
}

/// Reports the JSON of a request body or a response if it has no schema.
pub(super) fn without_schema<'t>(
    document: &Document<'t>,
    media: Entry<'t>,
    rule: &'static Rule,
    name: &str,
) -> Option<DiagnosticBuilder<'t>> {
    let diagnostic = rule.at(media.key, format!("the {name} has no schema"));
    let help = "add one; `schema: {}` means any JSON value";
    document.lacks(media.value, "schema").then(|| diagnostic.help(help))
}

fn optional<'t>(document: &Document<'t>, body: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let required = body.get("required");
    let is_optional = match required {
        Some(required) => required.as_bool() == Some(false),
        None => document.lacks(body, "required"),
    };
    let message = "the request body is optional, but the client always sends it";
    let diagnostic = OPTIONAL_REQUEST_BODY.at(required.unwrap_or(body), message);
    let is_valid = body.get("content").is_some();
    (is_optional && is_valid).then(|| diagnostic.help("write `required: true`"))
}

/// Reports `encoding`, which has no meaning for JSON.
pub(super) fn encoding(media: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let encoding = media.entry("encoding")?;
    let diagnostic =
        ENCODING_OF_JSON.at(encoding.key, "`encoding` has no effect on JSON").help("remove it");
    encoding.value.entries().next().map(|_| diagnostic)
}

/// Reports a body unless JSON is its only media type.
pub(super) fn not_json<'t>(
    body: Node<'t>,
    rule: &'static Rule,
    reason: &str,
) -> Option<DiagnosticBuilder<'t>> {
    let content = body.get("content").filter(|content| content.is_object())?;
    let other = content.entries().find(|media| !is_json(media));
    let (at, problem) = match (other, content.entries().nth(1)) {
        (Some(other), _) => (other.key, format!("not `{}`", other.name())),
        (None, Some(second)) => (second.key, "but there are two media types".to_owned()),
        (None, None) if content.entries().next().is_some() => return None,
        (None, None) => (content, "but there is no media type".to_owned()),
    };
    let help = "write `application/json` as the only media type";
    Some(rule.at(at, format!("{reason}, {problem}")).help(help))
}

/// Returns true if progenitor reads a media type as JSON: it ignores parameters, and knows no other types.
pub(super) fn is_json(media: &Entry<'_>) -> bool {
    media.name().split(';').next() == Some("application/json")
}
