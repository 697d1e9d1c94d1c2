//! Checks the names of operations, which become the methods of the client.

use std::collections::BTreeMap;

use document::{
    DiagnosticBuilder, Document, Kind, Node, Report, collection::is_paged,
    duplicates::find_duplicates,
};

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
    report.extend(streams(document));
}

/// Reports operations that have the same name as a method that returns the pages or items of another operation.
fn streams<'t>(document: &Document<'t>) -> Vec<DiagnosticBuilder<'t>> {
    let paged = document.operations().filter(|it| is_paged(document, it.method, it.node));
    let streams: BTreeMap<String, Named<'t>> = paged
        .filter_map(|operation| named(operation.node))
        .flat_map(|it| STREAMS.map(|suffix| (format!("{}{suffix}", rust::function(it.name)), it)))
        .collect();
    let collision = |Named { name, at }| {
        let method = rust::function(name);
        let paged = streams.get(&method)?;
        let message = format!(
            "`{}` returns a collection in pages, for which the client has a method `{method}`",
            paged.name
        );
        let collision = COLLIDING_OPERATION_IDS.at(at, message);
        Some(collision.related(paged.at, "the collection").help("rename one of them"))
    };
    document.operations().filter_map(|it| named(it.node)).filter_map(collision).collect()
}

/// The suffixes of the methods that return the pages or items of a collection.
const STREAMS: [&str; 2] = ["_items", "_pages"];

fn named(operation: Node<'_>) -> Option<Named<'_>> {
    let at = operation.get("operationId")?;
    Some(Named { name: at.as_str()?, at })
}

/// Reports duplicate operationIds, even in callbacks, because OpenAPI requires all operationIds in a document to be
/// unique.
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
const CLIENT: [&str; 14] = [
    "builder",
    "clone",
    "exec",
    "exec_as_is",
    "new_with_client",
    "pre",
    "send_in_turn",
    "url",
    "with_correlation_id",
    "with_locale",
    "with_request_id",
    "with_retry",
    "with_retry_ambiguous_writes",
    "with_timeout",
];

/// The methods of the mock server, which also has a method for each operation.
const MOCK_SERVER: [&str; 11] = [
    "builder",
    "client",
    "mock",
    "move_fallback_to_the_end",
    "pages",
    "quirk",
    "requests",
    "show_changes_after",
    "show_changes_after_reads",
    "start",
    "url",
];

fn taken(Named { name, at }: Named<'_>) -> Option<DiagnosticBuilder<'_>> {
    let method = rust::function(name);
    let owners = [("client", &CLIENT[..]), ("mock server", &MOCK_SERVER)];
    let (owner, _) = owners.into_iter().find(|(_, taken)| taken.contains(&method.as_str()))?;
    let message = format!("the {owner} already has a method `{method}`");
    Some(TAKEN_OPERATION_ID.at(at, message).help("rename the operation"))
}
