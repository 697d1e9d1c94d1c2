//! Compares the requests and responses of two documents, operation by operation.
//!
//! References are followed, so a difference in a shared schema is one finding, with all operations that it reaches.

mod access;
mod bounds;
pub(crate) mod finding;
mod messages;
mod objects;
mod operations;
pub(crate) mod pairs;
pub(crate) mod prose;
mod schemas;
pub(crate) mod subject;
pub(crate) mod view;

use std::collections::{BTreeMap, BTreeSet};

use document::{Document, Operation};

use self::{
    finding::Finding,
    operations::{Comparison, template},
    pairs::Pairs,
    prose::Objects,
    subject::subject,
};
use crate::{canonical::canonical, rules::operations::*};

/// A finding, and the operations that it reaches.
pub(crate) struct Reaching<'t> {
    pub(crate) finding: Finding<'t>,
    pub(crate) operations: BTreeSet<String>,
}

/// Compares two documents.
///
/// # Errors
///
/// Returns the reason why they cannot be compared.
pub(crate) fn compare<'t>(
    old: &Document<'t>,
    new: &Document<'t>,
) -> Result<Vec<Reaching<'t>>, &'static str> {
    let mut pairs = Pairs::new(old, new);
    let matched = matched(old, new);
    let mut compared = Vec::new();
    for (before, after) in matched.both {
        let mut comparison =
            Comparison { pairs: &mut pairs, findings: Vec::new(), roots: Vec::new() };
        operations::compare(&mut comparison, &before, &after);
        let Comparison { findings, roots, .. } = comparison;
        compared.push((name(&after), findings, roots));
    }
    pairs.compare()?;
    let mut all = AllFindings::default();
    for (operation, findings, roots) in compared {
        let below = pairs.below(&roots).cloned();
        findings.into_iter().chain(below).for_each(|it| all.add(it, Some(&operation)));
    }
    for operation in matched.added {
        let what = format!("{} is new", subject(operation.node));
        let place = old.root().get("paths").unwrap_or(old.root());
        let finding = Finding::added(&OPERATION_ADDED, place, operation.node, what);
        all.add(finding, Some(&name(&operation)));
    }
    for operation in matched.removed {
        let what = format!("{} no longer exists", subject(operation.node));
        let place = new.root().get("paths").unwrap_or(new.root());
        let finding = Finding::removed(&OPERATION_REMOVED, operation.node, place, what);
        all.add(finding, Some(&name(&operation)));
    }
    document(old, new).into_iter().for_each(|finding| all.add(finding, None));
    Ok(all.findings)
}

/// The findings without duplicates.
#[derive(Default)]
struct AllFindings<'t> {
    findings: Vec<Reaching<'t>>,
    indices: BTreeMap<(&'static str, document::NodeId, document::NodeId, String), usize>,
}

impl<'t> AllFindings<'t> {
    /// Adds a finding, or its operation to the same finding. The heavier of two effects counts.
    fn add(&mut self, finding: Finding<'t>, operation: Option<&str>) {
        let pointer = finding.statement.pointer();
        let key = (finding.rule.id, finding.old.id(), finding.new.id(), pointer);
        let index = *self.indices.entry(key).or_insert(self.findings.len());
        if index == self.findings.len() {
            self.findings.push(Reaching { finding: finding.clone(), operations: BTreeSet::new() });
        }
        let known = &mut self.findings[index];
        let severity = |it: &Finding<'t>| it.rule.effect(it.direction).severity;
        if severity(&finding) > severity(&known.finding) {
            known.finding = finding;
        }
        known.operations.extend(operation.map(str::to_owned));
    }
}

/// The operations of two documents.
struct Matched<'t> {
    both: Vec<(Operation<'t>, Operation<'t>)>,
    added: Vec<Operation<'t>>,
    removed: Vec<Operation<'t>>,
}

/// Finds the operations that stand for each other: by method and path, or else by operationId.
fn matched<'t>(old: &Document<'t>, new: &Document<'t>) -> Matched<'t> {
    let mut removed: Vec<Operation<'t>> = old.operations().collect();
    let mut added: Vec<Operation<'t>> = new.operations().collect();
    let mut both = Vec::new();
    let is_same: [fn(&Operation<'t>, &Operation<'t>) -> bool; 3] = [
        |old, new| old.method == new.method && old.path == new.path,
        |old, new| old.method == new.method && template(old.path) == template(new.path),
        |old, new| id(old).is_some() && id(old) == id(new),
    ];
    for is_same in is_same {
        removed.retain(|before| {
            let found = added.iter().position(|after| is_same(before, after));
            let after = found.map(|index| added.remove(index));
            both.extend(after.map(|after| (*before, after)));
            after.is_none()
        });
    }
    Matched { both, added, removed }
}

fn id<'t>(operation: &Operation<'t>) -> Option<&'t str> {
    operation.node.get("operationId")?.as_str()
}

/// Names an operation in a list: by its operationId, or else by its method and path.
pub(crate) fn name(operation: &Operation<'_>) -> String {
    id(operation).map_or_else(
        || format!("{} {}", operation.method.to_uppercase(), operation.path),
        str::to_owned,
    )
}

/// Compares what the document says about itself.
fn document<'t>(old: &Document<'t>, new: &Document<'t>) -> Vec<Finding<'t>> {
    const HANDLED: [&str; 6] = ["components", "info", "openapi", "paths", "security", "servers"];
    let before = Objects { document: old, nodes: &[old.root()] };
    let after = Objects { document: new, nodes: &[new.root()] };
    let mut findings = prose::compare(before, after, &HANDLED);
    for key in ["openapi", "info"] {
        let (Some(one), Some(other)) = (old.root().get(key), new.root().get(key)) else { continue };
        if canonical(one) != canonical(other) {
            let what = format!("`{key}` of the document changes");
            findings.push(Finding::changed(&DOCUMENTATION_CHANGED, one, other, what));
        }
    }
    let schemes = |document: &Document<'t>| {
        let components = document.root().get("components");
        components.and_then(|components| components.get("securitySchemes"))
    };
    if let (Some(one), Some(other)) = (schemes(old), schemes(new)) {
        for entry in other.entries() {
            let Some(before) = one.get(entry.name()) else { continue };
            let before = Objects { document: old, nodes: &[before] };
            let after = Objects { document: new, nodes: &[entry.value] };
            findings.extend(prose::compare(before, after, &SCHEME));
        }
    }
    findings
}

/// The members of a security scheme that decide which tokens it accepts.
const SCHEME: [&str; 8] =
    ["$ref", "bearerFormat", "flows", "in", "name", "openIdConnectUrl", "scheme", "type"];
