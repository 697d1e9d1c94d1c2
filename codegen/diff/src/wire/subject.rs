//! Names statements in messages.

use std::iter::successors;

use document::{Node, pointer};

/// Names a statement, such as "`amount` of `SpendingBudget`".
pub(crate) fn subject(node: Node<'_>) -> String {
    let pointer = node.pointer();
    let parameter =
        successors(Some(node), |node| node.parent()).find_map(|it| Some((it, name(it)?)));
    let Some((parameter, name)) = parameter else { return named(&pointer, base) };
    let operation = parameter.pointer();
    let below = pointer.strip_prefix(&operation).unwrap_or_default();
    let parameter = format!("the parameter `{name}` of {}", named(&operation, base));
    named(below, |steps| (parameter, steps))
}

/// Returns the name of a parameter that is not a component.
fn name<'t>(node: Node<'t>) -> Option<&'t str> {
    let list = node.parent()?;
    (list.name() == Some("parameters") && !list.is_object()).then(|| node.get_str("name"))?
}

/// Names the statement at a JSON pointer, which begins at the base.
fn named(
    pointer: &str,
    base: impl for<'s> FnOnce(&'s [&'s str]) -> (String, &'s [&'s str]),
) -> String {
    let steps: Vec<String> = pointer.split('/').skip(1).map(pointer::unescape).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let (base, rest) = base(&steps);
    match path(rest) {
        path if path.is_empty() => base,
        path => format!("`{path}` of {base}"),
    }
}

/// Names the component or the operation that contains a statement, and returns the steps below it.
fn base<'s>(steps: &'s [&'s str]) -> (String, &'s [&'s str]) {
    match steps {
        ["components", "schemas", name, rest @ ..] => (format!("`{name}`"), rest),
        ["components", section, name, rest @ ..] => {
            (format!("the {} `{name}`", singular(section)), rest)
        }
        ["paths", path, method, "requestBody", rest @ ..] => {
            (format!("the request of `{} {path}`", method.to_uppercase()), rest)
        }
        ["paths", path, method, "responses", status, rest @ ..] => {
            (format!("the response {status} of `{} {path}`", method.to_uppercase()), rest)
        }
        ["paths", path, method, list @ ("security" | "servers"), ..] => {
            (format!("{} of `{} {path}`", item(list), method.to_uppercase()), &[])
        }
        ["paths", path, "parameters", rest @ ..] => (format!("`{path}`"), rest),
        ["paths", path, method, rest @ ..] => (format!("`{} {path}`", method.to_uppercase()), rest),
        ["paths", path] => (format!("`{path}`"), &[]),
        [] => ("the document".to_owned(), &[]),
        [list @ ("security" | "servers"), ..] => (format!("{} of the document", item(list)), &[]),
        [section, rest @ ..] => (format!("`{section}` of the document"), rest),
    }
}

/// Names an item of a list whose items have no names.
fn item(list: &str) -> &str {
    if list == "servers" { "a server" } else { "a security requirement" }
}

fn singular(section: &str) -> &str {
    match section {
        "requestBodies" => "request body",
        "securitySchemes" => "security scheme",
        _ => section.strip_suffix('s').unwrap_or(section),
    }
}

/// Returns the path of a member, such as `items[].links`.
fn path(steps: &[&str]) -> String {
    let mut path = String::new();
    let mut steps = steps.iter();
    while let Some(step) = steps.next() {
        match *step {
            "properties" | "headers" => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(steps.next().unwrap_or(&""));
            }
            "items" => path.push_str("[]"),
            "additionalProperties" => path.push_str("{}"),
            _ => {}
        }
    }
    path
}
