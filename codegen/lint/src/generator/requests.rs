//! Request bodies: one JSON value with a schema, in every request.

use document::{DiagnosticBuilder, Document, Entry, Node, Operation, Report, Rule};

use super::{
    ENCODING_OF_JSON, IGNORED_REQUEST_BODY, NON_JSON_REQUEST, OPTIONAL_REQUEST_BODY,
    REQUEST_WITHOUT_SCHEMA,
};

/// Reports why the client cannot send a request body as the document says.
pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    let body = operation.node.get("requestBody").and_then(|body| document.resolve(body));
    let Some(body) = body.filter(|body| body.is_object()) else { return };
    let ignored = ignored(operation);
    if ignored.is_none() {
        report.extend(optional(document, body));
    }
    report.extend(ignored);
    report.extend(not_json(body, &NON_JSON_REQUEST, "the client sends one JSON value"));
    for media in body.get("content").into_iter().flat_map(Node::entries).filter(is_json) {
        report.extend(without_schema(document, media));
        report.extend(encoding(media.value));
    }
}

fn ignored<'t>(operation: &Operation<'t>) -> Option<DiagnosticBuilder<'t>> {
    let Operation { node, method, .. } = operation;
    let body =
        node.entry("requestBody").filter(|_| matches!(*method, "get" | "head" | "delete"))?;
    let message = format!("a `{method}` has a request body, which OpenAPI 3.0 has tools ignore");
    let help = "describe what it says as parameters, or use another method";
    Some(IGNORED_REQUEST_BODY.at(body.key, message).help(help))
}

fn without_schema<'t>(document: &Document<'t>, media: Entry<'t>) -> Option<DiagnosticBuilder<'t>> {
    document.lacks(media.value, "schema").then(|| {
        REQUEST_WITHOUT_SCHEMA
            .at(media.key, "the request body has no schema")
            .help("add one; `schema: {}` stands for any JSON")
    })
}

fn optional<'t>(document: &Document<'t>, body: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let required = body.get("required");
    let is_optional = match required {
        Some(required) => required.as_bool() == Some(false),
        None => document.lacks(body, "required"),
    };
    let is_valid = body.get("content").is_some();
    (is_optional && is_valid).then(|| {
        OPTIONAL_REQUEST_BODY
            .at(
                required.unwrap_or(body),
                "the body is optional here, and the client always sends it",
            )
            .help("write `required: true`")
    })
}

/// An `encoding` where the value is JSON.
pub(super) fn encoding(media: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let encoding = media.entry("encoding")?;
    let diagnostic =
        ENCODING_OF_JSON.at(encoding.key, "there is no `encoding` of JSON").help("remove it");
    encoding.value.entries().next().map(|_| diagnostic)
}

/// A body without the one media type that is JSON.
pub(super) fn not_json<'t>(
    body: Node<'t>,
    rule: &'static Rule,
    reason: &str,
) -> Option<DiagnosticBuilder<'t>> {
    let content = body.get("content").filter(|content| content.is_object())?;
    let help = "write `application/json` as the only media type";
    let mut others = content.entries().filter(|media| !is_json(media));
    if let Some(other) = others.next() {
        let message = format!("{reason}, and not `{}`", other.name());
        return Some(rule.at(other.key, message).help(help));
    }
    match content.entries().nth(1) {
        Some(second) => {
            let message = format!("{reason}, and here are two media types");
            Some(rule.at(second.key, message).help(help))
        }
        None => {
            let message = format!("{reason}, and here is no media type");
            content.entries().next().is_none().then(|| rule.at(content, message).help(help))
        }
    }
}

/// Whether the generator takes a media type for JSON.
pub(super) fn is_json(media: &Entry<'_>) -> bool {
    media.name().split(';').next() == Some("application/json")
}
