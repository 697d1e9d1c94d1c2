//! What breaks the object model, in words that help.

use crate::{
    model::{Field, Kind, Object, Shape},
    other_version_keys,
    phrasing::{describe, join_or, some_of},
    plain::unambiguous,
    rule::DiagnosticBuilder,
    spelling,
    structure::{INVALID_KEY, MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE},
    tree::{Entry, Node, Style, Value},
};

/// An object lacks a member.
pub(super) fn missing_key<'t>(
    node: Node<'t>,
    object: &Object,
    field: &Field,
) -> DiagnosticBuilder<'t> {
    let message = format!("{} must have `{}`", object.name, field.name);
    MISSING_KEY.at(node, message).help(format!("add `{}`", field.name))
}

/// An object has members that its kind does not know. Those of which nobody knows what is meant are one problem:
/// mostly the line above them is missing.
pub(super) fn unknown_keys<'t>(
    members: impl Iterator<Item = Entry<'t>>,
    kind: Kind,
) -> Vec<DiagnosticBuilder<'t>> {
    let object = kind.object();
    let unknown = members.map(|entry| (entry.key, entry.name())).filter(|(_, name)| {
        let is_extension = object.extensible && name.starts_with("x-");
        object.others.is_none() && object.field(name).is_none() && !is_extension
    });
    let (mut found, mut strange) = (Vec::new(), Vec::new());
    for (key, name) in unknown {
        match meant_by_key(name, kind) {
            Some(help) => found.push(unknown_key(key, object, &[name]).help(help)),
            None => strange.push((key, name)),
        }
    }
    let names: Vec<&str> = strange.iter().map(|(_, name)| *name).collect();
    let first = strange.first().map(|(key, _)| unknown_key(*key, object, &names));
    found.extend(first.map(|diagnostic| diagnostic.help(remedy(object, &names))));
    found
}

fn unknown_key<'t>(key: Node<'t>, object: &Object, names: &[&str]) -> DiagnosticBuilder<'t> {
    UNKNOWN_KEY.at(key, format!("{} cannot have {}", object.name, some_of(names)))
}

/// What to write instead of a key.
fn meant_by_key(name: &str, kind: Kind) -> Option<String> {
    let near = || spelling::nearest(name, kind.object().fields.iter().map(|field| field.name));
    other_version_keys::advice(kind, name)
        .map(ToOwned::to_owned)
        .or_else(|| Some(format!("write `{}`", near()?)))
}

fn remedy(object: &Object, names: &[&str]) -> String {
    match (names, object.extensible) {
        ([name], true) => format!("remove it, or call it `x-{name}`"),
        ([_], false) => "remove it".to_owned(),
        (_, true) => {
            "remove them, begin them with `x-`, or add a line that is missing above".to_owned()
        }
        (_, false) => "remove them, or add a line that is missing above".to_owned(),
    }
}

/// What says how a body looks stands where its media type should be.
pub(super) fn missing_media_type(key: Node<'_>) -> DiagnosticBuilder<'_> {
    let message = format!("`{}` is no media type", key.text().unwrap_or_default());
    INVALID_KEY.at(key, message).help("put it below a media type such as `application/json`")
}

/// A reference with a key like `ref`.
pub(super) fn misspelled_reference(entry: Entry<'_>, kind: Kind) -> DiagnosticBuilder<'_> {
    unknown_key(entry.key, kind.object(), &[entry.name()]).help("write `$ref`")
}

/// A node is not of the type that its place demands.
pub(super) fn wrong_type(node: Node<'_>, shape: Shape) -> DiagnosticBuilder<'_> {
    let found = match (shape, node.value()) {
        (Shape::Count, Value::Number(text)) => format!("`{text}`"),
        (_, value) => value.describe().to_owned(),
    };
    let message = format!("{} must be {} but is {found}", describe(node), expected(shape));
    let diagnostic = WRONG_TYPE.at(node, message);
    match other_version_keys::advice_on_type(node)
        .map(ToOwned::to_owned)
        .or_else(|| mend(node, shape))
    {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// How to make of a node what it should be, where that can be guessed.
fn mend(node: Node<'_>, shape: Shape) -> Option<String> {
    let text = node.text().unwrap_or_default();
    Some(match (shape, node.value()) {
        (_, Value::Null) if node.name() == Some("$ref") => {
            "put its value in quotes, for `#` begins a comment".to_owned()
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

fn is_quoted(node: Node<'_>) -> bool {
    node.scalar().is_some_and(|scalar| scalar.style == Style::Quoted)
}

/// What a shape is, with its article.
fn expected(shape: Shape) -> String {
    match shape {
        Shape::Any => "a value".to_owned(),
        Shape::Text | Shape::Url | Shape::WholeUrl | Shape::Email => "a string".to_owned(),
        Shape::Word(words) => join_or(words),
        Shape::Bool => "a boolean".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Count => "an integer of at least 0".to_owned(),
        Shape::Object(kind) => described(kind),
        Shape::Referable(kind) => format!("{} or a reference", described(kind)),
        Shape::SchemaOrBool => "a schema, a reference or a boolean".to_owned(),
        Shape::List(_) | Shape::NonEmptyList(_) => "an array".to_owned(),
        Shape::Map(_) | Shape::Named(_) => "an object".to_owned(),
    }
}

/// The kind with its article; "an object" where the kind is called by its key, which the message names.
fn described(kind: Kind) -> String {
    let name = kind.object().name;
    if name.starts_with("a ") || name.starts_with("an ") { name } else { "an object" }.to_owned()
}
