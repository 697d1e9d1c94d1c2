//! Compares two operations: parameters, body, responses, and how they are called.

use std::{
    collections::{BTreeMap, HashMap},
    mem,
};

use document::{Document, Node, NodeId, Operation, status};

use super::{
    access,
    difference::Difference,
    messages,
    pairs::Pairs,
    prose::{self, Objects},
    subject::subject,
};
use crate::{
    canonical::canonical,
    rule::{Direction, Rule},
    rules::operations::*,
};

/// The comparison of two operations.
pub(super) struct Comparison<'c, 'd, 't> {
    pub(super) pairs: &'c mut Pairs<'d, 't>,
    pub(super) shared: &'c mut Shared<'t>,
    pub(super) found: Found<'t>,
}

/// The results for objects that operations share, by their nodes in the old and the new document.
pub(super) type Shared<'t> = HashMap<(NodeId, NodeId), Found<'t>>;

/// The differences of two objects, and the pairs of schemas that they use.
#[derive(Clone, Default)]
pub(super) struct Found<'t> {
    pub(super) differences: Vec<Difference<'t>>,
    pub(super) roots: Vec<usize>,
}

impl<'d, 't> Comparison<'_, 'd, 't> {
    pub(super) fn report(&mut self, difference: Difference<'t>) {
        self.found.differences.push(difference);
    }

    pub(super) fn old_document(&self) -> &'d Document<'t> {
        self.pairs.old
    }

    pub(super) fn new_document(&self) -> &'d Document<'t> {
        self.pairs.new
    }

    /// Compares the schemas of two objects.
    pub(super) fn schemas(&mut self, old: Node<'t>, new: Node<'t>, direction: Direction) {
        let (before, after) = (self.old_document(), self.new_document());
        let view = |document: &Document<'t>, node: Node<'t>| {
            let schema: Vec<Node<'t>> = node.get("schema").into_iter().collect();
            super::view::View::of(document, &schema, node)
        };
        let (old, new) = (view(before, old), view(after, new));
        if !old.nodes.is_empty() || !new.nodes.is_empty() {
            let root = self.pairs.add(old, new, direction);
            self.found.roots.push(root);
        }
    }

    /// Compares whether an object is required.
    pub(super) fn necessity(
        &mut self,
        old: Node<'t>,
        new: Node<'t>,
        name: &str,
        [required, optional]: [&'static Rule; 2],
    ) {
        let (rule, state) = match (old.is_true("required"), new.is_true("required")) {
            (false, true) => (required, "required"),
            (true, false) => (optional, "optional"),
            _ => return,
        };
        let difference = Difference::changed(rule, old, new, format!("{name} becomes {state}"));
        self.report(difference.pointing_at(old.get("required"), new.get("required")));
    }

    /// Compares two objects that other operations may also use. They are compared once, and the result is reused.
    pub(super) fn shared(
        &mut self,
        old: Node<'t>,
        new: Node<'t>,
        compare: impl FnOnce(&mut Self, Node<'t>, Node<'t>),
    ) {
        let key = (old.id(), new.id());
        let found = match self.shared.get(&key) {
            Some(known) => known.clone(),
            None => {
                let outer = mem::take(&mut self.found);
                compare(self, old, new);
                let found = mem::replace(&mut self.found, outer);
                self.shared.insert(key, found.clone());
                found
            }
        };
        self.found.differences.extend(found.differences);
        self.found.roots.extend(found.roots);
    }

    /// Compares documentation, examples, sources, and the keywords that are not handled elsewhere.
    pub(super) fn prose(&mut self, old: Node<'t>, new: Node<'t>, handled: &[&str]) {
        let before = Objects { document: self.old_document(), nodes: &[old] };
        let after = Objects { document: self.new_document(), nodes: &[new] };
        let differences = prose::compare(before, after, handled);
        self.found.differences.extend(differences);
    }
}

/// Compares the two versions of an operation.
pub(super) fn compare<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    old: &Operation<'t>,
    new: &Operation<'t>,
) {
    const HANDLED: [&str; 7] = [
        "callbacks",
        "operationId",
        "parameters",
        "requestBody",
        "responses",
        "security",
        "servers",
    ];
    address(comparison, old, new);
    comparison.prose(old.node, new.node, &HANDLED);
    let handled: Vec<&str> = document::methods().chain(["$ref", "parameters", "servers"]).collect();
    comparison.prose(old.item, new.item, &handled);
    if old.node.get("callbacks").map(canonical) != new.node.get("callbacks").map(canonical) {
        let what = format!("the callbacks of {} change", subject(new.node));
        comparison.report(Difference::changed(&CALLBACK_CHANGED, old.node, new.node, what));
    }
    access::compare(comparison, old, new);
    parameters(comparison, old, new);
    messages::body(comparison, old.node, new.node);
    responses(comparison, old.node, new.node);
}

