//! The report of a survey.

use std::collections::BTreeMap;

use document::Diagnostic;

use crate::{
    observations::{EntryId, Finding, Part, Tally},
    survey::{Counts, Surveyed},
    target,
};

/// The result of a survey.
#[derive(Clone, Debug)]
pub struct Report {
    /// All operations of the document, in its order.
    pub operations: Vec<OperationReport>,
    /// The number of entries that call no operation of the document.
    pub other: usize,
    /// The number of entries that call an operation but have no response.
    pub without_response: usize,
    /// The entries that are not as HAR defines them: the index of the file, the index of the entry, and the problem.
    pub malformed: Vec<(usize, usize, &'static str)>,
}

/// The traffic of one operation.
#[derive(Clone, Debug)]
pub struct OperationReport {
    /// The operationId, or else the method and the path.
    pub name: String,
    /// The number of its entries.
    pub entries: usize,
    /// What was sent that the document does not say, in the document's order.
    pub observations: Vec<Observation>,
    /// The statements of the document that the traffic confirms.
    pub confirmed: Confirmed,
    /// The number of bodies that could not be compared, by reason.
    pub unknown_bodies: BTreeMap<&'static str, usize>,
}

/// Something that was sent although the document does not say so.
#[derive(Clone, Debug)]
pub struct Observation {
    /// The violated rule, at the location in the document.
    pub diagnostic: Diagnostic,
    /// The message: `request`, or `response` with its status.
    pub part: String,
    /// The part of the message: a JSON pointer in its body with `*` for any item or key, or the name of a header.
    pub subject: String,
    /// The kinds of the observed values.
    pub kinds: Vec<&'static str>,
    /// The number of entries in which it was observed.
    pub entries: usize,
    /// The index of the file with the first of these entries.
    pub file: usize,
    /// The index of the first of these entries in its file.
    pub first_entry: usize,
}

/// The numbers of statements that traffic confirms. A statement counts once for each operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// Responses whose status was sent.
    pub statuses: usize,
    /// Headers that were sent.
    pub headers: usize,
    /// Members that were sent with a value that the document allows.
    pub members: usize,
}

/// A kind of statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Statement {
    Status,
    Header,
    Member,
}

impl Confirmed {
    pub(crate) fn add(&mut self, statement: Statement) {
        *match statement {
            Statement::Status => &mut self.statuses,
            Statement::Header => &mut self.headers,
            Statement::Member => &mut self.members,
        } += 1;
    }
}

impl Report {
    pub(crate) fn new(surveyed: Vec<Surveyed<'_>>, counts: Counts) -> Self {
        let Counts { other, without_response, malformed } = counts;
        let operations = surveyed.into_iter().map(OperationReport::new).collect();
        Self { operations, other, without_response, malformed }
    }

    /// Returns the observations about all operations.
    pub fn observations(&self) -> impl Iterator<Item = &Observation> {
        self.operations.iter().flat_map(|operation| &operation.observations)
    }

    /// Returns the number of entries that were compared.
    #[must_use]
    pub fn compared(&self) -> usize {
        self.operations.iter().map(|operation| operation.entries).sum()
    }
}

impl OperationReport {
    fn new(surveyed: Surveyed<'_>) -> Self {
        let name = target::name(&surveyed.operation);
        let tallies = surveyed.observations.into_tallies();
        Self {
            observations: tallies.map(|tally| Observation::new(&name, tally)).collect(),
            name,
            entries: surveyed.entries,
            confirmed: surveyed.confirmed_counts,
            unknown_bodies: surveyed.unknown_bodies,
        }
    }
}

impl Observation {
    fn new(operation: &str, tally: Tally<'_>) -> Self {
        let Tally { finding, part, kinds, entries, first: EntryId { file, index }, .. } = tally;
        let kinds: Vec<&str> = kinds.into_iter().collect();
        let part = part.name();
        let Finding { rule, node, subject, problem, help, .. } = finding;
        let seen = seen(&kinds, entries);
        let shown = if subject.starts_with('/') { format!("`{subject}`") } else { subject.clone() };
        let message = format!("{operation}: {part}: {shown} {problem}{seen}");
        let diagnostic = rule.at(node, message).help(help).build();
        Self { diagnostic, part, subject, kinds, entries, file, first_entry: index }
    }
}

impl Part {
    fn name(self) -> String {
        match self {
            Self::Request => "request".to_owned(),
            Self::Response(status) => format!("response {status}"),
        }
    }
}

/// Returns the kinds of the values and the number of entries, for the end of a message.
fn seen(kinds: &[&str], entries: usize) -> String {
    let plural = if entries == 1 { "entry" } else { "entries" };
    match kinds {
        [] => format!(" ({entries} {plural})"),
        _ => format!("; sent: {} ({entries} {plural})", kinds.join(" or ")),
    }
}
