//! Decimals outside of JSON. The client's type for them keeps the digits of JSON numbers, and has no other format.

use document::{Document, Node, Report};

use super::DECIMAL_IN_QUERY;
use crate::parts::{composed, kind_of, nested, walk};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let parameters = document.operations().flat_map(|operation| document.parameters(&operation));
    let queries = parameters.filter(|parameter| parameter.get_str("in") == Some("query"));
    let schemas: Vec<Node<'_>> = queries.filter_map(|parameter| parameter.get("schema")).collect();
    let schemas = walk(document, schemas, |schema| composed(schema).chain(nested(schema)));
    report.extend(schemas.filter_map(decimal_format).map(|format| {
        DECIMAL_IN_QUERY
            .at(format, "the client writes decimals in JSON only")
            .help("write `type: string`, or remove the format if a float is precise enough")
    }));
}

fn decimal_format(schema: Node<'_>) -> Option<Node<'_>> {
    let is_number = kind_of(schema) == Some("number");
    schema.get("format").filter(|format| is_number && format.as_str() == Some("decimal"))
}
