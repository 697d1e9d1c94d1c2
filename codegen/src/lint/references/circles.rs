//! References that lead back to themselves.

use std::{collections::HashMap, iter};

use crate::{
    diagnostic::Severity,
    lint::{
        openapi::{Document, Reference},
        rule::{Finding, Report, Rule},
        tree::NodeId,
    },
};

pub(super) static CYCLIC_REFERENCE: Rule = Rule {
    id: "cyclic-reference",
    severity: Severity::Error,
    summary: "references lead to something",
    why: "Where one reference leads to the next and the last back to the first, nothing is said. A schema \
          may well contain itself by way of a property or of the items of an array.",
    wrong: "\
components:
  schemas:
    Order: { $ref: '#/components/schemas/Purchase' }
    Purchase: { $ref: '#/components/schemas/Order' }
",
    right: "\
components:
  schemas:
    Order: { $ref: '#/components/schemas/Purchase' }
    Purchase: { type: object, properties: { earlier: { $ref: '#/components/schemas/Order' } } }
",
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    report.extend(circles(document));
}

/// Each circle once, at its first reference. Those that lead into it are sound in themselves.
fn circles<'t>(document: &Document<'t>) -> Vec<Finding<'t>> {
    let references: HashMap<NodeId, Reference<'t>> =
        document.references().iter().map(|reference| (reference.node.id(), *reference)).collect();
    let next = |reference: &Reference<'t>| {
        references.get(&document.target(reference.target)?.id()).copied()
    };
    let mut walks = HashMap::new();
    let mut findings = Vec::new();
    for (walk, start) in document.references().iter().enumerate() {
        let mut at = Some(*start);
        while let Some(reference) = at {
            match walks.insert(reference.node.id(), walk) {
                None => at = next(&reference),
                Some(earlier) if earlier == walk => {
                    findings.push(circle(reference, next));
                    break;
                }
                Some(_) => break,
            }
        }
    }
    findings
}

fn circle<'t>(
    start: Reference<'t>,
    next: impl Fn(&Reference<'t>) -> Option<Reference<'t>>,
) -> Finding<'t> {
    let rest = iter::successors(next(&start), &next);
    let rest = rest.take_while(|reference| reference.node != start.node);
    let circle: Vec<Reference<'t>> = iter::once(start).chain(rest).collect();
    let first = circle
        .iter()
        .enumerate()
        .min_by_key(|(_, reference)| reference.node.id())
        .unwrap_or((0, &start));
    let (position, first) = first;
    let wanted = first.expected.object().name;
    let message = format!("this leads back to itself and never to {wanted}");
    let finding =
        CYCLIC_REFERENCE.at(first.value, message).help(format!("write {wanted} in its place"));
    let last = circle[(position + circle.len() - 1) % circle.len()];
    match last.node == first.node {
        true => finding,
        false => finding.related(last.value, "the reference that leads back"),
    }
}
