//! Compares the evidence for two documents: the vendor's messages and their errata.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::{
    change::Change,
    change::{File, Location},
    rule::{Area, Rule},
    rules::evidence::*,
};

/// The evidence for a document.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The vendor's messages, by file name as the report shows it.
    pub messages: BTreeMap<String, Vec<u8>>,
    /// The name of the errata file, as the report shows it.
    pub errata_name: String,
    /// The text of the errata file.
    pub errata: String,
    /// The prefix of these names that is not part of the path, such as a revision.
    pub prefix: String,
}

#[derive(Default, Deserialize)]
struct Errata {
    #[serde(default)]
    erratum: Vec<Spanned<Erratum>>,
}

#[derive(Clone, Default, Deserialize, PartialEq)]
#[serde(default)]
struct Erratum {
    id: String,
    message: String,
    found: String,
    repair: String,
    reason: String,
    evidence: String,
    page: String,
}

/// Compares the messages and the errata.
pub(crate) fn compare(old: &Evidence, new: &Evidence) -> Vec<Change> {
    messages(old, new).into_iter().chain(errata(old, new)).collect()
}

fn messages(old: &Evidence, new: &Evidence) -> Vec<Change> {
    let by_path = |evidence: &Evidence| -> BTreeMap<String, (String, Vec<u8>)> {
        let messages = evidence.messages.iter();
        messages
            .map(|(name, content)| {
                let path = name.strip_prefix(&evidence.prefix).unwrap_or(name).to_owned();
                (path, (name.clone(), content.clone()))
            })
            .collect()
    };
    let (before, after) = (by_path(old), by_path(new));
    let location = |name: &str| Some(Location { file: name.to_owned(), line: 1, column: 1 });
    let mut changes = Vec::new();
    for (path, (name, content)) in &after {
        match before.get(path) {
            None => {
                let what = format!("the message `{path}` is new");
                changes.push(change(&MESSAGE_ADDED, &what, (None, location(name))));
            }
            Some((old_name, other)) if other != content => {
                let what = format!("the message `{path}` changes");
                changes.push(change(&MESSAGE_CHANGED, &what, (location(old_name), location(name))));
            }
            Some(_) => {}
        }
    }
    for (path, (name, _)) in before.iter().filter(|(path, _)| !after.contains_key(*path)) {
        let what = format!("the message `{path}` no longer exists");
        changes.push(change(&MESSAGE_REMOVED, &what, (location(name), None)));
    }
    changes
}

fn errata(old: &Evidence, new: &Evidence) -> Vec<Change> {
    // Lint reports a malformed file.
    let parse = |evidence: &Evidence| -> Vec<Spanned<Erratum>> {
        toml::from_str::<Errata>(&evidence.errata).unwrap_or_default().erratum
    };
    let location = |evidence: &Evidence, erratum: &Spanned<Erratum>| {
        Some(File::new(&evidence.errata_name, &evidence.errata).location(erratum.span().start))
    };
    let (before, after) = (parse(old), parse(new));
    let find =
        |list: &[Spanned<Erratum>], id: &str| list.iter().find(|it| it.get_ref().id == id).cloned();
    let mut changes = Vec::new();
    for erratum in &after {
        let Erratum { id, reason, .. } = erratum.get_ref();
        let here = location(new, erratum);
        match find(&before, id) {
            None => {
                let what = format!("the erratum `{id}` is new ({reason})");
                changes.push(change(&ERRATUM_ADDED, &what, (None, here)));
            }
            Some(other) if other.get_ref() != erratum.get_ref() => {
                let what = format!("the erratum `{id}` changes");
                changes.push(change(&ERRATUM_CHANGED, &what, (location(old, &other), here)));
            }
            Some(_) => {}
        }
    }
    for erratum in &before {
        let id = &erratum.get_ref().id;
        if find(&after, id).is_none() {
            let what = format!("the erratum `{id}` no longer exists");
            changes.push(change(&ERRATUM_REMOVED, &what, (location(old, erratum), None)));
        }
    }
    changes
}

fn change(
    rule: &'static Rule,
    what: &str,
    (old, new): (Option<Location>, Option<Location>),
) -> Change {
    Change { old, new, ..Change::new(Area::Evidence, rule, rule.effect(None), what) }
}
