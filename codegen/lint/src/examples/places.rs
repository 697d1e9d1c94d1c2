//! Where examples and defaults stand, and what their schemas are.

use document::{Document, Kind, Node, Value};

use crate::schemas::{Direction, direction};

/// A value and the schema that it must fit.
pub(super) struct Place<'t> {
    pub(super) schema: Node<'t>,
    pub(super) value: Node<'t>,
    pub(super) role: Role,
}

/// What a value is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Default,
    Example(Direction),
}

/// Every example and every default that has a schema.
pub(super) fn all<'t>(document: &Document<'t>) -> impl Iterator<Item = Place<'t>> {
    let schemas = document.objects(Kind::Schema).flat_map(of_schema);
    let media_types =
        document.objects(Kind::MediaType).flat_map(|node| of_media_type(document, node));
    let parameters = [Kind::Parameter, Kind::Header].into_iter();
    let parameters = parameters.flat_map(|kind| document.objects(kind));
    schemas.chain(media_types).chain(parameters.flat_map(|node| of_parameter(document, node)))
}

fn of_schema<'t>(schema: Node<'t>) -> impl Iterator<Item = Place<'t>> {
    let roles = [("example", Role::Example(Direction::Either)), ("default", Role::Default)];
    roles
        .into_iter()
        .filter_map(move |(key, role)| Some(Place { schema, value: schema.get(key)?, role }))
}

fn of_media_type<'t>(document: &Document<'t>, node: Node<'t>) -> Vec<Place<'t>> {
    let media_type = node.name().unwrap_or_default();
    let is_json = is_json(media_type);
    // A schema's `xml` says what its properties are called there.
    if media_type.contains("xml") {
        return Vec::new();
    }
    // What is no JSON may be written as the text that is sent.
    of_message(document, node, |schema, value| is_json || is_text(schema) || !is_string(value))
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

fn of_parameter<'t>(document: &Document<'t>, node: Node<'t>) -> Vec<Place<'t>> {
    // An array or an object may be written as the text that is sent: `a,b`.
    of_message(document, node, |schema, value| !is_string(value) || is_scalar(schema))
}

/// The examples beside a `schema`, but for those that may be other than it says.
fn of_message<'t>(
    document: &Document<'t>,
    node: Node<'t>,
    is_meant: impl Fn(Node<'t>, Node<'t>) -> bool,
) -> Vec<Place<'t>> {
    let Some(schema) = node.get("schema").and_then(|schema| document.resolve(schema)) else {
        return Vec::new();
    };
    let examples = node.get("examples").into_iter().flat_map(Node::entries);
    let examples = examples.filter_map(|entry| document.resolve(entry.value)?.get("value"));
    let values = node.get("example").into_iter().chain(examples);
    let values = values.filter(|value| is_meant(schema, *value));
    let role = Role::Example(direction(document, node));
    values.map(|value| Place { schema, value, role }).collect()
}

fn is_string(value: Node<'_>) -> bool {
    matches!(value.value(), Value::String(_))
}

fn is_text(schema: Node<'_>) -> bool {
    schema.get("type").and_then(Node::as_str) == Some("string")
}

fn is_scalar(schema: Node<'_>) -> bool {
    let kind = schema.get("type").and_then(Node::as_str);
    matches!(kind, Some("boolean" | "integer" | "number" | "string"))
}
