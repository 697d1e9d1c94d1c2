//! What is wrong with the vendor's messages.

use std::collections::HashSet;

use serde::Deserialize;

use super::Evidence;
use crate::Problem;

const FILE: &str = "spec/errata.toml";

/// How the evidence for a repair opens, from the strongest to the weakest.
const KINDS: [&str; 4] = ["page:", "sample:", "sdk:", "inferred:"];

/// One mistake in a documented message, and its repair.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erratum {
    /// A name of its own, in kebab case.
    pub id: String,
    /// The file name of the message.
    pub message: String,
    /// The text to replace; it occurs once in the message after the errata above this one.
    pub found: String,
    /// The text that replaces it.
    pub repair: String,
    /// What is wrong.
    pub reason: String,
    /// What supports the repair: `page`, `sample`, `sdk` or `inferred`, a colon, and how.
    pub evidence: String,
    /// The address of the page that has the mistake.
    pub page: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Errata {
    #[serde(default)]
    erratum: Vec<Erratum>,
}

pub(super) fn parse(text: &str) -> Result<Vec<Erratum>, Problem> {
    toml::from_str::<Errata>(text)
        .map(|errata| errata.erratum)
        .map_err(|error| super::malformed(FILE, &error))
}

pub(super) fn problems(evidence: &Evidence) -> Vec<Problem> {
    let errata = || evidence.errata.iter();
    let mut ids = HashSet::new();
    errata()
        .filter(|erratum| !ids.insert(&erratum.id))
        .map(|erratum| erratum.problem("another erratum has this id; rename one"))
        .chain(errata().filter_map(|erratum| Some(erratum.problem(erratum.unsound(evidence)?))))
        .chain(evidence.messages.iter().filter_map(|message| evidence.repaired(message).err()))
        .collect()
}

impl Erratum {
    /// The text with this mistake repaired.
    pub(super) fn apply(&self, text: &str) -> Result<String, Problem> {
        let (first, last) = (text.find(&self.found), text.rfind(&self.found));
        if first.is_none() {
            return Err(self.problem(format!("no longer applies to {}; remove it", self.message)));
        }
        if first != last {
            let message = &self.message;
            return Err(self.problem(format!("ambiguous in {message}; quote more of the message")));
        }
        Ok(text.replacen(&self.found, &self.repair, 1))
    }

    fn unsound(&self, evidence: &Evidence) -> Option<String> {
        if evidence.messages.iter().all(|message| message.file != self.message) {
            Some(format!("no message {}; correct `message`, or remove it", self.message))
        } else if self.found == self.repair {
            Some("`found` and `repair` are the same; remove it".to_owned())
        } else if !KINDS.iter().any(|kind| self.evidence.starts_with(kind)) {
            let kinds = KINDS.join("`, `");
            Some(format!("`evidence` is of no known kind; open it with one of `{kinds}`"))
        } else {
            None
        }
    }

    fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::new(format!("{FILE}: {}", self.id), message)
    }
}
