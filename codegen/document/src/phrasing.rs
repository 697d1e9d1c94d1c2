//! Phrases for messages.

use super::tree::Node;

/// Describes a node for a message by its key, or by the list that contains it.
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

/// Returns a count with its noun: "1 page", "2 pages", "2 entries", "2 statuses".
pub fn counted(count: usize, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if count == 1 => format!("1 {noun}"),
        Some(stem) => format!("{count} {stem}ies"),
        None if noun.ends_with('s') => format!("{count} {noun}es"),
        None => format!("{count} {noun}s"),
    }
}

/// Joins words: "`a`, `b` or `c`".
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

/// Joins up to four keys. If there are more, lists three and counts the others.
pub(crate) fn join_or_count(keys: &[&str]) -> String {
    const MANY: usize = 4;
    match keys {
        [one, two, three, rest @ ..] if keys.len() > MANY => {
            format!("`{one}`, `{two}`, `{three}` or {} other keys", rest.len())
        }
        _ => join_or(keys),
    }
}