/// Compares path, method and operationId.
fn address<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &Operation<'t>, new: &Operation<'t>) {
    let mut report = |rule: &'static Rule, what: String| {
        comparison.report(Difference::changed(rule, old.node, new.node, what));
    };
    if template(old.path) != template(new.path) {
        let what = format!("`{}` moves from `{}` to `{}`", new.name(), old.path, new.path);
        report(&PATH_CHANGED, what);
    }
    if old.method != new.method {
        let (before, after) = (old.method.to_uppercase(), new.method.to_uppercase());
        let what = format!("`{}` is called with {after} instead of {before}", new.path);
        report(&METHOD_CHANGED, what);
    }
    if old.id() != new.id() {
        let [before, after] = [old, new].map(|operation| operation.id().unwrap_or_default());
        let what =
            format!("{} has the operationId `{after}` instead of `{before}`", subject(new.node));
        let difference = Difference::changed(&OPERATION_ID_CHANGED, old.node, new.node, what);
        let (before, after) = (old.node.get("operationId"), new.node.get("operationId"));
        comparison.report(difference.pointing_at(before, after));
    }
}

/// Returns a path without the names of its parameters, which are not sent.
pub(super) fn template(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |template, part| {
        template + "{}" + part.split_once('}').map_or("", |(_, rest)| rest)
    })
}

/// Identifies a parameter: by its name, or in a path by its position.
fn identity(operation: &Operation<'_>, parameter: Node<'_>) -> (String, String) {
    let text = |key| parameter.get_str(key).unwrap_or_default();
    let name = match text("in") {
        "path" => {
            let at = operation.path.find(&format!("{{{}}}", text("name")));
            at.map_or(text("name").to_owned(), |at| {
                operation.path[..at].matches('{').count().to_string()
            })
        }
        // Header names are case-insensitive.
        "header" => text("name").to_lowercase(),
        _ => text("name").to_owned(),
    };
    (text("in").to_owned(), name)
}

fn parameters<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    old: &Operation<'t>,
    new: &Operation<'t>,
) {
    let all = |document: &Document<'t>, operation: &Operation<'t>| -> BTreeMap<_, Node<'t>> {
        let parameters = document.parameters(operation).into_iter();
        parameters.map(|parameter| (identity(operation, parameter), parameter)).collect()
    };
    let (before, after) =
        (all(comparison.old_document(), old), all(comparison.new_document(), new));
    for (key, parameter) in &after {
        if let Some(other) = before.get(key) {
            comparison.shared(*other, *parameter, common_parameter);
            continue;
        }
        let rule = match parameter.is_true("required") {
            true => &REQUIRED_PARAMETER_ADDED,
            false => &PARAMETER_ADDED,
        };
        let what = format!("{} has the new parameter {}", subject(new.node), named(*parameter));
        comparison.report(Difference::added(rule, old.node, *parameter, what));
    }
    for (_, parameter) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
        let what =
            format!("{} no longer has the parameter {}", subject(new.node), named(*parameter));
        comparison.report(Difference::removed(&PARAMETER_REMOVED, *parameter, new.node, what));
    }
}

fn named(parameter: Node<'_>) -> String {
    format!("`{}`", parameter.get_str("name").unwrap_or_default())
}

fn common_parameter<'t>(comparison: &mut Comparison<'_, '_, 't>, old: Node<'t>, new: Node<'t>) {
    let name = |node: Node<'t>| node.get_str("name").unwrap_or_default();
    let is_in_path = new.get_str("in") == Some("path");
    if is_in_path && name(old) != name(new) {
        let what = format!("the parameter `{}` is renamed to `{}`", name(old), name(new));
        comparison.report(Difference::changed(&PATH_PARAMETER_RENAMED, old, new, what));
    }
    let name = format!("the parameter `{}`", name(new));
    comparison.necessity(old, new, &name, [&PARAMETER_REQUIRED, &PARAMETER_OPTIONAL]);
    value(comparison, old, new, Direction::Request);
}

