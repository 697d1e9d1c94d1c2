//! JSON values that keep the digits of their numbers.
//!
//! serde_json reads `100.10` and `100.1` into the same binary fraction. Here a number is
//! an object whose one member, `$number`, is its text as written, so that `==` compares digits.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json, value::RawValue};

use crate::{
    pointer,
    tree::{self, Node},
};

const NUMBER: &str = "$number";

/// The value of a JSON text.
///
/// # Errors
///
/// What keeps the text from being JSON.
pub fn json(text: &str) -> serde_json::Result<Value> {
    match text.trim_start().as_bytes().first() {
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
            members.into_iter().map(|(name, value)| Ok((name, json(value.get())?))).collect()
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            items.into_iter().map(|item| json(item.get())).collect()
        }
        Some(b'-' | b'0'..=b'9') => {
            serde_json::from_str(text).map(|raw: &RawValue| number(raw.get()))
        }
        _ => serde_json::from_str(text),
    }
}

/// Returns the value of a node, with aliases resolved; the first of equal keys counts.
#[must_use]
pub fn value(node: Node<'_>) -> Value {
    match node.value() {
        tree::Value::Null => Value::Null,
        tree::Value::Bool(value) => Value::Bool(value),
        tree::Value::Number(text) => number_of_yaml(text),
        tree::Value::String(text) => Value::String(text.to_owned()),
        tree::Value::Array => node.items().map(value).collect(),
        tree::Value::Object => members(node).into(),
    }
}

fn members(node: Node<'_>) -> Map<String, Value> {
    let mut members = Map::new();
    for entry in node.entries() {
        members.entry(entry.name()).or_insert_with(|| value(entry.value));
    }
    members
}

/// A number of YAML with the same digits in JSON, which knows neither `+1` nor `.5` nor `0x1F`.
fn number_of_yaml(text: &str) -> Value {
    match json_number(text) {
        Some(json) => number(&json),
        None => match serde_yaml::from_str(text) {
            Ok(Value::Number(value)) => number(&value.to_string()),
            other => other.unwrap_or_default(),
        },
    }
}

/// A decimal number of YAML with the same digits in JSON.
fn json_number(text: &str) -> Option<String> {
    let unsigned = text.trim_start_matches(['+', '-']);
    let sign = if text.starts_with('-') { "-" } else { "" };
    let zero = if unsigned.starts_with('.') { "0" } else { "" };
    let json = format!("{sign}{zero}{unsigned}");
    let is_json = serde_json::from_str::<&RawValue>(&json).is_ok_and(|raw| raw.get() == json);
    is_json.then_some(json)
}

fn number(text: &str) -> Value {
    json!({ NUMBER: text })
}

/// The text of the number that an object stands for, if it does.
#[must_use]
pub fn digits(members: &Map<String, Value>) -> Option<&str> {
    members.get(NUMBER)?.as_str()
}

/// The JSON text of a value, in one line.
#[must_use]
pub fn text(value: &Value) -> String {
    match value {
        Value::Object(members) => match digits(members) {
            Some(number) => number.to_owned(),
            None => {
                let members = members.iter();
                let members: Vec<String> = members
                    .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), text(value)))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
        },
        Value::Array(items) => {
            format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// The first place at which two values differ.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The place, as a JSON pointer.
    pub at: String,
    /// What is there on the left.
    pub left: String,
    /// What is there on the right.
    pub right: String,
}

/// How two values differ, if they do; the order of members does not count.
#[must_use]
pub fn difference(left: &Value, right: &Value) -> Option<Difference> {
    difference_at("", Some(left), Some(right))
}

fn difference_at(at: &str, left: Option<&Value>, right: Option<&Value>) -> Option<Difference> {
    if left == right {
        return None;
    }
    match (left, right) {
        (Some(Value::Object(left)), Some(Value::Object(right)))
            if !(is_number(left) || is_number(right)) =>
        {
            let mut names = left.keys().chain(right.keys());
            names.find_map(|name| {
                difference_at(
                    &format!("{at}/{}", pointer::escape(name)),
                    left.get(name),
                    right.get(name),
                )
            })
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => (0..left.len().max(right.len()))
            .find_map(|index| {
                difference_at(&format!("{at}/{index}"), left.get(index), right.get(index))
            }),
        _ => Some(Difference { at: at.to_owned(), left: shown(left), right: shown(right) }),
    }
}

fn is_number(members: &Map<String, Value>) -> bool {
    members.contains_key(NUMBER)
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None => "absent".to_owned(),
        Some(Value::Object(members)) => match members.get(NUMBER) {
            Some(text) => format!("`{}`", text.as_str().unwrap_or_default()),
            None => "an object".to_owned(),
        },
        Some(Value::Array(_)) => "an array".to_owned(),
        Some(scalar) => format!("`{scalar}`"),
    }
}
