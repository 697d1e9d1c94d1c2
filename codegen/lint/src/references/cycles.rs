//! References that lead back to themselves.

use std::collections::HashMap;

use document::{DiagnosticBuilder, Document, NodeId, Reference, Report};

use super::CYCLIC_REFERENCE;

use crate::cycles::cycles;

/// Reports each cycle at its first reference. Those that lead into it are sound in themselves.
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
        report.extend(cycle.next().map(|first| told(first, cycle.next_back())));
    }
}

fn told<'t>(first: &Reference<'t>, last: Option<&Reference<'t>>) -> DiagnosticBuilder<'t> {
    let wanted = first.expected.object().name;
    let message = format!("this leads back to itself and never to {wanted}");
    let diagnostic =
        CYCLIC_REFERENCE.at(first.value, message).help(format!("write {wanted} in its place"));
    match last {
        None => diagnostic,
        Some(last) => diagnostic.related(last.value, "the reference that leads back"),
    }
}
