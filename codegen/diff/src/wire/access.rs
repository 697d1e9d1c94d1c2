//! Compares the servers of an operation, and the tokens that it accepts.

use std::collections::{BTreeMap, BTreeSet};

use document::{Document, Node, Operation};

use super::{difference::Difference, operations::Comparison, subject::subject};
use crate::{canonical::canonical, rules::operations::*};

pub(super) fn compare<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    old: &Operation<'t>,
    new: &Operation<'t>,
) {
    servers(comparison, old, new);
    security(comparison, old, new);
}

/// Returns the servers of an operation, by URL and variables.
fn addresses<'t>(document: &Document<'t>, operation: &Operation<'t>) -> BTreeMap<String, Node<'t>> {
    let servers = [operation.node, operation.item, document.root()]
        .into_iter()
        .find_map(|node| node.get("servers").filter(|servers| servers.items().next().is_some()));
    let items = servers.into_iter().flat_map(Node::items);
    items
        .map(|server| {
            let variables = server.get("variables").map(canonical).unwrap_or_default();
            let url = server.get_str("url").unwrap_or_default();
            (format!("{}{variables}", url.trim_end_matches('/')), server)
        })
        .collect()
}

fn servers<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &Operation<'t>, new: &Operation<'t>) {
    let before = addresses(comparison.old_document(), old);
    let after = addresses(comparison.new_document(), new);
    let url = |server: Node<'t>| server.get_str("url").unwrap_or_default();
    for (address, server) in &after {
        match before.get(address) {
            Some(other) => comparison.prose(*other, *server, &["url", "variables"]),
            None => {
                let location = old.node.get("servers").unwrap_or(old.node);
                let what = format!("there is a new server, `{}`", url(*server));
                comparison.report(Difference::added(&SERVER_ADDED, location, *server, what));
            }
        }
    }
    for (_, server) in before.iter().filter(|(address, _)| !after.contains_key(*address)) {
        let what = format!("the server `{}` no longer exists", url(*server));
        let location = comparison
            .new_document()
            .root()
            .get("servers")
            .unwrap_or(comparison.new_document().root());
        comparison.report(Difference::removed(&SERVER_REMOVED, *server, location, what));
    }
}

/// A security requirement: the schemes of the tokens that are needed together, with their scopes.
struct Requirement<'t> {
    tokens: BTreeMap<String, BTreeSet<&'t str>>,
    names: Vec<&'t str>,
    node: Node<'t>,
}

impl<'t> Requirement<'t> {
    fn of(document: &Document<'t>, node: Node<'t>) -> Self {
        let scopes = |list: Node<'t>| list.items().filter_map(Node::as_str).collect();
        let tokens =
            node.entries().map(|entry| (scheme(document, entry.name()), scopes(entry.value)));
        let names = node.entries().map(|entry| entry.name()).collect();
        Self { tokens: tokens.collect(), names, node }
    }

    /// Returns true if tokens that satisfy the other requirement satisfy this one too.
    fn admits(&self, other: &Self) -> bool {
        self.tokens.iter().all(|(scheme, scopes)| {
            other.tokens.get(scheme).is_some_and(|others| scopes.is_subset(others))
        })
    }

    fn named(&self) -> String {
        let scopes: BTreeSet<&str> = self.tokens.values().flatten().copied().collect();
        let list = |names: Vec<String>| names.join(" and ");
        let quoted = |name: &&str| format!("`{name}`");
        match (self.names.is_empty(), scopes.is_empty()) {
            (true, _) => "calls without a token".to_owned(),
            (_, true) => list(self.names.iter().map(quoted).collect()),
            (_, false) => format!(
                "{} with {}",
                list(self.names.iter().map(quoted).collect()),
                list(scopes.iter().map(quoted).collect())
            ),
        }
    }
}

/// Returns a text that is equal for schemes that differ only in name, description and extensions.
fn scheme(document: &Document<'_>, name: &str) -> String {
    let schemes = document.root().get("components").and_then(|it| it.get("securitySchemes"));
    let scheme = schemes.and_then(|schemes| schemes.get(name));
    let Some(scheme) = scheme.and_then(|scheme| document.resolve(scheme)) else {
        return name.to_owned();
    };
    let flows = scheme.entries_of("flows").map(|flow| {
        let urls = flow.value.entries().filter(|entry| entry.name().ends_with("Url"));
        let urls: BTreeMap<&str, String> =
            urls.map(|entry| (entry.name(), canonical(entry.value))).collect();
        (flow.name(), urls)
    });
    let flows: BTreeMap<_, _> = flows.collect();
    let entries = scheme.entries().filter(|entry| {
        !["description", "flows"].contains(&entry.name()) && !entry.name().starts_with("x-")
    });
    let others: BTreeMap<&str, String> =
        entries.map(|entry| (entry.name(), canonical(entry.value))).collect();
    format!("{others:?} {flows:?}")
}

/// Returns the security requirements of an operation, and the node that states them.
fn requirements<'t>(
    document: &Document<'t>,
    operation: &Operation<'t>,
) -> (Vec<Requirement<'t>>, Node<'t>) {
    let stated = [operation.node, document.root()].into_iter().find_map(|it| it.get("security"));
    let nodes: Vec<Node<'t>> = stated.into_iter().flat_map(Node::items).collect();
    let location = stated.unwrap_or(operation.node);
    match nodes.is_empty() {
        true => {
            let anyone = Requirement { tokens: BTreeMap::new(), names: Vec::new(), node: location };
            (vec![anyone], location)
        }
        false => {
            let requirements = nodes.into_iter().map(|it| Requirement::of(document, it));
            (requirements.collect(), location)
        }
    }
}

fn security<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &Operation<'t>, new: &Operation<'t>) {
    let (before, old_location) = requirements(comparison.old_document(), old);
    let (after, new_location) = requirements(comparison.new_document(), new);
    let name = subject(new.node);
    for one in before.iter().filter(|one| !after.iter().any(|other| other.admits(one))) {
        let what = format!("{name} no longer accepts {}", one.named());
        comparison.report(Difference::removed(&SECURITY_REMOVED, one.node, new_location, what));
    }
    for one in after.iter().filter(|one| !before.iter().any(|other| other.admits(one))) {
        let what = format!("{name} accepts {}", one.named());
        comparison.report(Difference::added(&SECURITY_ADDED, old_location, one.node, what));
    }
}
