//! Describes in words what a schema says about its values and a Rust type cannot.

use document::{
    exact::{self, digits},
    integers::Width,
};
use serde_json::Value;

use crate::markdown;

/// Returns sentences on the bounds, values, format and default of a schema, as the document writes them.
pub(super) fn of(schema: &Value) -> Option<String> {
    let facts: Vec<String> = [bounds(schema), values(schema), format(schema), default(schema)]
        .into_iter()
        .flatten()
        .collect();
    (!facts.is_empty()).then(|| facts.join(" "))
}

/// Returns the default, unless it is null: every optional member can be absent.
fn default(schema: &Value) -> Option<String> {
    let value = schema.get("default").filter(|value| !value.is_null())?;
    Some(format!("Default: {}.", markdown::code(&exact::text(value))))
}

fn bounds(schema: &Value) -> Option<String> {
    let excludes = |flag: &str| schema[flag] == true;
    let least = if excludes("exclusiveMinimum") { "more than" } else { "at least" };
    let most = if excludes("exclusiveMaximum") { "less than" } else { "at most" };
    let bounds = [("minimum", least), ("maximum", most), ("multipleOf", "a multiple of")];
    let bounds = bounds
        .iter()
        .filter_map(|(keyword, words)| Some(format!("{words} `{}`", number(schema, keyword)?)));
    sentence(&bounds.collect::<Vec<_>>().join(", "))
}

/// Returns the values of an enum of numbers, for which typify generates no enum.
fn values(schema: &Value) -> Option<String> {
    is_numeric(schema).then_some(())?;
    let values = schema["enum"].as_array()?.iter().filter(|value| !value.is_null());
    let values: Vec<String> = values.map(|value| format!("`{}`", exact::text(value))).collect();
    sentence(&format!("one of {}", values.join(", ")))
}

/// Returns the format of an integer that has no Rust type of its own.
fn format(schema: &Value) -> Option<String> {
    let format = schema["format"].as_str().filter(|_| schema["type"] == "integer")?;
    let has_type = Width::of_format(format).is_some_and(|width| width.format == format);
    (!has_type).then(|| format!("Format: {}.", markdown::code(format)))
}

pub(super) fn number<'v>(schema: &'v Value, keyword: &str) -> Option<&'v str> {
    digits(schema.get(keyword)?.as_object()?)
}

fn is_numeric(schema: &Value) -> bool {
    schema["type"] == "number" || schema["type"] == "integer"
}

fn sentence(words: &str) -> Option<String> {
    let first = words.chars().next()?;
    Some(format!("{}{}.", first.to_uppercase(), &words[first.len_utf8()..]))
}
