//! Decimals: the client keeps their digits as they are in JSON, so that they come and go with JSON only.

use std::collections::HashSet;

use document::{DiagnosticBuilder, Document, Node, NodeId, Report};

use super::{
    DECIMAL_IN_QUERY,
    parts::{kind_of, members},
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
}

fn in_a_query(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let diagnostic =
        DECIMAL_IN_QUERY.at(decimal(schema)?, "the client writes decimals in JSON only");
    Some(diagnostic.help("write `type: string`, or leave out the format if a float will do"))
}

fn decimal(schema: Node<'_>) -> Option<Node<'_>> {
    let is_number = kind_of(schema) == Some("number");
    schema.get("format").filter(|format| is_number && format.as_str() == Some("decimal"))
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
