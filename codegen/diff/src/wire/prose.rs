//! Compares documentation: descriptions, examples, deprecation and the sources of statements. Also compares the
//! keywords that have no rule.

use std::collections::BTreeSet;

use document::{Document, Node};

use super::{difference::Difference, subject::subject};
use crate::{
    canonical::canonical,
    rule::Rule,
    rules::{evidence::*, operations::*},
};

/// The keywords that only serve as documentation.
const TEXTS: [&str; 7] =
    ["description", "example", "examples", "externalDocs", "summary", "tags", "title"];

/// The objects that together make a statement, in one of the documents.
#[derive(Clone, Copy)]
pub(crate) struct Objects<'d, 't> {
    pub(crate) document: &'d Document<'t>,
    pub(crate) nodes: &'d [Node<'t>],
}

impl<'t> Objects<'_, 't> {
    /// Returns the values of a keyword in a form that can be compared.
    fn values(&self, key: &str) -> Values<'t> {
        let values = self.nodes.iter().filter_map(|node| node.get(key));
        let texts = values.map(|value| (self.text(key, value), value));
        // An empty list means the same as no list.
        texts.filter(|(text, _)| !text.is_empty()).collect()
    }

    fn text(&self, key: &str, value: Node<'t>) -> String {
        if key == "tags" {
            // The order of tags has no meaning.
            let tags: BTreeSet<String> = value.items().map(canonical).collect();
            return tags.into_iter().collect::<Vec<_>>().join("\n");
        }
        if key != "examples" || !value.is_object() {
            return canonical(value);
        }
        let resolved = |node| canonical(self.document.resolve(node).unwrap_or(node));
        let mut examples: Vec<String> = value
            .entries()
            .map(|entry| format!("{}: {}", entry.name(), resolved(entry.value)))
            .collect();
        examples.sort();
        examples.join("\n")
    }

    fn keys(&self) -> BTreeSet<&'t str> {
        self.nodes.iter().flat_map(|node| node.entries()).map(|entry| entry.name()).collect()
    }

    fn is_deprecated(&self) -> bool {
        let mut marks = self.nodes.iter().filter_map(|node| node.get("deprecated"));
        marks.any(|mark| mark.as_bool() == Some(true))
    }
}

/// Compares everything but the keywords that are handled elsewhere.
pub(crate) fn compare<'t>(
    old: Objects<'_, 't>,
    new: Objects<'_, 't>,
    handled: &[&str],
) -> Vec<Difference<'t>> {
    let (Some(before), Some(after)) = (old.nodes.first(), new.nodes.first()) else {
        return Vec::new();
    };
    let outer = (*before, *after);
    let mut differences = Vec::new();
    for key in TEXTS {
        let verb = if ["examples", "tags"].contains(&key) { "change" } else { "changes" };
        let change = |subject: String| format!("the {} of {subject} {verb}", words(key));
        differences.extend(values(&DOCUMENTATION_CHANGED, (old, new), outer, key, change));
    }
    if old.is_deprecated() != new.is_deprecated() {
        let state = if new.is_deprecated() { "becomes" } else { "is no longer" };
        let what = format!("{} {state} deprecated", subject(outer.1));
        let difference = Difference::changed(&DEPRECATION_CHANGED, outer.0, outer.1, what);
        differences
            .push(difference.pointing_at(outer.0.get("deprecated"), outer.1.get("deprecated")));
    }
    differences.extend(sources(old, new));
    let others: BTreeSet<&str> = old.keys().union(&new.keys()).copied().collect();
    for key in others.into_iter().filter(|key| !is_known(key, handled)) {
        let rule = if key.starts_with("x-") { &EXTENSION_CHANGED } else { &KEYWORD_CHANGED };
        let change = |subject: String| format!("`{key}` of {subject} changes");
        differences.extend(values(rule, (old, new), outer, key, change));
    }
    differences
}

fn is_known(key: &str, handled: &[&str]) -> bool {
    TEXTS.contains(&key)
        || handled.contains(&key)
        || ["deprecated", "x-evidence", "x-evidence-note"].contains(&key)
}

/// Returns the name of a keyword in a sentence.
fn words(key: &str) -> &str {
    match key {
        "externalDocs" => "page",
        _ => key,
    }
}

type Values<'t> = Vec<(String, Node<'t>)>;

