//! Surveys recordings: compares each of their entries with its operation.

use std::{collections::BTreeMap, io::Read};

use document::{Document, Node};
use serde_json::Value;

use crate::{
    compare::Comparison,
    har::{self, Entry, Malformed},
    observations::{EntryId, Finding, Observations, Part},
    report::Report,
    rules::UNDECLARED_METHOD,
    surveyed::{Calls, Counts, Surveyed},
    target::{BaseUrl, Targets, Undeclared},
};

/// Collects what recordings show about the operations of a document.
pub struct Survey<'s, 'd> {
    document: &'s Document<'d>,
    targets: Targets<'d>,
    pub(crate) surveyed: Vec<Surveyed<'d>>,
    /// The calls that the document does not declare, by name.
    undeclared: BTreeMap<String, Calls<'d>>,
    pub(crate) counts: Counts,
    files: usize,
}

impl<'s, 'd> Survey<'s, 'd> {
    /// Starts a survey. With a base URL, only requests below it are compared; without one, requests to any host are.
    pub fn new(document: &'s Document<'d>, base_url: Option<BaseUrl>) -> Self {
        let targets = Targets::new(document, base_url);
        let surveyed = targets.operations().map(Surveyed::new).collect();
        let (undeclared, counts) = (BTreeMap::new(), Counts::default());
        Self { document, targets, surveyed, undeclared, counts, files: 0 }
    }

    /// Adds the entries of a HAR file, reading one at a time.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or is not a HAR file. The entries before the error are kept.
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
            return self.call_of_no_operation(id, &entry);
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

    fn call_of_no_operation(&mut self, id: EntryId, entry: &Entry) {
        let Some(undeclared) = self.targets.undeclared(&entry.method, &entry.url) else {
            self.counts.other += 1;
            return;
        };
        let Some(status) = entry.status else {
            self.counts.without_response += 1;
            return;
        };
        if undeclared.is_unknown_to_service(status) {
            self.counts.other += 1;
            return;
        }
        let Undeclared { name, item } = undeclared;
        let calls = self.undeclared.entry(name).or_insert_with(|| Calls {
            entries: 0,
            first: id,
            observations: Observations::default(),
        });
        calls.entries += 1;
        if let Some(item) = item {
            calls.observations.add(id, Part::Request, undeclared_method(item));
        }
    }

    /// Ends the survey.
    pub fn finish(self) -> Report {
        Report::new(self.surveyed, self.undeclared, self.counts)
    }
}

fn undeclared_method(item: Node<'_>) -> Finding<'_> {
    Finding {
        rule: &UNDECLARED_METHOD,
        node: item,
        subject: "the method".to_owned(),
        problem: "is not declared for this path".to_owned(),
        kind: None,
        help: "add the operation, or remove the call from the recording".to_owned(),
    }
}
