//! Responses of success: there is one kind for each operation, with no content or with one JSON value.

use super::requests;
use crate::{
    diagnostic::Severity,
    lint::{
        openapi::{Document, Operation},
        rule::{Finding, Report, Rule},
        tree::{Entry, Node, Value},
    },
};

/// Reports why the client cannot read the responses of an operation. It turns all that are no success into
/// one type of error, whatever they hold.
pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    let Some(responses) = operation.node.get("responses") else { return };
    let successes: Vec<Entry<'_>> = responses.entries().filter(is_success).collect();
    report.extend(no_success(responses, &successes));
    let successes: Vec<(Entry<'_>, Node<'_>)> = successes
        .into_iter()
        .filter_map(|entry| Some((entry, document.resolve(entry.value)?)))
        .collect();
    let unreadable: Vec<Finding<'_>> =
        successes.iter().flat_map(|(_, response)| unreadable(document, *response)).collect();
    if unreadable.is_empty() {
        report.extend(differing(&successes));
    }
    report.extend(unreadable);
}

/// Why a response cannot be read.
fn unreadable<'t>(document: &Document<'t>, response: Node<'t>) -> Vec<Finding<'t>> {
    let has_content =
        response.get("content").is_some_and(|content| content.entries().next().is_some());
    if !has_content {
        return Vec::new();
    }
    let mut findings: Vec<Finding<'_>> =
        requests::not_json(response, &RESPONSE_THAT_IS_NOT_JSON, "the client reads one JSON value")
            .into_iter()
            .collect();
    let content = response.get("content").into_iter().flat_map(Node::entries);
    for media in content.filter(requests::is_json) {
        findings.extend(without_schema(document, media));
        findings.extend(requests::encoding(media.value));
    }
    findings
}

fn is_success(entry: &Entry<'_>) -> bool {
    matches!(entry.name().as_bytes(), [b'2', b'X', b'X'] | [b'2', b'0'..=b'9', b'0'..=b'9'])
}

fn is_status(name: &str) -> bool {
    name == "default" || matches!(name.as_bytes(), [b'1'..=b'5', b'0'..=b'9' | b'X', _])
}

pub(super) static NO_SUCCESS_RESPONSE: Rule = Rule {
    id: "no-success-response",
    severity: Severity::Error,
    summary: "each operation has a response of success",
    why: "It says what the client's method returns. A `default` response does not: the client takes it for \
          the errors that have no response of their own.",
    wrong: "\
paths:
  /v1/orders:
    get: { operationId: getOrders, responses: { default: { description: The orders. } } }
",
    right: "\
paths:
  /v1/orders:
    get: { operationId: getOrders, responses: { '200': { description: The orders. } } }
",
};

fn no_success<'t>(responses: Node<'t>, successes: &[Entry<'t>]) -> Option<Finding<'t>> {
    let mut statuses =
        responses.entries().filter(|entry| !entry.name().starts_with("x-")).peekable();
    // Without any response, or with a misspelt status, the structure is broken.
    let is_sound = statuses.peek().is_some() && statuses.all(|status| is_status(status.name()));
    (successes.is_empty() && is_sound).then(|| {
        NO_SUCCESS_RESPONSE
            .at(responses, "there is no response of success")
            .help("add one such as `'200'`")
    })
}

pub(super) static RESPONSE_THAT_IS_NOT_JSON: Rule = Rule {
    id: "response-that-is-not-json",
    severity: Severity::Error,
    summary: "a response of success has no content, or one media type, which is JSON",
    why: "The generated client reads JSON, and no type stands for other content.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      responses:
        '200': { description: The orders., content: { text/csv: { schema: { type: string } } } }
",
    right: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      responses:
        '200': { description: The orders., content: { application/json: { schema: { type: string } } } }
",
};

pub(super) static RESPONSE_WITHOUT_SCHEMA: Rule = Rule {
    id: "response-without-schema",
    severity: Severity::Error,
    summary: "a response of success with content has a schema",
    why: "The schema becomes the type that the client's method returns. The generator makes up none.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      responses:
        '200': { description: The orders., content: { application/json: {} } }
",
    right: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      responses:
        '200': { description: The orders., content: { application/json: { schema: { type: string } } } }
",
};

fn without_schema<'t>(document: &Document<'t>, media: Entry<'t>) -> Option<Finding<'t>> {
    document.lacks(media.value, "schema").then(|| {
        RESPONSE_WITHOUT_SCHEMA
            .at(media.key, "the response has no schema")
            .help("add one; `schema: {}` stands for any JSON")
    })
}

pub(super) static DIFFERING_RESPONSES: Rule = Rule {
    id: "differing-responses",
    severity: Severity::Error,
    summary: "the responses of success of an operation have the same schema",
    why: "The client's method returns one type, whatever the status of the answer.",
    wrong: "\
paths:
  /v1/orders:
    put:
      operationId: setOrders
      responses:
        '200': { description: It is set., content: { application/json: { schema: { type: string } } } }
        '204': { description: There was nothing to set. }
",
    right: "\
paths:
  /v1/orders:
    put:
      operationId: setOrders
      responses:
        '200': { description: It is set., content: { application/json: { schema: { type: string } } } }
        '201': { description: It is made., content: { application/json: { schema: { type: string } } } }
",
};

fn differing<'t>(successes: &[(Entry<'t>, Node<'t>)]) -> Option<Finding<'t>> {
    let ((first, one), others) = successes.split_first()?;
    let (status, other) = others.iter().find(|(_, other)| !have_one_schema(*one, *other))?;
    let message = format!(
        "`{}` has another schema than `{}`, and the client returns one type",
        status.name(),
        first.name()
    );
    let help = match schema(*one).is_some() == schema(*other).is_some() {
        true => "give both the same `$ref`",
        false => "give both a schema, or neither",
    };
    Some(DIFFERING_RESPONSES.at(status.key, message).related(first.key, "the other one").help(help))
}

fn have_one_schema(one: Node<'_>, other: Node<'_>) -> bool {
    match (schema(one), schema(other)) {
        (Some(one), Some(other)) => are_same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn schema(response: Node<'_>) -> Option<Node<'_>> {
    response.get("content")?.entries().next()?.value.get("schema")
}

/// Whether two nodes have the same members and items, whatever their order.
fn are_same(one: Node<'_>, other: Node<'_>) -> bool {
    match (one.value(), other.value()) {
        (Value::Object, Value::Object) => {
            let is_shared = |entry: Entry<'_>| {
                other.get(entry.name()).is_some_and(|value| are_same(entry.value, value))
            };
            one.entries().count() == other.entries().count() && one.entries().all(is_shared)
        }
        (Value::Array, Value::Array) => {
            let mut pairs = one.items().zip(other.items());
            one.items().count() == other.items().count()
                && pairs.all(|(one, other)| are_same(one, other))
        }
        (one, other) => one == other,
    }
}