/// Removes repeated values.
fn distinct(mut values: Values<'_>) -> Values<'_> {
    let mut seen = BTreeSet::new();
    values.retain(|(text, _)| seen.insert(text.clone()));
    values
}

/// Returns the values that the others lack.
fn missing<'t>(values: &Values<'t>, others: &Values<'t>) -> Values<'t> {
    let lacks = |text: &str| !others.iter().any(|(other, _)| other == text);
    values.iter().filter(|(text, _)| lacks(text)).cloned().collect()
}

/// Compares the values of a keyword, each with its counterpart.
fn values<'t>(
    rule: &'static Rule,
    (old, new): (Objects<'_, 't>, Objects<'_, 't>),
    (before, after): (Node<'t>, Node<'t>),
    key: &str,
    change: impl Fn(String) -> String,
) -> Vec<Difference<'t>> {
    let (olds, news) = (distinct(old.values(key)), distinct(new.values(key)));
    if olds.iter().map(|(text, _)| text).eq(news.iter().map(|(text, _)| text)) {
        return Vec::new();
    }
    let (gone, added) = (missing(&olds, &news), missing(&news, &olds));
    // If both sides have the same values, only their order differs.
    let is_order = gone.is_empty() && added.is_empty();
    let (olds, news) = if is_order { (olds, news) } else { (gone, added) };
    let pairs = (0..olds.len().max(news.len())).filter_map(|index| {
        let (one, other) = (olds.get(index), news.get(index));
        let is_same = one.map(|(text, _)| text) == other.map(|(text, _)| text);
        (!is_same).then(|| (one.map(|(_, node)| *node), other.map(|(_, node)| *node)))
    });
    pairs
        .map(|(one, other)| {
            let owner = |node: Option<Node<'t>>, or| node.and_then(Node::parent).unwrap_or(or);
            let (owner_before, owner_after) = (owner(one, before), owner(other, after));
            // A removed value may have belonged to an object other than the first.
            let named = if other.is_some() { owner_after } else { owner_before };
            let what = change(subject(named));
            Difference::changed(rule, owner_before, owner_after, what).pointing_at(one, other)
        })
        .collect()
}

/// The source of a statement.
#[derive(Clone, Copy)]
struct Source<'t> {
    kind: Option<&'t str>,
    note: Option<&'t str>,
    node: Node<'t>,
}

impl<'t> Source<'t> {
    fn of(node: Node<'t>) -> Self {
        let text = |key| node.get_str(key);
        Self { kind: text("x-evidence"), note: text("x-evidence-note"), node }
    }

    /// Returns the rank of the source. The operation's page is the best source.
    fn rank(&self) -> u8 {
        match self.kind {
            None => 3,
            Some("sample") => 2,
            Some("sdk") => 1,
            Some(_) => 0,
        }
    }

    fn words(&self) -> &str {
        match self.kind {
            None => "the page",
            Some("sample") => "a sample",
            Some("sdk") => "the source of an SDK",
            Some("inferred") => "inference",
            Some(other) => other,
        }
    }

    fn mark(&self) -> Node<'t> {
        self.node.get("x-evidence").or(self.node.get("x-evidence-note")).unwrap_or(self.node)
    }
}

/// Describes the source of a statement: its own source, or else the source of the object that contains it.
pub(crate) fn source_of(statement: Node<'_>) -> String {
    let mut node = Some(statement);
    while let Some(current) = node {
        if current.get("x-evidence").is_some() {
            return Source::of(current).words().to_owned();
        }
        node = current.parent();
    }
    "the page".to_owned()
}

/// Compares the sources of statements.
fn sources<'t>(old: Objects<'_, 't>, new: Objects<'_, 't>) -> Vec<Difference<'t>> {
    let marked = |objects: Objects<'_, 't>| -> Vec<Source<'t>> {
        let sources = objects.nodes.iter().map(|node| Source::of(*node));
        sources.filter(|source| source.kind.is_some() || source.note.is_some()).collect()
    };
    let (olds, news) = (marked(old), marked(new));
    let outer = |objects: Objects<'_, 't>| objects.nodes.first().map(|node| Source::of(*node));
    let pairs = (0..olds.len().max(news.len())).filter_map(|index| {
        let before = olds.get(index).copied().or(outer(old))?;
        let after = news.get(index).copied().or(outer(new))?;
        source(before, after)
    });
    pairs.collect()
}

fn source<'t>(before: Source<'t>, after: Source<'t>) -> Option<Difference<'t>> {
    let name = subject(after.node);
    let (rule, what) = match before.rank().cmp(&after.rank()) {
        std::cmp::Ordering::Equal if before.note == after.note && before.kind == after.kind => {
            return None;
        }
        std::cmp::Ordering::Equal => (
            &SOURCE_NOTE_CHANGED,
            format!("the note on the source of {name} changes; the source is {}", after.words()),
        ),
        order => {
            let is_weaker = order == std::cmp::Ordering::Greater;
            let rule = if is_weaker { &SOURCE_WEAKENED } else { &SOURCE_STRENGTHENED };
            (rule, format!("{name} rests on {} instead of {}", after.words(), before.words()))
        }
    };
    let difference = Difference::changed(rule, before.node, after.node, what);
    Some(difference.pointing_at(Some(before.mark()), Some(after.mark())))
}

/// Shows a value in a sentence: on one line, and truncated.
pub(crate) fn shown(canonical: &str) -> String {
    const LONGEST: usize = 60;
    let text = canonical.trim_matches('"').replace('`', "'");
    match text.char_indices().nth(LONGEST) {
        None => format!("`{text}`"),
        Some((end, _)) => format!("`{}…`", &text[..end]),
    }
}
