//! What an author may have meant.

use super::{model::Kind, tree::Node};

/// The candidate that a word resembles most, if any does.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = folded(word);
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(&word, candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How far a candidate is from a folded word, if not too far.
fn distance(word: &str, candidate: &str) -> Option<usize> {
    // As rustc has it: a third of the letters may be wrong.
    let most = candidate.len().max(3) / 3;
    let candidate = folded(candidate);
    // Each step changes the length by one at most, which is seen sooner than the steps are counted.
    let steps = word.chars().count().abs_diff(candidate.chars().count());
    (steps <= most).then(|| strsim::damerau_levenshtein(word, &candidate)).filter(|it| *it <= most)
}

/// Whether a member that the model does not know looks like a name that it knows.
pub(crate) fn has_misspelling(node: Node<'_>, kind: Option<Kind>, name: &str) -> bool {
    let Some(kind) = kind else { return false };
    let fields = kind.object().fields;
    let known = |key: &str| kind.object().field(key).is_some();
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
