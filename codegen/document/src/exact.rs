//! JSON values whose numbers keep their digits.
//!
//! serde_json parses `100.10` and `100.1` to the same float. Here a number is an object with the single member
//! `$number`, whose value is the text of the number, so `==` compares digits. serde_json's feature
//! `arbitrary_precision` would do the same, but for every crate in the build.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json, value::RawValue};

use crate::{
    pointer,
    tree::{Node, json_with},
};

const NUMBER: &str = "$number";

/// Parses JSON.
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

/// Returns the value of a node with its descendants. Resolves aliases, and keeps the first of duplicate keys.
pub fn value(node: Node<'_>) -> Value {
    json_with(node, number_of_yaml)
}

/// Converts a YAML number, including forms that JSON does not have, such as `+1`, `.5` and `0x1F`.
fn number_of_yaml(text: &str) -> Value {
    match json_number(text) {
        Some(json) => number(&json),
        None => match serde_yaml::from_str(text) {
            Ok(Value::Number(value)) => number(&value.to_string()),
            other => other.unwrap_or_default(),
        },
    }
}

/// Converts a decimal YAML number to a JSON number with the same digits.
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

/// Returns the text of a number from the members of the object that represents it.
pub fn digits(members: &Map<String, Value>) -> Option<&str> {
    members.get(NUMBER)?.as_str()
}

/// Prints a value as JSON on one line.
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

/// A difference between two values.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    pub at: String,
    pub left: String,
    pub right: String,
}

/// Returns the differences between two values. The order of members does not matter.
///
/// For arrays of different lengths, returns only the first difference, because an added or removed item shifts all
/// items after it.
pub fn differences(left: &Value, right: &Value) -> Vec<Difference> {
    differences_at("", Some(left), Some(right))
}

fn differences_at(at: &str, left: Option<&Value>, right: Option<&Value>) -> Vec<Difference> {
    if left == right {
        return Vec::new();
    }
    match (left, right) {
        (Some(Value::Object(left)), Some(Value::Object(right)))
            if digits(left).or(digits(right)).is_none() =>
        {
            let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
            let differences = names.into_iter().flat_map(|name| {
                let at = format!("{at}/{}", pointer::escape(name));
                differences_at(&at, left.get(name), right.get(name))
            });
            differences.collect()
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            let most = if left.len() == right.len() { usize::MAX } else { 1 };
            let differences = (0..left.len().max(right.len())).flat_map(|index| {
                differences_at(&format!("{at}/{index}"), left.get(index), right.get(index))
            });
            differences.take(most).collect()
        }
        _ => vec![Difference { at: at.to_owned(), left: describe(left), right: describe(right) }],
    }
}

fn describe(value: Option<&Value>) -> String {
    match value {
        None => "absent".to_owned(),
        Some(Value::Object(members)) => match digits(members) {
            Some(number) => format!("`{number}`"),
            None => "an object".to_owned(),
        },
        Some(Value::Array(_)) => "an array".to_owned(),
        Some(scalar) => format!("`{scalar}`"),
    }
}
