//! Describes in words the schema constraints that a Rust type cannot express.

use document::{
    Node, Value,
    exact::{self, digits},
    integers::Width,
};

use crate::markdown;

/// Returns sentences on the bounds, values, format and default of a schema, as written in the document.
pub(super) fn of(schema: Node<'_>) -> Option<String> {
    let facts: Vec<String> = [bounds(schema), values(schema), format(schema), default(schema)]
        .into_iter()
        .flatten()
        .collect();
    (!facts.is_empty()).then(|| facts.join(" "))
}

/// Returns the default, unless it is null: every optional member can be absent.
fn default(schema: Node<'_>) -> Option<String> {
    let value = schema.get("default").filter(|value| value.value() != Value::Null)?;
    Some(format!("Default: {}.", markdown::code(&text(value))))
}

fn bounds(schema: Node<'_>) -> Option<String> {
    let least = if schema.is_true("exclusiveMinimum") { "more than" } else { "at least" };
    let most = if schema.is_true("exclusiveMaximum") { "less than" } else { "at most" };
    let bounds = [("minimum", least), ("maximum", most), ("multipleOf", "a multiple of")];
    let bounds = bounds
        .iter()
        .filter_map(|(keyword, words)| Some(format!("{words} `{}`", number(schema, keyword)?)));
    sentence(&bounds.collect::<Vec<_>>().join(", "))
}

/// Describes the values of a numeric enum, for which typify generates no enum.
fn values(schema: Node<'_>) -> Option<String> {
    is_numeric(schema).then_some(())?;
    let values = schema.get("enum").filter(|values| values.is_array())?.items();
    let values = values.filter(|value| value.value() != Value::Null);
    let values: Vec<String> = values.map(|value| format!("`{}`", text(value))).collect();
    sentence(&format!("one of {}", values.join(", ")))
}

/// Describes the format of an integer if no Rust type corresponds to it.
fn format(schema: Node<'_>) -> Option<String> {
    let format = schema.get_str("format").filter(|_| is_a(schema, "integer"))?;
    let has_type = Width::of_format(format).is_some_and(|width| width.format == format);
    (!has_type).then(|| format!("Format: {}.", markdown::code(format)))
}

/// Returns the exact digits of a keyword's number.
pub(super) fn number(schema: Node<'_>, keyword: &str) -> Option<String> {
    let number = schema.get(keyword).filter(|number| number.as_number().is_some())?;
    digits(exact::value(number).as_object()?).map(str::to_owned)
}

fn text(value: Node<'_>) -> String {
    exact::text(&exact::value(value))
}

fn is_numeric(schema: Node<'_>) -> bool {
    is_a(schema, "number") || is_a(schema, "integer")
}

fn is_a(schema: Node<'_>, name: &str) -> bool {
    schema.get_str("type") == Some(name)
}

fn sentence(words: &str) -> Option<String> {
    let first = words.chars().next()?;
    Some(format!("{}{}.", first.to_uppercase(), &words[first.len_utf8()..]))
}
