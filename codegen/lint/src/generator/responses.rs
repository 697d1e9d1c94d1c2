//! Responses: an operation has one success type, with a JSON body or none.

use document::{
    DiagnosticBuilder, Document, Entry, Node, Operation, Report,
    status::{is_status, is_success},
};

use super::{
    DIFFERING_RESPONSES, IGNORED_MEDIA_TYPE, NO_SUCCESS_RESPONSE, NON_JSON_RESPONSE,
    RESPONSE_WITHOUT_SCHEMA, requests,
};

/// Reports success responses that the client cannot read. It reads all other responses as one type of error.
pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
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

/// Returns true for a response that the client can read; reports it otherwise.
fn is_valid<'t>(document: &Document<'t>, response: Node<'t>, report: &mut Report) -> bool {
    if response.entries_of("content").next().is_none() {
        return true;
    }
    let Some(json) = json(response) else {
        let reason = "the client reads one JSON value";
        report.extend(requests::not_json(response, &NON_JSON_RESPONSE, reason));
        return false;
    };
    report.extend(ignored(response, json));
    let diagnostics = [
        requests::without_schema(document, json, &RESPONSE_WITHOUT_SCHEMA, "response"),
        requests::encoding(json.value),
    ];
    let is_valid = diagnostics.iter().all(Option::is_none);
    report.extend(diagnostics.into_iter().flatten());
    is_valid
}

/// Returns the media type that the client reads.
fn json(response: Node<'_>) -> Option<Entry<'_>> {
    response.get("content")?.entries().find(requests::is_json)
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

/// Reports success responses with another schema, since progenitor asserts that they have one type.
fn differing<'t>(successes: &[(Entry<'t>, Node<'t>)]) -> Option<DiagnosticBuilder<'t>> {
    let ((first, one), others) = successes.split_first()?;
    let (status, other) = others.iter().find(|(_, other)| !have_one_schema(*one, *other))?;
    let (name, first_name) = (status.name(), first.name());
    let message = format!(
        "the schema of `{name}` differs from that of `{first_name}`, but a method returns one type"
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
