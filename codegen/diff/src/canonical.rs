//! Prints values so that equal values are printed the same, regardless of layout and member order.

use std::collections::BTreeMap;

use document::{Node, Value, exact};

/// Prints a value with sorted members.
pub(crate) fn canonical(node: Node<'_>) -> String {
    let mut text = String::new();
    print(node, &mut text);
    text
}

fn print(node: Node<'_>, text: &mut String) {
    match node.value() {
        Value::Object => {
            let members: BTreeMap<&str, Node<'_>> =
                node.entries().map(|entry| (entry.name(), entry.value)).collect();
            text.push_str("{ ");
            for (index, (name, value)) in members.into_iter().enumerate() {
                let separator = if index == 0 { "" } else { ", " };
                text.extend([separator, &quoted(name), ": "]);
                print(value, text);
            }
            text.push_str(" }");
        }
        Value::Array => {
            text.push('[');
            for (index, item) in node.items().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                print(item, text);
            }
            text.push(']');
        }
        Value::String(string) => text.push_str(&quoted(string)),
        _ => text.push_str(&exact::text(&exact::value(node))),
    }
}

/// Returns a string as JSON.
fn quoted(string: &str) -> String {
    exact::text(&string.into())
}
