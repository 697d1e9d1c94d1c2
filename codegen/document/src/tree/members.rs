//! Shorthands that read members of an object, and the conversion to JSON.

use serde_json::{Map, Value as Json};

use super::{Entry, Node, Value};

impl<'t> Node<'t> {
    /// Returns the value of a member, if it is a string.
    pub fn get_str(self, key: &str) -> Option<&'t str> {
        self.get(key)?.as_str()
    }

    /// Returns true if a member is `true`.
    pub fn is_true(self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// Returns the items of a member; none if it is absent or not an array.
    pub fn items_of(self, key: &str) -> impl DoubleEndedIterator<Item = Node<'t>> + use<'t> {
        self.get(key).into_iter().flat_map(Node::items)
    }

    /// Returns the entries of a member; none if it is absent or not an object.
    pub fn entries_of(self, key: &str) -> impl DoubleEndedIterator<Item = Entry<'t>> + use<'t> {
        self.get(key).into_iter().flat_map(Node::entries)
    }
}

impl Node<'_> {
    /// Converts the node and its descendants to JSON. Resolves aliases, keeps the first of duplicate keys, and reads
    /// numbers with the precision of serde_json.
    pub fn json(self) -> Json {
        json_with(self, number)
    }
}

/// Converts a node and its descendants to JSON, and the text of each number with a function.
pub(crate) fn json_with(node: Node<'_>, number: fn(&str) -> Json) -> Json {
    match node.value() {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(value),
        Value::Number(text) => number(text),
        Value::String(text) => Json::String(text.to_owned()),
        Value::Array => node.items().map(|item| json_with(item, number)).collect(),
        Value::Object => {
            let mut members = Map::new();
            for entry in node.entries() {
                members.entry(entry.name()).or_insert_with(|| json_with(entry.value, number));
            }
            members.into()
        }
    }
}

/// Converts a YAML number. Unlike JSON, YAML allows a plus sign, a radix prefix, and no digit before or after the
/// decimal point.
fn number(text: &str) -> Json {
    serde_json::from_str(text)
        .or_else(|_| serde_yaml::from_str(text))
        .unwrap_or_else(|_| Json::String(text.to_owned()))
}
