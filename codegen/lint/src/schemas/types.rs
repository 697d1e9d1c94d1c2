//! What a type admits, and types that exclude each other.

use std::collections::HashSet;

use document::{DiagnosticBuilder, Document, Node, Value};

use super::CONFLICTING_TYPES;

/// A type with its article; nothing for a word that is no type.
pub(crate) fn with_article(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "array" => "an array",
        "boolean" => "a boolean",
        "integer" => "an integer",
        "number" => "a number",
        "object" => "an object",
        "string" => "a string",
        _ => return None,
    })
}

/// Whether a value that is not null is of a type; an integer has neither fraction nor exponent.
pub(crate) fn admits(kind: &str, value: Value<'_>) -> bool {
    match (kind, value) {
        ("number", Value::Number(_)) => true,
        _ => with_article(kind).is_none_or(|expected| value.describe() == expected),
    }
}

pub(super) fn conflicting<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let parts = schema.get("allOf")?.items();
    let own = schema.get("type").map(|kind| (kind, kind));
    let typed = parts.filter_map(|part| Some((part, kind_of(document, part)?)));
    let mut typed = own.into_iter().chain(typed).filter(|(_, kind)| name(*kind).is_some());
    let (_, first) = typed.next()?;
    let (part, other) = typed.find(|(_, kind)| exclude(name(first), name(*kind)))?;
    let (first_name, other_name) = (with_article(name(first)?)?, with_article(name(other)?)?);
    let message = format!("no value is both {first_name} and {other_name}");
    let diagnostic = CONFLICTING_TYPES.at(part, message).related(first, "the other type");
    Some(diagnostic.help("correct one of the types, or write `anyOf` if either will do"))
}

fn exclude(one: Option<&str>, other: Option<&str>) -> bool {
    let is_numeric = |kind| matches!(kind, Some("integer" | "number"));
    one != other && !(is_numeric(one) && is_numeric(other))
}

fn name(kind: Node<'_>) -> Option<&str> {
    kind.as_str().filter(|kind| with_article(kind).is_some())
}

/// The first type that a schema or a part of it states.
pub(super) fn kind_of<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Node<'t>> {
    // Far more than anybody composes by hand, and a limit to what a long chain of compositions costs.
    const MOST: usize = 16;
    let (mut open, mut seen) = (vec![schema], HashSet::new());
    while let Some(schema) = open.pop().filter(|_| seen.len() < MOST) {
        let Some(schema) = document.resolve(schema).filter(|schema| seen.insert(schema.id()))
        else {
            continue;
        };
        if let Some(kind) = schema.get("type") {
            return Some(kind);
        }
        open.extend(schema.get("allOf").into_iter().flat_map(Node::items).rev());
    }
    None
}
