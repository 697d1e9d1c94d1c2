//! What an author may have meant.

use super::{model::Kind, tree::Node};

/// The candidate that a word resembles most, if any does.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let word = folded(word);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &folded(candidate)), candidate))
        // As rustc has it: a third of the letters may be wrong.
        .filter(|(distance, candidate)| *distance <= candidate.len().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether a member that the model does not know looks like a name that it knows.
pub(crate) fn has_misspelling(node: Node<'_>, kind: Option<Kind>, name: &str) -> bool {
    let Some(kind) = kind else { return false };
    let fields = kind.object().fields;
    let known = |key: &str| fields.iter().any(|field| field.name == key);
    node.entries()
        .filter_map(|entry| entry.key.text())
        .filter(|key| !known(key) && !key.starts_with("x-"))
        .any(|key| nearest(key, fields.iter().map(|field| field.name)) == Some(name))
}

/// Without case and separators, which are mistaken most often.
fn folded(word: &str) -> String {
    word.chars()
        .filter(|letter| !matches!(letter, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}
