//! Writes the lines that the changelog needs.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    change::Change,
    rule::{Area, Severity},
};

/// Returns a line for each type or operation that changes for callers in Rust, and for each break on the wire that the
/// compiler does not reveal.
pub(crate) fn lines(changes: &[Change]) -> Vec<String> {
    let of = |area, severity| {
        let is_listed =
            move |it: &&Change| it.area == area && it.severity == severity && !it.is_mock;
        changes.iter().filter(is_listed)
    };
    let breaks: Vec<&Change> = of(Area::Rust, Severity::Breaking).collect();
    let shown: BTreeSet<&str> = breaks.iter().map(|change| change.pointer.as_str()).collect();
    let hidden =
        of(Area::Wire, Severity::Breaking).filter(|it| !shown.contains(it.pointer.as_str()));
    let breaking = grouped(breaks).chain(hidden.map(|it| capitalized(&it.message)));
    let compatible = grouped(of(Area::Rust, Severity::Compatible));
    let breaking = breaking.map(|line| format!("- **Breaking:** {line}."));
    breaking.chain(compatible.map(|line| format!("- {line}."))).collect()
}

/// Returns a sentence for each type or operation that changes.
fn grouped<'c>(changes: impl IntoIterator<Item = &'c Change>) -> impl Iterator<Item = String> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for change in changes {
        groups.entry(owner(change)).or_default().push(what(change).to_owned());
    }
    groups.into_values().map(|group| joined(&group))
}

/// Returns the type or the method that a change belongs to.
fn owner(change: &Change) -> String {
    let item = change.item.as_deref().unwrap_or_default();
    let end = item.find(['.', ':']).unwrap_or(item.len());
    match &item[..end] {
        "Client" => item.to_owned(),
        owner => owner.to_owned(),
    }
}

/// Returns the description of a change without its effect.
fn what(change: &Change) -> &str {
    change.message.rsplit_once(": ").map_or(&change.message, |(what, _)| what)
}

fn joined(parts: &[String]) -> String {
    capitalized(&parts.join("; "))
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
