//! Compares where an operation is called, and with which tokens.

use std::collections::{BTreeMap, BTreeSet};

use document::{Document, Node, Operation};

use super::{finding::Finding, operations::Comparison, subject::subject};
use crate::{canonical::canonical, rules::operations::*};

pub(super) fn compare<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    old: &Operation<'t>,
    new: &Operation<'t>,
) {
    servers(comparison, old, new);
    security(comparison, old, new);
}

/// Returns the servers of an operation, by everything that their address depends on.
fn addresses<'t>(document: &Document<'t>, operation: &Operation<'t>) -> BTreeMap<String, Node<'t>> {
    let servers = [operation.node, operation.item, document.root()]
        .into_iter()
        .find_map(|node| node.get("servers").filter(|servers| servers.items().next().is_some()));
    let items = servers.into_iter().flat_map(Node::items);
    items
        .map(|server| {
            let variables = server.get("variables").map(canonical).unwrap_or_default();
            let url = server.get("url").and_then(Node::as_str).unwrap_or_default();
            (format!("{}{variables}", url.trim_end_matches('/')), server)
        })
        .collect()
}

fn servers<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &Operation<'t>, new: &Operation<'t>) {
    let before = addresses(comparison.old_document(), old);
    let after = addresses(comparison.new_document(), new);
    let url = |server: Node<'t>| server.get("url").and_then(Node::as_str).unwrap_or_default();
    for (address, server) in &after {
        match before.get(address) {
            Some(other) => comparison.prose(*other, *server, &["url", "variables"]),
            None => {
                let place = old.node.get("servers").unwrap_or(old.node);
                let what = format!("there is another server, `{}`", url(*server));
                comparison.report(Finding::added(&SERVER_ADDED, place, *server, what));
            }
        }
    }
    for (_, server) in before.iter().filter(|(address, _)| !after.contains_key(*address)) {
        let what = format!("the server `{}` no longer exists", url(*server));
        let place = comparison
            .new_document()
            .root()
            .get("servers")
            .unwrap_or(comparison.new_document().root());
        comparison.report(Finding::removed(&SERVER_REMOVED, *server, place, what));
    }
}

/// A way to be allowed to call an operation: the schemes of the tokens that are needed together, with their scopes.
struct Way<'t> {
    tokens: BTreeMap<String, BTreeSet<&'t str>>,
    names: Vec<&'t str>,
    node: Node<'t>,
}

impl<'t> Way<'t> {
    fn of(document: &Document<'t>, requirement: Node<'t>) -> Self {
        let scopes = |list: Node<'t>| list.items().filter_map(Node::as_str).collect();
        let tokens = requirement
            .entries()
            .map(|entry| (scheme(document, entry.name()), scopes(entry.value)));
        let names = requirement.entries().map(|entry| entry.name()).collect();
        Self { tokens: tokens.collect(), names, node: requirement }
    }

    /// Returns true if whoever may go the other way may go this way too.
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

/// Returns what a security scheme does, whatever its name and its description.
fn scheme(document: &Document<'_>, name: &str) -> String {
    let schemes = document.root().get("components").and_then(|it| it.get("securitySchemes"));
    let scheme = schemes.and_then(|schemes| schemes.get(name));
    let Some(scheme) = scheme.and_then(|scheme| document.resolve(scheme)) else {
        return name.to_owned();
    };
    let flows = scheme.get("flows").into_iter().flat_map(Node::entries).map(|flow| {
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

/// Returns the ways to be allowed to call an operation, and the place that states them.
fn ways<'t>(document: &Document<'t>, operation: &Operation<'t>) -> (Vec<Way<'t>>, Node<'t>) {
    let stated = [operation.node, document.root()].into_iter().find_map(|it| it.get("security"));
    let requirements: Vec<Node<'t>> = stated.into_iter().flat_map(Node::items).collect();
    let place = stated.unwrap_or(operation.node);
    match requirements.is_empty() {
        true => {
            let anyone = Way { tokens: BTreeMap::new(), names: Vec::new(), node: place };
            (vec![anyone], place)
        }
        false => {
            let ways = requirements.into_iter().map(|it| Way::of(document, it));
            (ways.collect(), place)
        }
    }
}

fn security<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &Operation<'t>, new: &Operation<'t>) {
    let (before, old_place) = ways(comparison.old_document(), old);
    let (after, new_place) = ways(comparison.new_document(), new);
    let name = subject(new.node);
    for way in before.iter().filter(|way| !after.iter().any(|other| other.admits(way))) {
        let what = format!("{name} no longer accepts {}", way.named());
        comparison.report(Finding::removed(&SECURITY_REMOVED, way.node, new_place, what));
    }
    for way in after.iter().filter(|way| !before.iter().any(|other| other.admits(way))) {
        let what = format!("{name} accepts {}", way.named());
        comparison.report(Finding::added(&SECURITY_ADDED, old_place, way.node, what));
    }
}
