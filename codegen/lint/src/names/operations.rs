//! The names of operations, which become the methods of the client.

use document::{DiagnosticBuilder, Document, Kind, Node, Report, repeats::repeats};

use super::{
    COLLIDING_OPERATION_IDS, DUPLICATE_OPERATION_ID, TAKEN_OPERATION_ID,
    collisions::{Collisions, Named},
    rust,
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    report.extend(duplicates(document));
    let names = || document.operations().filter_map(|operation| named(operation.node));
    report.extend(COLLISIONS.among(names(), rust::function));
    report.extend(names().filter_map(taken));
}

fn named(operation: Node<'_>) -> Option<Named<'_>> {
    let at = operation.get("operationId")?;
    Some(Named { name: at.as_str()?, at })
}

/// Callbacks count as well: OpenAPI demands it of all operations that a document describes.
fn duplicates<'t>(document: &Document<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let names = document.objects(Kind::Operation).filter_map(named);
    repeats(names.map(|Named { name, at }| (name, at))).map(|(name, at, earlier)| {
        DUPLICATE_OPERATION_ID
            .at(at, format!("another operation is called `{name}` too"))
            .related(earlier, "the first one")
            .help("call one of them something else")
    })
}

const COLLISIONS: Collisions =
    Collisions { rule: &COLLIDING_OPERATION_IDS, item: "method", help: "rename one of them" };

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

fn taken(Named { name, at }: Named<'_>) -> Option<DiagnosticBuilder<'_>> {
    let method = rust::function(name);
    TAKEN.contains(&method.as_str()).then(|| {
        let message = format!("each client has a method `{method}` of its own");
        TAKEN_OPERATION_ID.at(at, message).help("call the operation something else")
    })
}
