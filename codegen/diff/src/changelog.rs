//! Writes the lines that the changelog needs.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    change::Change,
    rule::{Area, Severity},
};

/// Returns a line for each type or operation that changes for callers in Rust, and for each break on the wire that the
/// compiler does not show to them.
pub(crate) fn lines(changes: &[Change]) -> Vec<String> {
    let mut lines = Vec::new();
    let rust = || {
        changes.iter().filter(|it| {
            it.area == Area::Rust && !it.is_mock && it.severity > Severity::Documentation
        })
    };
    for (severity, beginning) in
        [(Severity::Breaking, "- **Breaking:** "), (Severity::Compatible, "- ")]
    {
        let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for change in rust().filter(|it| it.severity == severity) {
            let group = groups.entry(owner(change)).or_default();
            group.push(what(change).to_owned());
        }
        lines.extend(groups.into_values().map(|group| format!("{beginning}{}.", joined(&group))));
    }
    let breaks = rust().filter(|it| it.severity == Severity::Breaking);
    let shown: BTreeSet<&str> = breaks.map(|change| change.pointer.as_str()).collect();
    let hidden = changes.iter().filter(|it| {
        it.area == Area::Wire
            && it.severity == Severity::Breaking
            && !shown.contains(it.pointer.as_str())
    });
    lines.extend(hidden.map(|change| format!("- **Breaking:** {}.", capitalized(&change.message))));
    lines
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
