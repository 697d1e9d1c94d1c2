//! References that lead back to themselves.

use std::collections::HashMap;

use document::{DiagnosticBuilder, Document, NodeId, Reference, Report};

use super::CYCLIC_REFERENCE;
use crate::cycles::cycles;

/// Reports each cycle at its first reference. References that lead into the cycle are valid themselves.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let references: HashMap<NodeId, Reference<'_>> =
        document.references().iter().map(|reference| (reference.node.id(), *reference)).collect();
    let next = |reference: NodeId| {
        let target = document.target(references.get(&reference)?.target)?.id();
        references.contains_key(&target).then_some(target)
    };
    let starts = document.references().iter().map(|reference| reference.node.id());
    for cycle in cycles(starts, next) {
        let mut cycle = cycle.iter().filter_map(|reference| references.get(reference));
        report.extend(cycle.next().map(|first| diagnostic(first, cycle.next_back())));
    }
}

fn diagnostic<'t>(first: &Reference<'t>, last: Option<&Reference<'t>>) -> DiagnosticBuilder<'t> {
    let expected = first.expected.object().name;
    let message = format!("this reference leads back to itself and never to {expected}");
    let help = format!("write {expected} in its place");
    let diagnostic = CYCLIC_REFERENCE.at(first.value, message).help(help);
    match last {
        None => diagnostic,
        Some(last) => diagnostic.related(last.value, "the reference that leads back"),
    }
}
