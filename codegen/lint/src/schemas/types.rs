//! Types, their values, and types that exclude each other.

use document::{DiagnosticBuilder, Document, Node, Value};

use super::CONFLICTING_TYPES;
use crate::parts::{MAX_COMPOSED, with_merged};

/// Returns a type with its article; nothing for a word that is not a type.
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

/// Returns true if a value other than null has a type; an integer has neither a fraction nor an exponent.
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
    Some(diagnostic.help("correct one of the types, or write `anyOf` if either type is valid"))
}

fn exclude(one: Option<&str>, other: Option<&str>) -> bool {
    let is_numeric = |kind| matches!(kind, Some("integer" | "number"));
    one != other && !(is_numeric(one) && is_numeric(other))
}

fn name(kind: Node<'_>) -> Option<&str> {
    kind.as_str().filter(|kind| with_article(kind).is_some())
}

/// Returns the first `type` in a schema or its `allOf`.
pub(super) fn kind_of<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Node<'t>> {
    with_merged(document, schema).take(MAX_COMPOSED).find_map(|schema| schema.get("type"))
}
