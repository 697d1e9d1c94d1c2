//! The diagnostics about violations of the object model.

use crate::{
    model::{Field, Kind, Object, Shape},
    other_version_keys,
    phrasing::{describe, join_or, join_or_count},
    rule::DiagnosticBuilder,
    spelling,
    structure::{IGNORED_BESIDE_REFERENCE, INVALID_KEY, MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE},
    tree::{Entry, Node, Style, Value},
    unambiguous::unambiguous,
};

/// Reports a missing member.
pub(super) fn missing_key<'t>(
    node: Node<'t>,
    object: &Object,
    field: &Field,
) -> DiagnosticBuilder<'t> {
    let message = format!("{} must have `{}`", object.name, field.name);
    MISSING_KEY.at(node, message).help(format!("add `{}`", field.name))
}

/// Reports the members that a kind of object does not have. Members without a suggestion are reported together, because
/// the usual cause is a missing line above them.
pub(super) fn unknown_keys<'t>(
    members: impl Iterator<Item = Entry<'t>>,
    kind: Kind,
) -> Vec<DiagnosticBuilder<'t>> {
    let object = kind.object();
    let unknown = members.map(|entry| (entry.key, entry.name())).filter(|(_, name)| {
        let is_extension = object.extensible && name.starts_with("x-");
        object.others.is_none() && object.field(name).is_none() && !is_extension
    });
    let (mut diagnostics, mut others) = (Vec::new(), Vec::new());
    for (key, name) in unknown {
        match suggestion(name, kind) {
            Some(help) => diagnostics.push(unknown_key(key, object, &[name]).help(help)),
            None => others.push((key, name)),
        }
    }
    let names: Vec<&str> = others.iter().map(|(_, name)| *name).collect();
    let first = others.first().map(|(key, _)| unknown_key(*key, object, &names));
    diagnostics.extend(first.map(|diagnostic| diagnostic.help(remedy(object, &names))));
    diagnostics
}

fn unknown_key<'t>(key: Node<'t>, object: &Object, names: &[&str]) -> DiagnosticBuilder<'t> {
    UNKNOWN_KEY.at(key, format!("{} cannot have {}", object.name, join_or_count(names)))
}

/// Suggests a replacement for an unknown key.
fn suggestion(name: &str, kind: Kind) -> Option<String> {
    let near = || spelling::nearest(name, kind.object().fields.iter().map(|field| field.name));
    other_version_keys::advice(kind, name)
        .map(ToOwned::to_owned)
        .or_else(|| Some(format!("write `{}`", near()?)))
}

fn remedy(object: &Object, names: &[&str]) -> String {
    match (names, object.extensible) {
        ([name], true) => format!("remove it, or rename it to `x-{name}`"),
        ([_], false) => "remove it".to_owned(),
        (_, true) => {
            "remove them, prefix them with `x-`, or add the line that is missing above".to_owned()
        }
        (_, false) => "remove them, or add the line that is missing above".to_owned(),
    }
}

