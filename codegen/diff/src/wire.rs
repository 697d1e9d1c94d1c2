//! Compares the requests and responses of two documents, operation by operation.
//!
//! References are followed, so a difference in a shared schema is reported once, with all operations that it reaches.

mod access;
mod bounds;
mod comparison;
pub(crate) mod difference;
mod messages;
mod objects;
mod operations;
pub(crate) mod pairs;
pub(crate) mod prose;
mod schemas;
pub(crate) mod subject;
mod value;
pub(crate) mod view;

use std::collections::{BTreeMap, BTreeSet};

use document::{Document, Operation};

use self::{
    comparison::{Comparison, Found, Shared},
    difference::Difference,
    operations::template,
    pairs::Pairs,
    prose::Objects,
    subject::subject,
};
use crate::{canonical::canonical, rules::operations::*};

/// A difference, and the operations that it reaches.
pub(crate) struct Reaching<'t> {
    pub(crate) difference: Difference<'t>,
    pub(crate) operations: BTreeSet<String>,
}

/// Compares two documents, or returns the reason why they cannot be compared.
pub(crate) fn compare<'t>(
    old: &Document<'t>,
    new: &Document<'t>,
) -> Result<Vec<Reaching<'t>>, &'static str> {
    let (mut pairs, mut shared) = (Pairs::new(old, new), Shared::new());
    let matched = matched(old, new);
    let mut compared = Vec::new();
    for (before, after) in matched.both {
        let (pairs, shared) = (&mut pairs, &mut shared);
        let mut comparison = Comparison { pairs, shared, found: Found::default() };
        operations::compare(&mut comparison, &before, &after);
        compared.push((after.name(), comparison.found));
    }
    pairs.compare(schemas::compare)?;
    let mut all = AllFindings::default();
    for (operation, Found { differences, roots }) in compared {
        let below = pairs.below(&roots).cloned();
        differences.into_iter().chain(below).for_each(|it| all.add(it, Some(&operation)));
    }
    for operation in matched.added {
        let what = format!("{} is new", subject(operation.node));
        let location = old.root().get("paths").unwrap_or(old.root());
        let difference = Difference::added(&OPERATION_ADDED, location, operation.node, what);
        all.add(difference, Some(&operation.name()));
    }
    for operation in matched.removed {
        let what = format!("{} no longer exists", subject(operation.node));
        let location = new.root().get("paths").unwrap_or(new.root());
        let difference = Difference::removed(&OPERATION_REMOVED, operation.node, location, what);
        all.add(difference, Some(&operation.name()));
    }
    document(old, new).into_iter().for_each(|difference| all.add(difference, None));
    Ok(all.differences)
}

/// The differences without duplicates.
#[derive(Default)]
struct AllFindings<'t> {
    differences: Vec<Reaching<'t>>,
    indices: BTreeMap<(&'static str, document::NodeId, document::NodeId, String), usize>,
}

impl<'t> AllFindings<'t> {
    /// Adds a difference. If it is already known, adds only the operation, and keeps the more severe of the two
    /// effects.
    fn add(&mut self, difference: Difference<'t>, operation: Option<&str>) {
        let pointer = difference.statement.pointer();
        let key = (difference.rule.id, difference.old.id(), difference.new.id(), pointer);
        let index = *self.indices.entry(key).or_insert(self.differences.len());
        if index == self.differences.len() {
            self.differences
                .push(Reaching { difference: difference.clone(), operations: BTreeSet::new() });
        }
        let known = &mut self.differences[index];
        let severity = |it: &Difference<'t>| it.rule.effect(it.direction).severity;
        if severity(&difference) > severity(&known.difference) {
            known.difference = difference;
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

/// Pairs the operations of two documents: by method and path, or else by operationId.
fn matched<'t>(old: &Document<'t>, new: &Document<'t>) -> Matched<'t> {
    let mut removed: Vec<Operation<'t>> = old.operations().collect();
    let mut added: Vec<Operation<'t>> = new.operations().collect();
    let mut both = Vec::new();
    let is_same: [fn(&Operation<'t>, &Operation<'t>) -> bool; 3] = [
        |old, new| old.method == new.method && old.path == new.path,
        |old, new| old.method == new.method && template(old.path) == template(new.path),
        |old, new| old.id().is_some() && old.id() == new.id(),
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

/// Compares the members of the root, and the security schemes.
fn document<'t>(old: &Document<'t>, new: &Document<'t>) -> Vec<Difference<'t>> {
    const HANDLED: [&str; 6] = ["components", "info", "openapi", "paths", "security", "servers"];
    let before = Objects { document: old, nodes: &[old.root()] };
    let after = Objects { document: new, nodes: &[new.root()] };
    let mut differences = prose::compare(before, after, &HANDLED);
    for key in ["openapi", "info"] {
        let (Some(one), Some(other)) = (old.root().get(key), new.root().get(key)) else { continue };
        if canonical(one) != canonical(other) {
            let what = format!("`{key}` of the document changes");
            differences.push(Difference::changed(&DOCUMENTATION_CHANGED, one, other, what));
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
            differences.extend(prose::compare(before, after, &SCHEME));
        }
    }
    differences
}

/// The members of a security scheme that decide which tokens it accepts.
const SCHEME: [&str; 8] =
    ["$ref", "bearerFormat", "flows", "in", "name", "openIdConnectUrl", "scheme", "type"];
