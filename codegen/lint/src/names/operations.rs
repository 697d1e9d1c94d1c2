//! The names of operations, which become the methods of the client.

use std::collections::HashMap;

use document::{Document, Finding, Kind, Node, Report, Rule, Severity};

use super::{
    collisions::{self, Named},
    rust,
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    report.extend(duplicates(document));
    let names = || document.operations().filter_map(|operation| named(operation.node));
    report.extend(collisions::among(names(), rust::function).into_iter().map(colliding));
    report.extend(names().filter_map(taken));
}

fn named(operation: Node<'_>) -> Option<Named<'_>> {
    let at = operation.get("operationId")?;
    Some(Named { name: at.as_str()?, at })
}

pub(super) static DUPLICATE_OPERATION_ID: Rule = Rule {
    id: "duplicate-operation-id",
    severity: Severity::Error,
    summary: "each operation has an operationId of its own",
    why: "The generator makes a method of each operationId, and stops where two are the same.",
    wrong: "\
paths:
  /v1/orders:
    get: { operationId: getOrders, responses: { '200': { description: The orders. } } }
    put: { operationId: getOrders, responses: { '200': { description: The orders. } } }
",
    right: "\
paths:
  /v1/orders:
    get: { operationId: getOrders, responses: { '200': { description: The orders. } } }
    put: { operationId: setOrders, responses: { '200': { description: The orders. } } }
",
};

/// Callbacks count as well: OpenAPI demands it of all operations that a document describes.
fn duplicates<'t>(document: &Document<'t>) -> Vec<Finding<'t>> {
    let mut first: HashMap<&str, Node<'_>> = HashMap::new();
    let names = document.objects(Kind::Operation).filter_map(named);
    let repeated = names.filter_map(|Named { name, at }| {
        let earlier = *first.entry(name).or_insert(at);
        (earlier != at).then(|| {
            DUPLICATE_OPERATION_ID
                .at(at, format!("another operation is called `{name}` too"))
                .related(earlier, "the first one")
                .help("call one of them something else")
        })
    });
    repeated.collect()
}

pub(super) static COLLIDING_OPERATION_IDS: Rule = Rule {
    id: "colliding-operation-ids",
    severity: Severity::Error,
    summary: "operationIds differ in Rust, too",
    why: "Methods are written in snake case: `getOrders` and `get-orders` both become `get_orders`, and a \
          client with two methods of one name does not compile.",
    wrong: "\
paths:
  /v1/orders:
    get: { operationId: getOrders, responses: { '200': { description: The orders. } } }
    put: { operationId: get-orders, responses: { '200': { description: The orders. } } }
",
    right: "\
paths:
  /v1/orders:
    get: { operationId: getOrders, responses: { '200': { description: The orders. } } }
    put: { operationId: setOrders, responses: { '200': { description: The orders. } } }
",
};

fn colliding<'t>((named, earlier, method): (Named<'t>, Named<'t>, String)) -> Finding<'t> {
    let message =
        format!("`{}` and `{}` both become the method `{method}`", earlier.name, named.name);
    COLLIDING_OPERATION_IDS
        .at(named.at, message)
        .related(earlier.at, "the first one")
        .help("rename one of them")
}

pub(super) static TAKEN_OPERATION_ID: Rule = Rule {
    id: "taken-operation-id",
    severity: Severity::Error,
    summary: "no operation has the name of a method that each client has",
    why: "The client has methods that are written by hand, and calls some of them itself. With an operation \
          of the same name it does not compile.",
    wrong: "\
paths:
  /v1/locale:
    put: { operationId: withLocale, responses: { '204': { description: The locale is set. } } }
",
    right: "\
paths:
  /v1/locale:
    put: { operationId: setLocale, responses: { '204': { description: The locale is set. } } }
",
};

/// The methods of the client's runtime, and those that would be taken for the generator's constructor.
const TAKEN: [&str; 8] = [
    "builder",
    "clone",
    "exec",
    "new_with_client",
    "pre",
    "with_correlation_id",
    "with_locale",
    "with_request_id",
];

fn taken(Named { name, at }: Named<'_>) -> Option<Finding<'_>> {
    let method = rust::function(name);
    TAKEN.contains(&method.as_str()).then(|| {
        let message = format!("each client has a method `{method}` of its own");
        TAKEN_OPERATION_ID.at(at, message).help("call the operation something else")
    })
}