/// Reports a member that was written in place of a media type.
pub(super) fn missing_media_type(key: Node<'_>) -> DiagnosticBuilder<'_> {
    let message = format!("`{}` is not a media type", key.text().unwrap_or_default());
    INVALID_KEY.at(key, message).help("move it under a media type such as `application/json`")
}

/// Reports a misspelled `$ref`.
pub(super) fn misspelled_reference(entry: Entry<'_>, kind: Kind) -> DiagnosticBuilder<'_> {
    unknown_key(entry.key, kind.object(), &[entry.name()]).help("write `$ref`")
}

/// Reports a sibling of `$ref`, which OpenAPI 3.0 ignores.
pub(super) fn ignored_beside_reference(entry: Entry<'_>, kind: Kind) -> DiagnosticBuilder<'_> {
    let message = format!("`{}` has no effect next to `$ref`", entry.name());
    IGNORED_BESIDE_REFERENCE.at(entry.key, message).help(match (kind, entry.name()) {
        // `nullable` has an effect only in a schema with a type.
        (Kind::Schema, "nullable") => {
            "move the reference into `allOf`, and add the type next to it, or remove this member"
        }
        (Kind::Schema, _) => "move the reference into `allOf`, or remove this member",
        _ => "remove it, or move it to the target of the reference",
    })
}

/// Reports a node that does not have the expected type.
pub(super) fn wrong_type(node: Node<'_>, shape: Shape) -> DiagnosticBuilder<'_> {
    let found = match (shape, node.value()) {
        (Shape::Count, Value::Number(text)) => format!("`{text}`"),
        _ if is_too_large(node) => "too large for 64 bits".to_owned(),
        (_, value) => value.describe().to_owned(),
    };
    let message = format!("{} must be {} but is {found}", describe(node), expected(shape));
    let diagnostic = WRONG_TYPE.at(node, message);
    match other_version_keys::advice_on_type(node)
        .map(ToOwned::to_owned)
        .or_else(|| fix(node, shape))
    {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// Suggests how to change a node to the expected type, if that can be guessed.
fn fix(node: Node<'_>, shape: Shape) -> Option<String> {
    let text = node.text().unwrap_or_default();
    Some(match (shape, node.value()) {
        (_, Value::Null) if node.name() == Some("$ref") => {
            "put its value in quotes, because `#` begins a comment".to_owned()
        }
        (_, Value::Null) => "give it a value, or remove it".to_owned(),
        (
            Shape::Text | Shape::Word(_) | Shape::Url | Shape::WholeUrl | Shape::Email,
            Value::Bool(_) | Value::Number(_),
        ) => {
            format!("put it in quotes: `'{text}'`")
        }
        (Shape::Bool | Shape::SchemaOrBool, Value::String("true" | "false")) => {
            format!("write `{text}` without quotes")
        }
        (Shape::Bool, _) => {
            unambiguous(node, "boolean").unwrap_or_else(|| "write `true` or `false`".to_owned())
        }
        (Shape::Number | Shape::Count, Value::String(_))
            if is_quoted(node) && text.parse().is_ok_and(f64::is_finite) =>
        {
            format!("write `{text}` without quotes")
        }
        (Shape::Number, _) if is_too_large(node) => {
            "write a smaller number, or remove it".to_owned()
        }
        (Shape::Number, Value::String(_)) => unambiguous(node, "number")?,
        (Shape::Count, Value::String(_) | Value::Number(_)) => unambiguous(node, "count")?,
        (Shape::List(_) | Shape::NonEmptyList(_), Value::Object) => {
            "begin each item with `- `".to_owned()
        }
        (Shape::List(Shape::Text) | Shape::NonEmptyList(_), Value::String(_)) => {
            format!("put it in brackets: `[{text}]`")
        }
        (Shape::Referable(Kind::Schema), Value::String(_)) if text.starts_with("#/") => {
            format!("write `{{ $ref: '{text}' }}`")
        }
        (Shape::Referable(Kind::Schema), Value::String(_)) => format!("write `{{ type: {text} }}`"),
        _ => return None,
    })
}

/// Returns true for an unquoted number that exceeds the range of numbers, so YAML reads it as text.
fn is_too_large(node: Node<'_>) -> bool {
    let text = node.as_str().filter(|text| text.contains(|char: char| char.is_ascii_digit()));
    !is_quoted(node) && text.is_some_and(|text| text.parse().is_ok_and(f64::is_infinite))
}

fn is_quoted(node: Node<'_>) -> bool {
    node.scalar().is_some_and(|scalar| scalar.style == Style::Quoted)
}

/// Describes the expected value, with its article.
fn expected(shape: Shape) -> String {
    match shape {
        Shape::Any => "a value".to_owned(),
        Shape::Text | Shape::Url | Shape::WholeUrl | Shape::Email => "a string".to_owned(),
        Shape::Word(words) => join_or(words),
        Shape::Bool => "a boolean".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Count => "a non-negative integer".to_owned(),
        Shape::Object(kind) => described(kind),
        Shape::Referable(kind) => format!("{} or a reference", described(kind)),
        Shape::SchemaOrBool => "a schema, a reference or a boolean".to_owned(),
        Shape::List(_) | Shape::NonEmptyList(_) => "an array".to_owned(),
        Shape::Map(_) | Shape::Named(_) => "an object".to_owned(),
    }
}

/// Describes a kind with its article. A kind without an article in its name is "an object", because the message already
/// names its key.
fn described(kind: Kind) -> String {
    let name = kind.object().name;
    if name.starts_with("a ") || name.starts_with("an ") { name } else { "an object" }.to_owned()
}
