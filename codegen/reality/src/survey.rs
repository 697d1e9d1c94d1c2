//! Surveys recordings: compares each of their entries with its operation.

use std::{
    collections::{BTreeMap, HashSet},
    io::Read,
};

use document::{Document, NodeId, Operation};
use serde_json::Value;

use crate::{
    compare::Comparison,
    har::{self, Entry, Malformed},
    observations::{EntryId, Observations},
    report::{Confirmed, Report},
    target::{BaseUrl, Targets},
};

/// Collects what recordings show about the operations of a document.
pub struct Survey<'s, 'd> {
    document: &'s Document<'d>,
    targets: Targets<'d>,
    pub(crate) surveyed: Vec<Surveyed<'d>>,
    pub(crate) counts: Counts,
    files: usize,
}

/// The numbers of entries that were not compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Entries of other services, or of operations that the document does not have.
    pub(crate) other: usize,
    /// Entries that have no response.
    pub(crate) without_response: usize,
    /// Entries that are not as HAR defines them: the file, the index and the problem.
    pub(crate) malformed: Vec<(usize, usize, &'static str)>,
}

/// An operation with the observations about it.
pub(crate) struct Surveyed<'d> {
    pub(crate) operation: Operation<'d>,
    pub(crate) entries: usize,
    pub(crate) observations: Observations<'d>,
    confirmed: HashSet<NodeId>,
    pub(crate) confirmed_counts: Confirmed,
    /// The number of bodies that could not be compared, by reason.
    pub(crate) unknown_bodies: BTreeMap<&'static str, usize>,
}

impl<'s, 'd> Survey<'s, 'd> {
    /// Begins a survey. With a base URL, only requests below it are compared; without one, those to any host.
    #[must_use]
    pub fn new(document: &'s Document<'d>, base_url: Option<BaseUrl>) -> Self {
        let targets = Targets::new(document, base_url);
        let surveyed = targets.operations().map(Surveyed::new).collect();
        Self { document, targets, surveyed, counts: Counts::default(), files: 0 }
    }

    /// Adds the entries of a HAR. It reads one entry at a time.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or is not a HAR. The entries before the error count.
    pub fn add(&mut self, har: impl Read) -> Result<(), Malformed> {
        let file = self.files;
        self.files += 1;
        let mut index = 0;
        har::read(har, |entry| {
            self.entry(EntryId { file, index }, &entry);
            index += 1;
        })
    }

    fn entry(&mut self, id: EntryId, entry: &Value) {
        let entry = match Entry::read(entry) {
            Ok(entry) => entry,
            Err(problem) => return self.counts.malformed.push((id.file, id.index, problem)),
        };
        let Some(hit) = self.targets.find(&entry.method, &entry.url) else {
            self.counts.other += 1;
            return;
        };
        let Some(status) = entry.status else {
            self.counts.without_response += 1;
            return;
        };
        let comparison = Comparison::new(self.document, hit.operation);
        let compared = comparison.of(&entry, status, hit.has_other_letter_case);
        let surveyed = &mut self.surveyed[hit.index];
        surveyed.entries += 1;
        for (part, finding) in compared.findings {
            surveyed.observations.add(id, part, finding);
        }
        for (kind, node) in compared.confirmed {
            if surveyed.confirmed.insert(node.id()) {
                surveyed.confirmed_counts.add(kind);
            }
        }
        for reason in compared.unknown_bodies {
            *surveyed.unknown_bodies.entry(reason).or_default() += 1;
        }
    }

    /// Ends the survey.
    #[must_use]
    pub fn finish(self) -> Report {
        Report::new(self.surveyed, self.counts)
    }
}

impl<'d> Surveyed<'d> {
    fn new(operation: Operation<'d>) -> Self {
        Self {
            operation,
            entries: 0,
            observations: Observations::default(),
            confirmed: HashSet::new(),
            confirmed_counts: Confirmed::default(),
            unknown_bodies: BTreeMap::new(),
        }
    }
}
