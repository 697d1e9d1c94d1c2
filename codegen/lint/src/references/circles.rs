//! References that lead back to themselves.

use std::collections::HashMap;

use document::{Document, Finding, NodeId, Reference, Report, Rule, rule};

use crate::circles::circles;

pub(super) static CYCLIC_REFERENCE: Rule = rule!("cyclic-reference");

/// Reports each circle at its first reference. Those that lead into it are sound in themselves.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let references: HashMap<NodeId, Reference<'_>> =
        document.references().iter().map(|reference| (reference.node.id(), *reference)).collect();
    let next = |reference: NodeId| {
        let target = document.target(references.get(&reference)?.target)?.id();
        references.contains_key(&target).then_some(target)
    };
    let starts = document.references().iter().map(|reference| reference.node.id());
    for circle in circles(starts, next) {
        let mut circle = circle.iter().filter_map(|reference| references.get(reference));
        report.extend(circle.next().map(|first| told(first, circle.next_back())));
    }
}

fn told<'t>(first: &Reference<'t>, last: Option<&Reference<'t>>) -> Finding<'t> {
    let wanted = first.expected.object().name;
    let message = format!("this leads back to itself and never to {wanted}");
    let finding =
        CYCLIC_REFERENCE.at(first.value, message).help(format!("write {wanted} in its place"));
    match last {
        None => finding,
        Some(last) => finding.related(last.value, "the reference that leads back"),
    }
}
