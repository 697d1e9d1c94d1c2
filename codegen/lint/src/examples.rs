//! Rules about examples and defaults, which must match their schemas.

use std::collections::HashSet;

use document::{
    DiagnosticBuilder, Document, Kind, Node, Report, Value,
    compositions::Compositions,
    validation::{Direction, Role, Validator, Violation, ViolationKind},
};

use crate::schemas::direction;

document::rules! {
    "Examples",
    INVALID_EXAMPLE = "invalid-example",
    INVALID_DEFAULT = "invalid-default",
    AMBIGUOUS_EXAMPLE = "ambiguous-example",
    MISSPELLED_MEMBER = "misspelled-member",
    EXAMPLE_OF_THE_OTHER_DIRECTION = "example-of-the-other-direction",
}

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let compositions = Compositions::new(document);
    let mut validator = Validator::new(document, &compositions);
    // Media types can share an example, and parts of a composition can share a property.
    let mut reported = HashSet::new();
    report.extend(document.objects(Kind::ServerVariable).filter_map(of_variable));
    for Example { schema, value, role } in examples(document) {
        for violation in validator.violations(schema, value, role) {
            let message = violation.message();
            if reported.insert((violation.at.id(), message.clone())) {
                report.add(diagnostic(violation, message, role));
            }
        }
    }
}

/// Reports the default of a server variable if its `enum` does not list it.
fn of_variable(variable: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let default = variable.get("default")?;
    let text = default.as_str()?;
    let values = variable.entry("enum")?;
    let is_listed = values.value.items().any(|value| value.as_str() == Some(text));
    let message = format!("`{text}` is not in the `enum`");
    let diagnostic = INVALID_DEFAULT.at(default, message).related(values.key, "the enum");
    (!is_listed && values.value.is_array())
        .then(|| diagnostic.help("write one of its values, or add this one"))
}

fn diagnostic<'t>(violation: Violation<'t>, message: String, role: Role) -> DiagnosticBuilder<'t> {
    let rule = match (violation.kind, role) {
        (ViolationKind::Ambiguous, _) => &AMBIGUOUS_EXAMPLE,
        (ViolationKind::Misspelled, _) => &MISSPELLED_MEMBER,
        (ViolationKind::OtherDirection, _) => &EXAMPLE_OF_THE_OTHER_DIRECTION,
        (_, Role::Default) => &INVALID_DEFAULT,
        _ => &INVALID_EXAMPLE,
    };
    let (cause, label) = violation.cause;
    let diagnostic = rule.at(violation.at, message).related(cause, label);
    match violation.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// A value and the schema that it must match.
struct Example<'t> {
    schema: Node<'t>,
    value: Node<'t>,
    role: Role,
}

/// Returns every example and every default that has a schema.
fn examples<'t>(document: &Document<'t>) -> impl Iterator<Item = Example<'t>> {
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
    let is_json = is_json_media_type(media_type);
    // In XML, the `xml` member of a schema can rename its properties, so XML examples are not checked.
    if media_type.contains("xml") {
        return Vec::new();
    }
    // The example of any other media type can be written as the text that is sent.
    let is_text = |schema: Node<'_>| schema.get_str("type") == Some("string");
    of_message(document, node, |schema, value| is_json || is_text(schema) || !is_string(value))
}

/// Returns true for a media type whose values are JSON.
fn is_json_media_type(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

fn of_parameter<'t>(document: &Document<'t>, node: Node<'t>) -> Vec<Example<'t>> {
    // An array or an object can be written as the text that is sent, such as `a,b`.
    let is_scalar = |schema: Node<'_>| {
        matches!(schema.get_str("type"), Some("boolean" | "integer" | "number" | "string"))
    };
    of_message(document, node, |schema, value| !is_string(value) || is_scalar(schema))
}

/// Returns the examples next to a `schema` that satisfy a condition on the schema and the value.
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
