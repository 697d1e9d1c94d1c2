//! How messages name things.

use super::tree::Node;

/// What a message calls a node: its key, or the list in which it stands.
pub fn describe(node: Node<'_>) -> String {
    if let Some(name) = node.name() {
        return format!("`{name}`");
    }
    let around = std::iter::successors(node.parent(), |node| node.parent());
    match around.enumerate().find_map(|(depth, node)| Some((depth, node.name()?))) {
        Some((0, list)) => format!("an item of `{list}`"),
        Some((_, list)) => format!("an item within `{list}`"),
        None => "the document".to_owned(),
    }
}

/// Words as an enumeration: "`a`, `b` or `c`".
pub fn join_or(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", first.join(", "))
        }
    }
}

/// Keys as an enumeration of which nobody tires.
pub(crate) fn some_of(keys: &[&str]) -> String {
    const MANY: usize = 4;
    match keys {
        [one, two, three, rest @ ..] if keys.len() > MANY => {
            format!("`{one}`, `{two}`, `{three}` or {} more of its keys", rest.len())
        }
        _ => join_or(keys),
    }
}
