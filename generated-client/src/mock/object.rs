//! JSON objects that keep the text of their values, and therefore every digit of a number.

use std::collections::BTreeMap;

use serde_json::{Value, value::RawValue};

/// A JSON object, with the text of each value.
#[derive(Clone, Debug, Default)]
pub(super) struct Object(BTreeMap<String, Box<RawValue>>);

impl Object {
    /// Parses JSON text; `None` if it is not an object.
    pub(super) fn parse(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok().map(Self)
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(&self.0).expect("its values are JSON")
    }

    /// Returns the JSON text of a member.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.get())
    }

    /// Sets a member to a value in JSON text.
    pub(super) fn set(&mut self, name: &str, json: String) {
        let value = RawValue::from_string(json).expect("it was JSON before");
        self.0.insert(name.to_owned(), value);
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Returns whether a member is the same in both objects. An absent member equals null.
    pub(super) fn agrees(&self, other: &Self, name: &str) -> bool {
        let null = "null";
        let (one, other) = (self.get(name).unwrap_or(null), other.get(name).unwrap_or(null));
        // Scalars are compared as text, because deserialized numbers do not keep all their digits.
        one == other || one.starts_with(['{', '[']) && parsed(one) == parsed(other)
    }
}

fn parsed(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}
