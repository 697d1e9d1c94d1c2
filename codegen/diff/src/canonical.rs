//! Prints values so that equal values have equal texts, regardless of layout and the order of members.

use std::collections::BTreeMap;

use document::{Node, exact};

/// Prints a value with sorted members.
pub(crate) fn canonical(node: Node<'_>) -> String {
    if node.is_object() {
        let members: BTreeMap<&str, String> =
            node.entries().map(|entry| (entry.name(), canonical(entry.value))).collect();
        let members: Vec<String> =
            members.iter().map(|(name, value)| format!("{name:?}: {value}")).collect();
        return format!("{{ {} }}", members.join(", "));
    }
    if node.is_array() {
        let items: Vec<String> = node.items().map(canonical).collect();
        return format!("[{}]", items.join(", "));
    }
    exact::text(&exact::value(node))
}
