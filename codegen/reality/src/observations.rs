//! Collects the observations in all entries, and counts how many entries have each of them.

use std::collections::{BTreeMap, BTreeSet};

use document::{Node, NodeId, Rule};

/// A difference between an entry and the document.
pub(crate) struct Finding<'d> {
    pub(crate) rule: &'static Rule,
    /// The part of the document that the entry differs from.
    pub(crate) node: Node<'d>,
    /// The part of the message: a JSON pointer into its body, or the name of a header.
    pub(crate) subject: String,
    /// The predicate of the subject, such as "is not declared".
    pub(crate) problem: String,
    /// The kind of the observed value.
    pub(crate) kind: Option<&'static str>,
    pub(crate) help: String,
}

impl<'d> Finding<'d> {
    pub(crate) fn new(
        rule: &'static Rule,
        node: Node<'d>,
        subject: impl Into<String>,
        problem: impl Into<String>,
    ) -> Self {
        let (subject, problem, help) = (subject.into(), problem.into(), String::new());
        Self { rule, node, subject, problem, kind: None, help }
    }

    /// Adds the help text.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }

    /// Adds the kind of the observed value.
    pub(crate) fn of_kind(self, kind: &'static str) -> Self {
        Self { kind: Some(kind), ..self }
    }
}

/// The message in which something was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Request,
    Response(u16),
}

/// Identifies an observation.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    location: NodeId,
    rule: &'static str,
    part: Part,
    subject: String,
    problem: String,
}

/// An observation with the entries in which it was made.
pub(crate) struct Tally<'d> {
    pub(crate) finding: Finding<'d>,
    pub(crate) part: Part,
    pub(crate) kinds: BTreeSet<&'static str>,
    pub(crate) entries: usize,
    /// The first entry in which it was made.
    pub(crate) first: EntryId,
    last: EntryId,
}

/// An entry: the index of its file, and its index in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EntryId {
    pub(crate) file: usize,
    pub(crate) index: usize,
}

/// The observations about one operation.
#[derive(Default)]
pub(crate) struct Observations<'d> {
    tallies: BTreeMap<Key, Tally<'d>>,
}

impl<'d> Observations<'d> {
    /// Adds a finding in an entry. A finding that an entry has several times counts once.
    pub(crate) fn add(&mut self, entry: EntryId, part: Part, finding: Finding<'d>) {
        let key = Key {
            location: finding.node.id(),
            rule: finding.rule.id,
            part,
            subject: finding.subject.clone(),
            problem: finding.problem.clone(),
        };
        let kind = finding.kind;
        let tally = self.tallies.entry(key).or_insert_with(|| Tally {
            finding,
            part,
            kinds: BTreeSet::new(),
            entries: 1,
            first: entry,
            last: entry,
        });
        tally.kinds.extend(kind);
        if tally.last != entry {
            tally.entries += 1;
            tally.last = entry;
        }
    }

    /// Returns the observations in document order.
    pub(crate) fn into_tallies(self) -> impl Iterator<Item = Tally<'d>> {
        self.tallies.into_values()
    }
}
