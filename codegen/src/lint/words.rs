//! How messages name things.

use super::tree::Node;

/// What a message calls a node: its key, or the list in which it stands.
pub(crate) fn called(node: Node<'_>) -> String {
    match (node.name(), node.parent().and_then(Node::name)) {
        (Some(name), _) => format!("`{name}`"),
        (None, Some(list)) => format!("an item of `{list}`"),
        (None, None) => "the document".to_owned(),
    }
}

/// Words as an enumeration: "`a`, `b` or `c`".
pub(crate) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", first.join(", "))
        }
    }
}
