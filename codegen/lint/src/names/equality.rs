//! Schemas that become the same Rust type.

use document::Node;

use crate::widths;

/// The keywords that decide the type of a schema, unlike descriptions, bounds and examples.
const KEYWORDS: [&str; 11] = [
    "$ref",
    "type",
    "enum",
    "x-extensible-enum",
    "required",
    "properties",
    "items",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
];

/// Returns true if two schemas become the same type, apart from whether it is optional.
pub(super) fn are_types_equal(one: Node<'_>, other: Node<'_>) -> bool {
    one == other || shape(one) == shape(other)
}

/// Returns a text that is equal for schemas that become the same type.
fn shape(schema: Node<'_>) -> String {
    let keywords = KEYWORDS.iter().filter_map(|keyword| Some((keyword, schema.get(keyword)?)));
    let parts = keywords.map(|(keyword, value)| format!("{keyword}: {}", part(keyword, value)));
    let parts: Vec<String> = parts.chain(format(schema).map(str::to_owned)).collect();
    format!("{{{}}}", parts.join(", "))
}

/// Returns the shape of the value of a keyword, in which the order of sets and members has no meaning.
fn part(keyword: &str, value: Node<'_>) -> String {
    let texts = value.items().map(|item| format!("{:?}", item.text()));
    let schemas = value.items().map(nested);
    let members = value.entries().map(|it| format!("{:?}: {}", it.name(), nested(it.value)));
    let list: Vec<String> = match keyword {
        "required" | "enum" => sorted(texts),
        "properties" => sorted(members),
        "allOf" | "oneOf" | "anyOf" => schemas.collect(),
        "items" | "additionalProperties" if value.is_object() => vec![nested(value)],
        _ => texts.chain(value.text().map(|text| format!("{text:?}"))).collect(),
    };
    format!("[{}]", list.join(", "))
}

/// Returns the shape of a nested schema, which also differs if only one may be null.
fn nested(schema: Node<'_>) -> String {
    format!("{} {:?}", shape(schema), schema.get("nullable").and_then(Node::text))
}

fn sorted(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// Returns the format, if the client has a type for it or it takes the place of `type`.
fn format<'t>(schema: Node<'t>) -> Option<&'t str> {
    const KNOWN: [&str; 3] = ["date-time", "decimal", "uuid"];
    let kind = schema.get_str("type");
    if kind.is_none_or(|kind| matches!(kind, "integer" | "number"))
        && let Some(width) = widths::of(schema)
    {
        return Some(width.format);
    }
    schema.get_str("format").filter(|format| kind.is_none() || KNOWN.contains(format))
}
