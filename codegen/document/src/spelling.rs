//! Suggests corrections for misspelled names.

use super::{model::Kind, tree::Node};

/// Returns the candidate that is most similar to a word, if any is similar enough.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = folded(word);
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(&word, candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns the edit distance between a normalized word and a candidate, unless it is too large for a misspelling.
fn distance(word: &str, candidate: &str) -> Option<usize> {
    // rustc has the same limit: a third of the letters.
    let most = candidate.len().max(3) / 3;
    let candidate = folded(candidate);
    // The difference in length is a lower bound for the distance, and is much faster to compute.
    let difference = word.chars().count().abs_diff(candidate.chars().count());
    (difference <= most)
        .then(|| strsim::damerau_levenshtein(word, &candidate))
        .filter(|it| *it <= most)
}

/// Returns true if an unknown member of a node looks like a misspelling of this name.
pub(crate) fn has_misspelling(node: Node<'_>, kind: Option<Kind>, name: &str) -> bool {
    let Some(kind) = kind else { return false };
    let fields = kind.object().fields;
    let known = |key: &str| kind.object().field(key).is_some();
    node.entries()
        .filter_map(|entry| entry.key.text())
        .filter(|key| !known(key) && !key.starts_with("x-"))
        .any(|key| nearest(key, fields.iter().map(|field| field.name)) == Some(name))
}

/// Normalizes case and removes separators, because most mistakes are in these.
fn folded(word: &str) -> String {
    word.chars()
        .filter(|letter| !matches!(letter, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}
