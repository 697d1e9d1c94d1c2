//! Responses of success: there is one kind for each operation, with no content or with a JSON value.

use document::{
    DiagnosticBuilder, Document, Entry, Node, Operation, Report,
    status::{is_status, is_success},
};

use super::{
    DIFFERING_RESPONSES, IGNORED_MEDIA_TYPE, NO_SUCCESS_RESPONSE, NON_JSON_RESPONSE,
    RESPONSE_WITHOUT_SCHEMA, requests,
};

/// Reports why the client cannot read the responses of an operation. It turns all that are no success into
/// one type of error, whatever they hold.
pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    let Some(responses) = operation.node.get("responses") else { return };
    let successes: Vec<Entry<'_>> =
        responses.entries().filter(|entry| is_success(entry.name())).collect();
    report.extend(no_success(responses, &successes));
    let successes: Vec<(Entry<'_>, Node<'_>)> = successes
        .into_iter()
        .filter_map(|entry| Some((entry, document.resolve(entry.value)?)))
        .collect();
    let mut are_sound = true;
    for (_, response) in &successes {
        are_sound &= is_valid(document, *response, report);
    }
    if are_sound {
        report.extend(differing(&successes));
    }
}

/// Whether a response can be read; reports it otherwise.
fn is_valid<'t>(document: &Document<'t>, response: Node<'t>, report: &mut Report) -> bool {
    let mut content = response.get("content").into_iter().flat_map(Node::entries).peekable();
    if content.peek().is_none() {
        return true;
    }
    let Some(json) = json(response) else {
        let reason = "the client reads one JSON value";
        report.extend(requests::not_json(response, &NON_JSON_RESPONSE, reason));
        return false;
    };
    report.extend(never_received(content, json));
    let diagnostics = [without_schema(document, json), requests::encoding(json.value)];
    let is_valid = diagnostics.iter().all(Option::is_none);
    report.extend(diagnostics.into_iter().flatten());
    is_valid
}

/// The media type as which the client reads a response.
fn json(response: Node<'_>) -> Option<Entry<'_>> {
    response.get("content")?.entries().find(requests::is_json)
}

/// The schema by which the client reads a response.
pub(crate) fn read_schema(response: Node<'_>) -> Option<Node<'_>> {
    json(response)?.value.get("schema")
}

fn no_success<'t>(responses: Node<'t>, successes: &[Entry<'t>]) -> Option<DiagnosticBuilder<'t>> {
    let mut statuses =
        responses.entries().filter(|entry| !entry.name().starts_with("x-")).peekable();
    // Without any response, or with a misspelled status, the structure is broken.
    let is_valid = statuses.peek().is_some() && statuses.all(|status| is_status(status.name()));
    (successes.is_empty() && is_valid).then(|| {
        NO_SUCCESS_RESPONSE
            .at(responses, "there is no response of success")
            .help("add one such as `'200'`")
    })
}

fn never_received<'t>(
    mut content: impl Iterator<Item = Entry<'t>>,
    json: Entry<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let other = content.find(|media| media.key != json.key)?;
    let message = format!("the client reads `{}`, and never this", json.name());
    Some(
        IGNORED_MEDIA_TYPE
            .at(other.key, message)
            .related(json.key, "this one")
            .help("leave it out"),
    )
}

fn without_schema<'t>(document: &Document<'t>, media: Entry<'t>) -> Option<DiagnosticBuilder<'t>> {
    document.lacks(media.value, "schema").then(|| {
        RESPONSE_WITHOUT_SCHEMA
            .at(media.key, "the response has no schema")
            .help("add one; `schema: {}` stands for any JSON")
    })
}

fn differing<'t>(successes: &[(Entry<'t>, Node<'t>)]) -> Option<DiagnosticBuilder<'t>> {
    let ((first, one), others) = successes.split_first()?;
    let (status, other) = others.iter().find(|(_, other)| !have_one_schema(*one, *other))?;
    let message = format!(
        "`{}` has another schema than `{}`, and the client returns one type",
        status.name(),
        first.name()
    );
    let help = match read_schema(*one).is_some() == read_schema(*other).is_some() {
        true => "give both the same `$ref`",
        false => "give both a schema, or neither",
    };
    Some(DIFFERING_RESPONSES.at(status.key, message).related(first.key, "the other one").help(help))
}

fn have_one_schema(one: Node<'_>, other: Node<'_>) -> bool {
    match (read_schema(one), read_schema(other)) {
        (Some(one), Some(other)) => one.has_value_of(other),
        (one, other) => one.is_none() && other.is_none(),
    }
}
