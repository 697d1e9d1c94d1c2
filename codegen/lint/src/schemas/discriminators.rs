//! Discriminators by which nothing can be told apart.

use std::collections::HashSet;

use document::{DiagnosticBuilder, Document, Node};

use super::INVALID_DISCRIMINATOR;

pub(super) fn invalid<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<DiagnosticBuilder<'t>> {
    let discriminator = schema.get("discriminator");
    let property = discriminator.and_then(|discriminator| discriminator.get("propertyName"));
    let Some((property, name)) = property.and_then(|node| Some((node, node.as_str()?))) else {
        return Vec::new();
    };
    let parts = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword));
    let mut parts = parts.flat_map(Node::items).peekable();
    if parts.peek().is_none() {
        let lack = lack(document, vec![schema, whole(schema)], name);
        return lack.map(|lack| diagnostic(property, name, lack)).into_iter().collect();
    }
    let diagnostics = parts.filter_map(|part| {
        let lack = lack(document, vec![schema, whole(schema), part], name)?;
        let at = part.get("$ref").unwrap_or(part);
        Some(diagnostic(at, name, lack).related(property, "the discriminator"))
    });
    diagnostics.collect()
}

/// The schema of whose `allOf` a schema is an item; else the schema itself.
fn whole(schema: Node<'_>) -> Node<'_> {
    let list = schema.parent().filter(|list| list.name() == Some("allOf"));
    list.and_then(Node::parent).unwrap_or(schema)
}

const NOT_DECLARED: &str = "declare";
const NOT_REQUIRED: &str = "require";

fn diagnostic<'t>(at: Node<'t>, name: &str, lack: &str) -> DiagnosticBuilder<'t> {
    let target = at.as_str().and_then(|target| Some(target.rsplit_once('/')?.1));
    let subject = target.map_or("this schema".to_owned(), |target| format!("`{target}`"));
    let message = format!("{subject} does not {lack} `{name}`, by which schemas are told apart");
    INVALID_DISCRIMINATOR.at(at, message).help(help(name, lack))
}

fn help(name: &str, lack: &str) -> String {
    match lack {
        NOT_DECLARED => {
            format!("declare `{name}` below `properties`, and list it below `required`")
        }
        _ => format!("list `{name}` below `required`"),
    }
}

/// What a property lacks in schemas that hold together; nothing if they cannot be known as a whole.
fn lack<'t>(document: &Document<'t>, schemas: Vec<Node<'t>>, name: &str) -> Option<&'static str> {
    // Far more than anybody composes by hand, and a limit to what a long chain of compositions costs.
    const MOST: usize = 16;
    let (mut open, mut seen) = (schemas, HashSet::new());
    let (mut is_declared, mut is_required) = (false, false);
    while let Some(schema) = open.pop() {
        let schema = document.resolve(schema)?;
        if !seen.insert(schema.id()) {
            continue;
        }
        let is_misspelled = schema.get("allOf").is_none() && !document.lacks(schema, "allOf");
        if is_misspelled || seen.len() > MOST {
            return None;
        }
        is_declared |= schema.get("properties").is_some_and(|all| all.get(name).is_some());
        let mut required = schema.get("required").into_iter().flat_map(Node::items);
        is_required |= required.any(|item| item.as_str() == Some(name));
        open.extend(schema.get("allOf").into_iter().flat_map(Node::items));
    }
    match (is_declared, is_required) {
        (false, _) => Some(NOT_DECLARED),
        (true, false) => Some(NOT_REQUIRED),
        (true, true) => None,
    }
}