/// Compares the encoding and the schema of a parameter or a header.
pub(super) fn value<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    old: Node<'t>,
    new: Node<'t>,
    direction: Direction,
) {
    const HANDLED: [&str; 9] = [
        "allowEmptyValue",
        "allowReserved",
        "content",
        "explode",
        "in",
        "name",
        "required",
        "schema",
        "style",
    ];
    comparison.prose(old, new, &HANDLED);
    let (before, after) = (form(old), form(new));
    if before != after {
        let what = format!("{} is encoded differently", subject(new));
        let difference = Difference::changed(&ENCODING_CHANGED, old, new, what);
        comparison.report(difference.towards(direction));
    }
    let empty = match [old, new].map(|it| it.is_true("allowEmptyValue")) {
        [false, true] => Some((&EMPTY_VALUE_ALLOWED, "may be sent without a value")),
        [true, false] => Some((&EMPTY_VALUE_FORBIDDEN, "may no longer be sent without a value")),
        _ => None,
    };
    if let Some((rule, change)) = empty {
        let what = format!("{} {change}", subject(new));
        comparison.report(Difference::changed(rule, old, new, what));
    }
    let media = |node: Node<'t>| {
        let content = node.get("content").and_then(|content| content.entries().next());
        content.map_or(node, |entry| entry.value)
    };
    comparison.schemas(media(old), media(new), direction);
}

/// Returns the keywords that determine the encoding of a parameter or a header, with their defaults filled in.
fn form(node: Node<'_>) -> Vec<String> {
    let text = |key| node.get_str(key);
    let flag = |key: &str| node.get(key).and_then(Node::as_bool);
    let default = match text("in") {
        Some("query" | "cookie") => "form",
        _ => "simple",
    };
    let style = text("style").unwrap_or(default);
    let media = node.get("content").and_then(|content| content.entries().next());
    vec![
        style.to_owned(),
        flag("explode").unwrap_or(style == "form").to_string(),
        flag("allowReserved").unwrap_or(false).to_string(),
        media.map_or(String::new(), |entry| entry.name().to_lowercase()),
    ]
}

fn responses<'t>(comparison: &mut Comparison<'_, '_, 't>, old: Node<'t>, new: Node<'t>) {
    let all = |document: &Document<'t>, node: Node<'t>| -> BTreeMap<&'t str, Node<'t>> {
        let entries = node.entries_of("responses");
        let statuses = entries.filter(|entry| status::is_status(entry.name()));
        statuses
            .map(|entry| (entry.name(), document.resolve(entry.value).unwrap_or(entry.value)))
            .collect()
    };
    let (before, after) =
        (all(comparison.old_document(), old), all(comparison.new_document(), new));
    let holder = |node: Node<'t>| node.get("responses").unwrap_or(node);
    for (code, response) in &after {
        let counterpart = counterpart(code, &before);
        if let Some((_, other)) = counterpart {
            comparison.shared(other, *response, messages::response);
        }
        match counterpart {
            Some((other, _)) if status::includes(other, code) => {}
            _ => {
                let is_success = status::is_success(code);
                let rule = if is_success { &STATUS_ADDED } else { &ERROR_STATUS_ADDED };
                let what = format!("{} can return {code}", subject(new));
                let location = holder(new).get(code);
                let difference = Difference::added(rule, holder(old), *response, what);
                comparison.report(difference.pointing_at(None, location));
            }
        }
    }
    for (code, response) in &before {
        let (rule, what) = match counterpart(code, &after) {
            Some((other, _)) if status::includes(other, code) => continue,
            Some((other, _)) if status::is_success(code) => {
                (&STATUS_NARROWED, format!("{code}, but {other}"))
            }
            None if status::is_success(code) => (&STATUS_REMOVED, (*code).to_owned()),
            _ => (&ERROR_STATUS_REMOVED, (*code).to_owned()),
        };
        let what = format!("{} no longer returns {what}", subject(new));
        let location = holder(old).get(code);
        let difference = Difference::removed(rule, *response, holder(new), what);
        comparison.report(difference.pointing_at(location, None));
    }
    extensions(comparison, holder(old), holder(new));
}

/// Returns the response with the same status, or else one whose status overlaps, such as `4XX` for `404`.
fn counterpart<'t>(
    code: &str,
    others: &BTreeMap<&'t str, Node<'t>>,
) -> Option<(&'t str, Node<'t>)> {
    let overlaps = |other: &&str| status::includes(other, code) || status::includes(code, other);
    let same = others.get_key_value(code);
    same.or_else(|| others.iter().find(|(other, _)| overlaps(other))).map(|(k, v)| (*k, *v))
}

/// Compares the extensions of the `responses` object.
fn extensions<'t>(comparison: &mut Comparison<'_, '_, 't>, old: Node<'t>, new: Node<'t>) {
    let others = [old, new].into_iter().flat_map(Node::entries);
    let statuses: Vec<&str> =
        others.map(|entry| entry.name()).filter(|name| !name.starts_with("x-")).collect();
    comparison.prose(old, new, &statuses);
}
