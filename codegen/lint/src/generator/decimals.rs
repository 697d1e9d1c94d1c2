//! Decimals: the client keeps their digits as they stand in JSON, so that they come and go with JSON only.

use std::collections::HashSet;

use document::{Document, Finding, Node, NodeId, Report, Rule, Severity, status::is_success};

use super::{
    parts::{kind_of, members},
    responses::read_schema,
};

/// Reports decimals where their digits get lost.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let parameters = document.operations().flat_map(|operation| document.parameters(&operation));
    let in_query =
        |parameter: &Node<'_>| parameter.get("in").and_then(Node::as_str) == Some("query");
    let mut queries = Walk::default();
    for schema in parameters.filter(in_query).filter_map(|parameter| parameter.get("schema")) {
        queries.follow(document, schema);
    }
    report.extend(queries.found.into_iter().filter_map(in_a_query));

    let mut received = Walk::default();
    for schema in answers(document) {
        received.follow(document, schema);
    }
    let mut guessed = Walk::default();
    for schema in received.found.into_iter().flat_map(guessed_parts) {
        guessed.follow(document, schema);
    }
    report.extend(guessed.found.into_iter().filter_map(unreadable));
}

pub(super) static DECIMAL_IN_QUERY: Rule = Rule {
    id: "decimal-in-query",
    severity: Severity::Error,
    summary: "no decimal is in a query",
    why: "The client's type for money writes its digits in JSON only. In a query it would write another name \
          than that of the parameter.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      parameters: [{ name: least, in: query, schema: { type: number, format: decimal } }]
      responses: { '200': { description: The orders. } }
",
    right: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      parameters: [{ name: least, in: query, description: A number., schema: { type: string } }]
      responses: { '200': { description: The orders. } }
",
};

fn in_a_query(schema: Node<'_>) -> Option<Finding<'_>> {
    let finding = DECIMAL_IN_QUERY.at(decimal(schema)?, "the client writes decimals in JSON only");
    Some(finding.help("write `type: string`, or leave out the format if a float will do"))
}

pub(super) static UNREADABLE_DECIMAL: Rule = Rule {
    id: "unreadable-decimal",
    severity: Severity::Error,
    summary: "an answer has no decimal within alternatives, or among undeclared members",
    why: "To try one alternative of `oneOf` or `anyOf` after the other, or to tell the members of \
          `additionalProperties` from `properties`, the client reads a value before it knows what it is, and \
          its type for money cannot be read from that: such an answer is an error.",
    wrong: "\
paths:
  /v1/price:
    get:
      operationId: getPrice
      responses:
        '200':
          description: The price, or what to do.
          content:
            application/json:
              schema: { oneOf: [{ type: number, format: decimal }, { type: string }] }
",
    right: "\
paths:
  /v1/price:
    get:
      operationId: getPrice
      responses:
        '200':
          description: The price, or what to do.
          content:
            application/json:
              schema: { oneOf: [{ type: number }, { type: string }] }
",
};

fn unreadable(schema: Node<'_>) -> Option<Finding<'_>> {
    let message =
        "the client cannot read a decimal within alternatives or among undeclared members";
    let finding = UNREADABLE_DECIMAL.at(decimal(schema)?, message);
    Some(finding.help("leave out the format, or write optional properties instead"))
}

fn decimal(schema: Node<'_>) -> Option<Node<'_>> {
    let is_number = kind_of(schema) == Some("number");
    schema.get("format").filter(|format| is_number && format.as_str() == Some("decimal"))
}

/// The schemas with which operations answer.
fn answers<'t>(document: &Document<'t>) -> Vec<Node<'t>> {
    let responses = document.operations().filter_map(|operation| operation.node.get("responses"));
    let successes =
        responses.flat_map(Node::entries).filter(|response| is_success(response.name()));
    let responses = successes.filter_map(|response| document.resolve(response.value));
    responses.filter_map(read_schema).collect()
}

/// What the client reads before it knows what it is: alternatives, if there are several, and the members
/// beside those that are declared.
fn guessed_parts<'t>(schema: Node<'t>) -> Vec<Node<'t>> {
    let mut parts: Vec<Node<'t>> = Vec::new();
    for keyword in ["oneOf", "anyOf"].into_iter().filter(|it| members(schema, it).nth(1).is_some())
    {
        parts.extend(members(schema, keyword));
    }
    let others = schema.get("additionalProperties");
    parts.extend(others.filter(|_| schema.get("properties").is_some()));
    parts
}

/// All schemas that are reached from some, each once.
#[derive(Default)]
struct Walk<'t> {
    seen: HashSet<NodeId>,
    found: Vec<Node<'t>>,
}

impl<'t> Walk<'t> {
    fn follow(&mut self, document: &Document<'t>, schema: Node<'t>) {
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            if let Some(schema) = document.resolve(schema)
                && self.seen.insert(schema.id())
            {
                self.found.push(schema);
                open.extend(parts(schema));
            }
        }
    }
}

/// The schemas of which a schema consists.
fn parts<'t>(schema: Node<'t>) -> Vec<Node<'t>> {
    let composed = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|it| members(schema, it));
    let nested = ["items", "additionalProperties"].into_iter().filter_map(|it| schema.get(it));
    let properties = schema.get("properties").into_iter().flat_map(Node::entries);
    composed.chain(nested).chain(properties.map(|property| property.value)).collect()
}
