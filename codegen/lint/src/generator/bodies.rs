//! Reports bodies that the client does not support. It sends a single JSON value with a schema, and each operation has
//! a single success type, with or without a JSON body.

use document::{
    DiagnosticBuilder, Document, Entry, Node, Operation, Report, Rule,
    status::{is_status, is_success},
};

use super::{
    DIFFERING_RESPONSES, ENCODING_OF_JSON, IGNORED_MEDIA_TYPE, IGNORED_REQUEST_BODY,
    NO_SUCCESS_RESPONSE, NON_JSON_REQUEST, NON_JSON_RESPONSE, OPTIONAL_REQUEST_BODY,
    REQUEST_WITHOUT_SCHEMA, RESPONSE_WITHOUT_SCHEMA,
};

pub(super) fn request(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    let body = operation.node.get("requestBody").and_then(|body| document.resolve(body));
    let Some(body) = body.filter(|body| body.is_object()) else { return };
    let ignored = ignored_request(operation);
    if ignored.is_none() {
        report.extend(optional(document, body));
    }
    report.extend(ignored);
    report.extend(not_json(body, &NON_JSON_REQUEST, "the client sends one JSON value"));
    for media in body.entries_of("content").filter(is_application_json) {
        report.extend(without_schema(document, media, &REQUEST_WITHOUT_SCHEMA, "request body"));
        report.extend(encoding(media.value));
    }
}

fn ignored_request<'t>(operation: &Operation<'t>) -> Option<DiagnosticBuilder<'t>> {
    let Operation { node, method, .. } = operation;
    let body =
        node.entry("requestBody").filter(|_| matches!(*method, "get" | "head" | "delete"))?;
    let message = format!("the request body of a `{method}` is ignored in OpenAPI 3.0");
    let help = "write its members as parameters, or use another method";
    Some(IGNORED_REQUEST_BODY.at(body.key, message).help(help))
}

/// Reports the JSON media type of a request body or response if it has no schema.
fn without_schema<'t>(
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
fn encoding(media: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let encoding = media.entry("encoding")?;
    let diagnostic =
        ENCODING_OF_JSON.at(encoding.key, "`encoding` has no effect on JSON").help("remove it");
    encoding.value.entries().next().map(|_| diagnostic)
}

/// Reports a body unless JSON is its only media type.
fn not_json<'t>(
    body: Node<'t>,
    rule: &'static Rule,
    reason: &str,
) -> Option<DiagnosticBuilder<'t>> {
    let content = body.get("content").filter(|content| content.is_object())?;
    let other = content.entries().find(|media| !is_application_json(media));
    let (at, problem) = match (other, content.entries().nth(1)) {
        (Some(other), _) => (other.key, format!("not `{}`", other.name())),
        (None, Some(second)) => (second.key, "but there are two media types".to_owned()),
        (None, None) if content.entries().next().is_some() => return None,
        (None, None) => (content, "but there is no media type".to_owned()),
    };
    let help = "write `application/json` as the only media type, or omit the operation";
    Some(rule.at(at, format!("{reason}, {problem}")).help(help))
}

/// Returns true if progenitor treats a media type as JSON. It ignores parameters, and recognizes no other JSON types.
fn is_application_json(media: &Entry<'_>) -> bool {
    media.name().split(';').next() == Some("application/json")
}

/// Reports success responses that the client cannot read. It reads all other responses as a single error type.
pub(super) fn responses(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    let Some(responses) = operation.node.get("responses") else { return };
    let successes: Vec<Entry<'_>> =
        responses.entries().filter(|entry| is_success(entry.name())).collect();
    report.extend(no_success(responses, &successes));
    let successes: Vec<(Entry<'_>, Node<'_>)> = successes
        .into_iter()
        .filter_map(|entry| Some((entry, document.resolve(entry.value)?)))
        .collect();
    let mut are_valid = true;
    for (_, response) in &successes {
        are_valid &= is_valid(document, *response, report);
    }
    if are_valid {
        report.extend(differing(&successes));
    }
}

/// Returns true if the client can read a response. Otherwise, reports the response.
fn is_valid<'t>(document: &Document<'t>, response: Node<'t>, report: &mut Report) -> bool {
    if response.entries_of("content").next().is_none() {
        return true;
    }
    let Some(json) = json(response) else {
        let reason = "the client reads one JSON value";
        report.extend(not_json(response, &NON_JSON_RESPONSE, reason));
        return false;
    };
    report.extend(ignored(response, json));
    let diagnostics = [
        without_schema(document, json, &RESPONSE_WITHOUT_SCHEMA, "response"),
        encoding(json.value),
    ];
    let is_valid = diagnostics.iter().all(Option::is_none);
    report.extend(diagnostics.into_iter().flatten());
    is_valid
}

/// Returns the media type that the client reads.
fn json(response: Node<'_>) -> Option<Entry<'_>> {
    response.get("content")?.entries().find(is_application_json)
}

/// Returns the schema of the body that the client reads.
pub(crate) fn read_schema(response: Node<'_>) -> Option<Node<'_>> {
    json(response)?.value.get("schema")
}

fn no_success<'t>(responses: Node<'t>, successes: &[Entry<'t>]) -> Option<DiagnosticBuilder<'t>> {
    let mut statuses =
        responses.entries().filter(|entry| !entry.name().starts_with("x-")).peekable();
    // Other rules report an empty list and a misspelled status.
    let is_valid = statuses.peek().is_some() && statuses.all(|status| is_status(status.name()));
    let diagnostic = NO_SUCCESS_RESPONSE.at(responses, "there is no success response");
    (successes.is_empty() && is_valid).then(|| diagnostic.help("add one such as `'200'`"))
}

fn ignored<'t>(response: Node<'t>, json: Entry<'t>) -> Option<DiagnosticBuilder<'t>> {
    let other = response.entries_of("content").find(|media| media.key != json.key)?;
    let message = format!("the client reads `{}` and never this media type", json.name());
    let diagnostic = IGNORED_MEDIA_TYPE.at(other.key, message);
    Some(diagnostic.related(json.key, "the media type that it reads").help("remove it"))
}

/// Reports a success response whose schema differs from the first one, since progenitor asserts that they have one
/// type.
fn differing<'t>(successes: &[(Entry<'t>, Node<'t>)]) -> Option<DiagnosticBuilder<'t>> {
    let ((first, one), others) = successes.split_first()?;
    let (status, other) = others.iter().find(|(_, other)| !have_one_schema(*one, *other))?;
    let (name, first_name) = (status.name(), first.name());
    let message = format!(
        "the schema of `{name}` differs from the schema of `{first_name}`, but a method returns a single type"
    );
    let help = match read_schema(*one).is_some() == read_schema(*other).is_some() {
        true => "write the same `$ref` in both",
        false => "add a schema to both, or to neither",
    };
    let diagnostic = DIFFERING_RESPONSES.at(status.key, message);
    Some(diagnostic.related(first.key, "the other response").help(help))
}

fn have_one_schema(one: Node<'_>, other: Node<'_>) -> bool {
    match (read_schema(one), read_schema(other)) {
        (Some(one), Some(other)) => one.has_same_value_as(other),
        (one, other) => one.is_none() && other.is_none(),
    }
}
