//! Compares the servers of an operation, and the tokens that it accepts.

use std::collections::{BTreeMap, BTreeSet};

use document::{Document, Node, Operation};

use super::{comparison::Comparison, difference::Difference, subject::subject};
use crate::{canonical::canonical, rules::operations::*};

pub(super) fn compare<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    old: &Operation<'t>,
    new: &Operation<'t>,
) {
    servers(comparison, old, new);
    security(comparison, old, new);
}

/// Returns the list of an operation's servers.
fn list<'t>(document: &Document<'t>, operation: &Operation<'t>) -> Option<Node<'t>> {
    let holders = [operation.node, operation.item, document.root()];
    let mut lists = holders.into_iter().filter_map(|node| node.get("servers"));
    lists.find(|servers| servers.items().next().is_some())
}

/// Returns the servers by URL and variables.
fn addresses(list: Option<Node<'_>>) -> BTreeMap<String, Node<'_>> {
    let items = list.into_iter().flat_map(Node::items);
    items
        .map(|server| {
            let variables = server.get("variables").map(canonical).unwrap_or_default();
            let url = server.get_str("url").unwrap_or_default();
            (format!("{}{variables}", url.trim_end_matches('/')), server)
        })
        .collect()
}

fn servers<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &Operation<'t>, new: &Operation<'t>) {
    let (old_document, new_document) = (comparison.old_document(), comparison.new_document());
    let (old, new) = (list(old_document, old), list(new_document, new));
    let (before, after) = (addresses(old), addresses(new));
    let url = |server: Node<'t>| server.get_str("url").unwrap_or_default();
    for (address, server) in &after {
        match before.get(address) {
            Some(other) => comparison.prose(*other, *server, &["url", "variables"]),
            None => {
                let location = old.unwrap_or(old_document.root());
                let what = format!("there is a new server, `{}`", url(*server));
                comparison.report(Difference::added(&SERVER_ADDED, location, *server, what));
            }
        }
    }
    for (_, server) in before.iter().filter(|(address, _)| !after.contains_key(*address)) {
        let what = format!("the server `{}` no longer exists", url(*server));
        let location = new.unwrap_or(new_document.root());
        comparison.report(Difference::removed(&SERVER_REMOVED, *server, location, what));
    }
}

/// A security requirement: the schemes of the tokens that are needed together, with their scopes.
struct Requirement<'t> {
    tokens: BTreeMap<String, BTreeSet<&'t str>>,
    names: Vec<&'t str>,
    /// The flows or the type of each scheme.
    kinds: Vec<&'t str>,
    node: Node<'t>,
}

impl<'t> Requirement<'t> {
    fn of(document: &Document<'t>, node: Node<'t>) -> Self {
        let scopes = |list: Node<'t>| list.items().filter_map(Node::as_str).collect();
        let tokens =
            node.entries().map(|entry| (scheme(document, entry.name()), scopes(entry.value)));
        let names: Vec<&str> = node.entries().map(|entry| entry.name()).collect();
        let kinds = names.iter().flat_map(|name| kinds(document, name)).collect();
        Self { tokens: tokens.collect(), names, kinds, node }
    }

    /// Returns true if tokens that satisfy the other requirement also satisfy this one.
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

fn definition<'t>(document: &Document<'t>, name: &str) -> Option<Node<'t>> {
    let schemes = document.root().get("components")?.get("securitySchemes")?;
    document.resolve(schemes.get(name)?)
}

/// Returns the flows of a scheme, or else its type.
fn kinds<'t>(document: &Document<'t>, name: &str) -> Vec<&'t str> {
    let Some(scheme) = definition(document, name) else { return Vec::new() };
    let flows: Vec<&str> = scheme.entries_of("flows").map(|flow| flow.name()).collect();
    if flows.is_empty() { scheme.get_str("type").into_iter().collect() } else { flows }
}

/// Returns a string that is equal for schemes that differ only in name, description and extensions.
fn scheme(document: &Document<'_>, name: &str) -> String {
    let Some(scheme) = definition(document, name) else { return name.to_owned() };
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
            let anyone = Requirement {
                tokens: BTreeMap::new(),
                names: Vec::new(),
                kinds: Vec::new(),
                node: location,
            };
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
    let removed = before.iter().filter(|one| !after.iter().any(|other| other.admits(one)));
    let added = after.iter().filter(|one| !before.iter().any(|other| other.admits(one)));
    let named = |one: &Requirement<'t>, others: &[Requirement<'t>]| {
        let named = one.named();
        match others.iter().any(|other| other.named() == named && other.kinds != one.kinds) {
            true => format!("{named} ({})", one.kinds.join(" and ")),
            false => named,
        }
    };
    for one in removed {
        let what = format!("{name} no longer accepts {}", named(one, &after));
        comparison.report(Difference::removed(&SECURITY_REMOVED, one.node, new_location, what));
    }
    for one in added {
        let what = format!("{name} accepts {}", named(one, &before));
        comparison.report(Difference::added(&SECURITY_ADDED, old_location, one.node, what));
    }
}
