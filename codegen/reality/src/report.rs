//! The report of a survey.

use std::collections::BTreeMap;

use document::{Diagnostic, phrasing::counted};

use crate::{
    observations::{EntryId, Finding, Observations, Part, Tally},
    surveyed::{Calls, Confirmed, Counts, Surveyed},
};

/// The result of a survey.
#[derive(Clone, Debug)]
pub struct Report {
    /// All operations of the document, in document order.
    pub operations: Vec<OperationReport>,
    /// The calls to the service that the document does not declare, by name.
    pub undeclared: Vec<UndeclaredCall>,
    /// The number of entries that call other services, or that the service rejected as unknown calls.
    pub other: usize,
    /// The number of entries that call the service but have no response.
    pub without_response: usize,
    /// The malformed entries: the index of the file, the index of the entry, and the problem.
    pub malformed: Vec<(usize, usize, &'static str)>,
}

/// The traffic of one operation.
#[derive(Clone, Debug)]
pub struct OperationReport {
    /// The operationId, or else the method and the path.
    pub name: String,
    /// The number of its entries.
    pub entries: usize,
    /// Everything that was sent but that the document does not declare, in document order.
    pub observations: Vec<Observation>,
    /// The statements of the document that the traffic confirms.
    pub confirmed: Confirmed,
    /// The number of bodies that could not be compared, by reason.
    pub unknown_bodies: BTreeMap<&'static str, usize>,
}

/// A call to the service whose path or method the document does not declare.
#[derive(Clone, Debug)]
pub struct UndeclaredCall {
    /// The method and the path. In a path that is not declared, `*` stands for each segment that occurs in no path of
    /// the document.
    pub name: String,
    /// The number of its entries.
    pub entries: usize,
    /// The index of the file with the first of these entries.
    pub file: usize,
    /// The index of the first of these entries in its file.
    pub first_entry: usize,
    /// The violation, if the document declares the path.
    pub observations: Vec<Observation>,
}

/// Something that was sent but that the document does not declare.
#[derive(Clone, Debug)]
pub struct Observation {
    /// The violated rule, at the location in the document.
    pub diagnostic: Diagnostic,
    /// The operationId of the operation, or else its method and path.
    pub operation: String,
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

impl Report {
    pub(crate) fn new<'d>(
        surveyed: Vec<Surveyed<'d>>,
        undeclared: BTreeMap<String, Calls<'d>>,
        counts: Counts,
    ) -> Self {
        let Counts { other, without_response, malformed } = counts;
        let operations = surveyed.into_iter().map(OperationReport::new).collect();
        let undeclared = undeclared.into_iter().map(UndeclaredCall::new).collect();
        Self { operations, undeclared, other, without_response, malformed }
    }

    /// Returns the observations about all operations, and those about undeclared calls.
    pub fn observations(&self) -> impl Iterator<Item = &Observation> {
        let of_operations = self.operations.iter().flat_map(|operation| &operation.observations);
        of_operations.chain(self.undeclared.iter().flat_map(|call| &call.observations))
    }

    /// Returns the number of entries that were compared.
    pub fn compared(&self) -> usize {
        self.operations.iter().map(|operation| operation.entries).sum()
    }
}

impl OperationReport {
    fn new(surveyed: Surveyed<'_>) -> Self {
        let name = surveyed.operation.name();
        Self {
            observations: Observation::all(&name, surveyed.observations),
            name,
            entries: surveyed.entries,
            confirmed: surveyed.confirmed_counts,
            unknown_bodies: surveyed.unknown_bodies,
        }
    }
}

impl UndeclaredCall {
    fn new((name, calls): (String, Calls<'_>)) -> Self {
        let Calls { entries, first: EntryId { file, index }, observations } = calls;
        let observations = Observation::all(&name, observations);
        Self { name, entries, file, first_entry: index, observations }
    }
}

impl Observation {
    fn all(operation: &str, observations: Observations<'_>) -> Vec<Self> {
        observations.into_tallies().map(|tally| Self::new(operation, tally)).collect()
    }

    fn new(operation: &str, tally: Tally<'_>) -> Self {
        let Tally { finding, part, kinds, entries, first: EntryId { file, index }, .. } = tally;
        let kinds: Vec<&str> = kinds.into_iter().collect();
        let part = part.name();
        let Finding { rule, node, subject, problem, help, .. } = finding;
        let seen = seen(&kinds, entries);
        let shown = if subject.starts_with('/') { format!("`{subject}`") } else { subject.clone() };
        let message = format!("{operation}: {part}: {shown} {problem}{seen}");
        let diagnostic = rule.at(node, message).help(help).build();
        let operation = operation.to_owned();
        Self { diagnostic, operation, part, subject, kinds, entries, file, first_entry: index }
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

/// Returns the kinds of the values and the number of entries, as the end of a message.
fn seen(kinds: &[&str], entries: usize) -> String {
    let entries = counted(entries, "entry");
    match kinds {
        [] => format!(" ({entries})"),
        _ => format!("; sent: {} ({entries})", kinds.join(" or ")),
    }
}
