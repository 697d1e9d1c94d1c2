//! Compares two operations: parameters, body, responses, and how they are called.

use std::collections::BTreeMap;

use document::{Document, Node, Operation, status};

use super::{
    access, comparison::Comparison, difference::Difference, messages, subject::subject, value,
};
use crate::{
    canonical::canonical,
    rule::{Direction, Rule},
    rules::operations::*,
};

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
    value::compare(comparison, old, new, Direction::Request);
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
