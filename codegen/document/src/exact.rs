//! JSON values that keep the digits of their numbers.
//!
//! serde_json and serde_yaml read `100.10` and `100.1` into the same binary fraction. Here a number is
//! an object whose one member, `$number`, is its text as written, so that `==` compares digits.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value, json, value::RawValue};

use super::pointer;

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

/// The value of a YAML text.
///
/// # Errors
///
/// What keeps the text from being YAML that JSON can express.
pub fn yaml(text: &str) -> serde_yaml::Result<Value> {
    let shape: Value = serde_yaml::from_str(text)?;
    Shaped(&shape).deserialize(serde_yaml::Deserializer::from_str(text))
}

fn number(text: &str) -> Value {
    json!({ NUMBER: text })
}

/// Reads a YAML value whose shape is known: where a number stands, as the text of the scalar.
///
/// The parser tells whether a scalar is a number only at the price of its digits; hence two readings.
#[derive(Clone, Copy)]
struct Shaped<'a>(&'a Value);

impl<'de> DeserializeSeed<'de> for Shaped<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.0 {
            Value::Number(_) => String::deserialize(deserializer).map(|text| number(&text)),
            Value::Array(_) => deserializer.deserialize_seq(self),
            Value::Object(_) => deserializer.deserialize_map(self),
            _ => Value::deserialize(deserializer),
        }
    }
}

impl<'de> Visitor<'de> for Shaped<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value that was there before")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Shaped(&self.0[items.len()]))? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            let value = access.next_value_seed(Shaped(&self.0[&name]))?;
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}

/// The text of the number that an object stands for, if it does.
#[must_use]
pub fn digits(members: &Map<String, Value>) -> Option<&str> {
    members.get(NUMBER)?.as_str()
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
