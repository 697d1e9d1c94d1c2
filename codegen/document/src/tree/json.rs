//! The tree as a JSON value.

use serde_json::{Map, Value as Json};

use super::{Node, Value};

impl Node<'_> {
    /// The node with all that is in it: aliases are resolved, the first of equal keys counts, and a number has
    /// the precision of serde_json's.
    pub fn json(self) -> Json {
        match self.value() {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(value),
            Value::Number(text) => number(text),
            Value::String(text) => Json::String(text.to_owned()),
            Value::Array => self.items().map(Node::json).collect(),
            Value::Object => Json::Object(self.members()),
        }
    }

    fn members(self) -> Map<String, Json> {
        let mut members = Map::new();
        for entry in self.entries() {
            members.entry(entry.name()).or_insert_with(|| entry.value.json());
        }
        members
    }
}

/// A number of YAML, which may have a sign, a radix or no digits at all.
fn number(text: &str) -> Json {
    serde_json::from_str(text)
        .or_else(|_| serde_yaml::from_str(text))
        .unwrap_or_else(|_| Json::String(text.to_owned()))
}
