//! Names of operations, which become the methods of the client.

use document::{DiagnosticBuilder, Document, Kind, Node, Report, duplicates::find_duplicates};

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

/// Reports duplicate ids, also those of callbacks: OpenAPI requires unique ids of all operations of a document.
fn duplicates<'t>(document: &Document<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let names = document.objects(Kind::Operation).filter_map(named);
    find_duplicates(names.map(|Named { name, at }| (name, at))).map(|(name, at, earlier)| {
        DUPLICATE_OPERATION_ID
            .at(at, format!("another operation is also called `{name}`"))
            .related(earlier, "the other operation")
            .help("rename one of them")
    })
}

const COLLISIONS: Collisions =
    Collisions { rule: &COLLIDING_OPERATION_IDS, item: "method", help: "rename one of them" };

/// The methods of the client's runtime, and the constructor that progenitor generates.
const TAKEN: [&str; 12] = [
    "builder",
    "clone",
    "exec",
    "new_with_client",
    "pre",
    "url",
    "with_correlation_id",
    "with_locale",
    "with_request_id",
    "with_retry",
    "with_retry_ambiguous_writes",
    "with_timeout",
];

fn taken(Named { name, at }: Named<'_>) -> Option<DiagnosticBuilder<'_>> {
    let method = rust::function(name);
    TAKEN.contains(&method.as_str()).then(|| {
        let message = format!("the client has another method `{method}`");
        TAKEN_OPERATION_ID.at(at, message).help("rename the operation")
    })
}
