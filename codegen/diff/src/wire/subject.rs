//! Names statements in messages.

use document::{Node, pointer};

/// Names a statement, such as "`amount` of `SpendingBudget`".
pub(crate) fn subject(node: Node<'_>) -> String {
    let is_parameter = node.parent().and_then(Node::name) == Some("parameters");
    match node.get_str("name").filter(|_| is_parameter) {
        Some(name) => format!("the parameter `{name}` of {}", named(&node.pointer())),
        None => named(&node.pointer()),
    }
}

/// Names the statement at a JSON pointer.
fn named(pointer: &str) -> String {
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
        ["paths", path, "parameters", rest @ ..] => (format!("`{path}`"), rest),
        ["paths", path, method, rest @ ..] => (format!("`{} {path}`", method.to_uppercase()), rest),
        ["paths", path] => (format!("`{path}`"), &[]),
        [] => ("the document".to_owned(), &[]),
        [section, rest @ ..] => (format!("`{section}` of the document"), rest),
    }
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
