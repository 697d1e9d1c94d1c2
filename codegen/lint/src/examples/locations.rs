//! The examples and defaults of a document, with their schemas.

use document::{Document, Kind, Node, Value};

use crate::schemas::{Direction, direction};

/// A value and the schema that it must match.
pub(super) struct Example<'t> {
    pub(super) schema: Node<'t>,
    pub(super) value: Node<'t>,
    pub(super) role: Role,
}

/// The purpose of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Default,
    Example(Direction),
}

/// Returns every example and every default that has a schema.
pub(super) fn all<'t>(document: &Document<'t>) -> impl Iterator<Item = Example<'t>> {
    let schemas = document.objects(Kind::Schema).flat_map(of_schema);
    let media_types =
        document.objects(Kind::MediaType).flat_map(|node| of_media_type(document, node));
    let parameters = document.objects(Kind::Parameter).chain(document.objects(Kind::Header));
    schemas.chain(media_types).chain(parameters.flat_map(|node| of_parameter(document, node)))
}

fn of_schema<'t>(schema: Node<'t>) -> impl Iterator<Item = Example<'t>> {
    let roles = [("example", Role::Example(Direction::Either)), ("default", Role::Default)];
    let values = roles.into_iter().filter_map(move |(key, role)| Some((schema.get(key)?, role)));
    values.map(move |(value, role)| Example { schema, value, role })
}

fn of_media_type<'t>(document: &Document<'t>, node: Node<'t>) -> Vec<Example<'t>> {
    let media_type = node.name().unwrap_or_default();
    let is_json = is_json(media_type);
    // In XML, the `xml` of a schema renames its properties.
    if media_type.contains("xml") {
        return Vec::new();
    }
    // The example of another media type may be written as the text that is sent.
    let is_text = |schema: Node<'_>| schema.get_str("type") == Some("string");
    of_message(document, node, |schema, value| is_json || is_text(schema) || !is_string(value))
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

fn of_parameter<'t>(document: &Document<'t>, node: Node<'t>) -> Vec<Example<'t>> {
    // An array or an object may be written as the text that is sent, such as `a,b`.
    let is_scalar = |schema: Node<'_>| {
        matches!(schema.get_str("type"), Some("boolean" | "integer" | "number" | "string"))
    };
    of_message(document, node, |schema, value| !is_string(value) || is_scalar(schema))
}

/// Returns the examples next to a `schema` that satisfy a condition on schema and value.
fn of_message<'t>(
    document: &Document<'t>,
    node: Node<'t>,
    condition: impl Fn(Node<'t>, Node<'t>) -> bool,
) -> Vec<Example<'t>> {
    let Some(schema) = node.get("schema").and_then(|schema| document.resolve(schema)) else {
        return Vec::new();
    };
    let examples = node.entries_of("examples");
    let examples = examples.filter_map(|entry| document.resolve(entry.value)?.get("value"));
    let values = node.get("example").into_iter().chain(examples);
    let values = values.filter(|value| condition(schema, *value));
    let role = Role::Example(direction(document, node));
    values.map(|value| Example { schema, value, role }).collect()
}

fn is_string(value: Node<'_>) -> bool {
    matches!(value.value(), Value::String(_))
}
