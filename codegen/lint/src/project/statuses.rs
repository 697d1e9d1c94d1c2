//! Statuses that operations list.

use document::{DiagnosticBuilder, Document, Entry, Operation, Report};

use super::{NO_ERROR_STATUS, VAGUE_STATUS, operations::name};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for operation in document.operations() {
        report.extend(statuses(&operation).filter_map(vague_status));
        report.extend(no_error_status(&operation));
    }
}

fn vague_status(entry: Entry<'_>) -> Option<DiagnosticBuilder<'_>> {
    let name = entry.name();
    is_vague(name).then(|| {
        VAGUE_STATUS
            .at(entry.key, format!("`{name}` means many statuses"))
            .help("list each status of the vendor's page, such as `'404'`")
    })
}

/// Returns true if the key of a response means more than one status.
pub(super) fn is_vague(name: &str) -> bool {
    name == "default" || name.to_ascii_uppercase().ends_with("XX")
}

fn no_error_status<'t>(operation: &Operation<'t>) -> Option<DiagnosticBuilder<'t>> {
    let responses = operation.node.get("responses").filter(|responses| responses.is_object())?;
    let is_error = |entry: Entry<'_>| entry.name().starts_with(['4', '5', 'd']);
    (!statuses(operation).any(is_error)).then(|| {
        NO_ERROR_STATUS
            .at(responses, format!("{} lists no error status", name(operation)))
            .help("list the statuses of its errors")
    })
}

pub(super) fn statuses<'t>(operation: &Operation<'t>) -> impl Iterator<Item = Entry<'t>> + use<'t> {
    let responses = operation.node.entries_of("responses");
    responses.filter(|entry| !entry.name().starts_with("x-"))
}
