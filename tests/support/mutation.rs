//! Changes to a document, each at one location.

use serde_json::{Value, json};

/// A change to a node.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    Drop,
    /// Adds an unknown member to an object.
    Extend,
    /// Adds a copy of the node as a sibling with another name.
    Duplicate,
    /// Renames the node.
    Rename,
    Null,
    Number,
    Text,
    Flag,
    List,
    Object,
    /// Keeps only the first half of a string, array or object.
    Halve,
}

impl Change {
    pub const ALL: [Self; 11] = [
        Self::Drop,
        Self::Extend,
        Self::Duplicate,
        Self::Rename,
        Self::Null,
        Self::Number,
        Self::Text,
        Self::Flag,
        Self::List,
        Self::Object,
        Self::Halve,
    ];

    /// Applies the change to the node at this pointer. The node must exist.
    pub fn apply(self, document: &mut Value, pointer: &str) {
        match self {
            Self::Drop => drop(take(document, pointer)),
            Self::Duplicate => duplicate(document, pointer, "Again"),
            Self::Rename => {
                duplicate(document, pointer, "s");
                drop(take(document, pointer));
            }
            _ => self.replace(document.pointer_mut(pointer).unwrap()),
        }
    }

    fn replace(self, node: &mut Value) {
        match (self, node) {
            (Self::Extend, Value::Object(members)) => {
                members.insert("unknown".to_owned(), json!({}));
            }
            (Self::Halve, Value::Object(members)) => {
                let kept = members.len() / 2;
                *members = std::mem::take(members).into_iter().take(kept).collect();
            }
            (Self::Halve, Value::Array(items)) => items.truncate(items.len() / 2),
            (Self::Halve, Value::String(text)) => {
                *text = text.chars().take(text.chars().count() / 2).collect();
            }
            (Self::Null, node) => *node = Value::Null,
            (Self::Number, node) => *node = json!(-1),
            (Self::Text, node) => *node = json!("text"),
            (Self::Flag, node) => *node = json!(true),
            (Self::List, node) => *node = json!([node.take()]),
            (Self::Object, node) => *node = json!({ "text": node.take() }),
            _ => {}
        }
    }
}

/// Returns the JSON pointers of all descendants of a value.
pub fn pointers(value: &Value) -> Vec<String> {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
            members.iter().map(|(name, value)| (escaped(name), value)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        _ => Vec::new(),
    };
    members
        .into_iter()
        .flat_map(|(step, value)| {
            let below = pointers(value).into_iter().map(|pointer| format!("/{step}{pointer}"));
            [format!("/{step}")].into_iter().chain(below.collect::<Vec<_>>())
        })
        .collect()
}

fn take(document: &mut Value, pointer: &str) -> Value {
    let (parent, step) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(members) => members.remove(&unescaped(step)).unwrap(),
        Value::Array(items) => items.remove(step.parse().unwrap()),
        _ => unreachable!("a pointer passes through objects and arrays"),
    }
}

fn duplicate(document: &mut Value, pointer: &str, suffix: &str) {
    let node = document.pointer(pointer).unwrap().clone();
    let (parent, step) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(members) => {
            members.insert(unescaped(step) + suffix, node);
        }
        Value::Array(items) => items.push(node),
        _ => unreachable!("a pointer passes through objects and arrays"),
    }
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
