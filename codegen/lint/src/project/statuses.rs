//! Which answers an operation lists.

use document::{DiagnosticBuilder, Document, Entry, Node, Operation, Report};

use super::{NO_ERROR_STATUS, VAGUE_STATUS, operations::called};

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
            .at(entry.key, format!("`{name}` stands for many statuses"))
            .help("list each status that the page names, such as `'404'`")
    })
}

/// Whether the name of a response stands for more than one status.
pub(super) fn is_vague(name: &str) -> bool {
    name == "default" || name.to_ascii_uppercase().ends_with("XX")
}

fn no_error_status<'t>(operation: &Operation<'t>) -> Option<DiagnosticBuilder<'t>> {
    let responses = operation.node.get("responses").filter(|responses| responses.is_object())?;
    let is_error = |entry: Entry<'_>| entry.name().starts_with(['4', '5', 'd']);
    (!statuses(operation).any(is_error)).then(|| {
        NO_ERROR_STATUS
            .at(responses, format!("{} lists no error", called(operation)))
            .help("list the statuses with which it can fail")
    })
}

pub(super) fn statuses<'t>(operation: &Operation<'t>) -> impl Iterator<Item = Entry<'t>> + use<'t> {
    let responses = operation.node.get("responses").into_iter().flat_map(Node::entries);
    responses.filter(|entry| !entry.name().starts_with("x-"))
}
