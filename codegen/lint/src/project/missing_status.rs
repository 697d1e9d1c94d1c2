//! An error status that one operation lacks and all others list.

use std::collections::BTreeSet;

use document::{DiagnosticBuilder, Document, Entry, Node, Operation, Report};

use super::{
    MISSING_STATUS,
    operations::called,
    statuses::{is_vague, statuses},
};

/// How many operations must list a status before another one is expected to.
const ENOUGH: usize = 2;

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    // An operation that lists no error at all is reported for that.
    let operations: Vec<Operation<'_>> =
        document.operations().filter(|operation| errors(operation).next().is_some()).collect();
    let listed: BTreeSet<&str> =
        operations.iter().flat_map(errors).map(|entry| entry.name()).collect();
    for status in listed.into_iter().filter(|status| !is_vague(status)) {
        report.extend(missing_status(&operations, status));
    }
}

/// The one operation that lacks a status, if there is one.
fn missing_status<'t>(operations: &[Operation<'t>], status: &str) -> Option<DiagnosticBuilder<'t>> {
    let mut lacking = operations.iter().filter(|operation| !covers(operation, status));
    let (operation, None) = (lacking.next()?, lacking.next()) else { return None };
    let others: Vec<Entry<'t>> =
        operations.iter().flat_map(errors).filter(|entry| entry.name() == status).collect();
    if others.len() < ENOUGH {
        return None;
    }
    let responses = operation.node.get("responses")?;
    let message = format!("{} lacks {status}, which no other operation lacks", called(operation));
    let help = match shared_reference(&others) {
        Some(target) => format!("add `'{status}': {{ $ref: '{target}' }}`"),
        None => format!("add `'{status}'` with a description"),
    };
    let diagnostic = MISSING_STATUS.at(responses, message).of_member(status);
    Some(diagnostic.related(others[0].key, "listed here").help(help))
}

/// Whether an operation lists a status, or a range or `default` that stands for it.
fn covers(operation: &Operation<'_>, status: &str) -> bool {
    errors(operation).any(|entry| {
        let name = entry.name();
        name == status || name == "default" || (is_vague(name) && name[..1] == status[..1])
    })
}

fn errors<'t>(operation: &Operation<'t>) -> impl Iterator<Item = Entry<'t>> + use<'t> {
    statuses(operation).filter(|entry| entry.name().starts_with(['4', '5', 'd']))
}

/// The component to which all of these responses refer.
fn shared_reference<'t>(responses: &[Entry<'t>]) -> Option<&'t str> {
    let mut targets = responses.iter().map(|entry| entry.value.get("$ref").and_then(Node::as_str));
    let first = targets.next()??;
    targets.all(|target| target == Some(first)).then_some(first)
}
