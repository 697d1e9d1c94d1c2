//! Checks the statuses that operations list, and reports error statuses that all operations except one list.

use std::collections::BTreeSet;

use document::{DiagnosticBuilder, Document, Entry, Operation, Report};

use super::{MISSING_STATUS, NO_ERROR_STATUS, VAGUE_STATUS, texts::name};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for operation in document.operations() {
        report.extend(statuses(&operation).filter_map(vague_status));
        report.extend(no_error_status(&operation));
    }
    missing(document, report);
}

fn vague_status(entry: Entry<'_>) -> Option<DiagnosticBuilder<'_>> {
    let name = entry.name();
    is_vague(name).then(|| {
        VAGUE_STATUS
            .at(entry.key, format!("`{name}` stands for many statuses"))
            .help("list each status on the vendor's page, such as `'404'`")
    })
}

/// Returns true if the key of a response covers more than one status.
fn is_vague(name: &str) -> bool {
    name == "default" || name.to_ascii_uppercase().ends_with("XX")
}

fn no_error_status<'t>(operation: &Operation<'t>) -> Option<DiagnosticBuilder<'t>> {
    let responses = operation.node.get("responses").filter(|responses| responses.is_object())?;
    errors(operation).next().is_none().then(|| {
        NO_ERROR_STATUS
            .at(responses, format!("{} lists no error status", name(operation)))
            .help("list the statuses of its errors")
    })
}

fn statuses<'t>(operation: &Operation<'t>) -> impl Iterator<Item = Entry<'t>> + use<'t> {
    let responses = operation.node.entries_of("responses");
    responses.filter(|entry| !entry.name().starts_with("x-"))
}

/// The number of operations that must list a status before it is considered missing in another operation.
const ENOUGH: usize = 2;

fn missing(document: &Document<'_>, report: &mut Report) {
    // An operation without any error is reported as `no-error-status`.
    let operations: Vec<Operation<'_>> =
        document.operations().filter(|operation| errors(operation).next().is_some()).collect();
    let listed: BTreeSet<&str> =
        operations.iter().flat_map(errors).map(|entry| entry.name()).collect();
    for status in listed.into_iter().filter(|status| !is_vague(status)) {
        report.extend(missing_status(&operations, status));
    }
}

/// Reports an operation that lacks a status that all other operations list.
fn missing_status<'t>(operations: &[Operation<'t>], status: &str) -> Option<DiagnosticBuilder<'t>> {
    let mut others = operations.iter().filter(|operation| !covers(operation, status));
    let (operation, None) = (others.next()?, others.next()) else { return None };
    let listed: Vec<Entry<'t>> =
        operations.iter().flat_map(errors).filter(|entry| entry.name() == status).collect();
    if listed.len() < ENOUGH {
        return None;
    }
    let responses = operation.node.get("responses")?;
    let message = format!(
        "{} does not list the status {status}, which all other operations list",
        name(operation)
    );
    let help = match shared_reference(&listed) {
        Some(target) => format!("add `'{status}': {{ $ref: '{target}' }}`"),
        None => format!("add `'{status}'` with a description"),
    };
    let diagnostic = MISSING_STATUS.at(responses, message).of_member(status);
    Some(diagnostic.related(listed[0].key, "listed here").help(help))
}

/// Returns true if an operation lists a status, or a range or `default` that includes it.
fn covers(operation: &Operation<'_>, status: &str) -> bool {
    errors(operation).any(|entry| {
        let name = entry.name();
        name == status || name == "default" || (is_vague(name) && name[..1] == status[..1])
    })
}

fn errors<'t>(operation: &Operation<'t>) -> impl Iterator<Item = Entry<'t>> + use<'t> {
    statuses(operation).filter(|entry| entry.name().starts_with(['4', '5', 'd']))
}

/// Returns the component that all of these responses refer to.
fn shared_reference<'t>(responses: &[Entry<'t>]) -> Option<&'t str> {
    let mut targets = responses.iter().map(|entry| entry.value.get_str("$ref"));
    let first = targets.next()??;
    targets.all(|target| target == Some(first)).then_some(first)
}
