//! Errata: corrections of the vendor's messages.

use std::collections::HashSet;

use document::Rule;
use serde::Deserialize;

use super::{Evidence, INDEX, Location, Problem, Repaired, folder};
use crate::{
    malformed,
    rules::{INVALID_ERRATUM, UNNEEDED_ERRATUM},
};

/// The prefixes of the kinds of evidence for a repair, from strongest to weakest.
const KINDS: [&str; 4] = ["page:", "sample:", "sdk:", "inferred:"];

/// A mistake in a documented message, and its repair.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erratum {
    pub id: String,
    /// The file name of the message.
    pub message: String,
    /// The text to replace, which must occur exactly once after the preceding errata are applied.
    pub found: String,
    pub repair: String,
    pub reason: String,
    /// The evidence for the repair: `page`, `sample`, `sdk` or `inferred`, then a colon and the source.
    pub evidence: String,
    pub page: String,
    /// True if the erratum is skipped because it does not apply.
    #[serde(skip)]
    pub is_left_out: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Errata {
    #[serde(default)]
    erratum: Vec<Erratum>,
}

pub(super) fn parse(text: &str) -> Result<Vec<Erratum>, Problem> {
    const FORM: &str = "give each `[[erratum]]` an `id`, `message`, `found`, `repair`, `reason`, `evidence` and \
                        `page`; spec/README.md shows one";
    let lines = if text.contains("\r\n") { Erratum::with_unix_lines } else { |erratum| erratum };
    let errata = toml::from_str::<Errata>(text);
    errata.map(|errata| errata.erratum.into_iter().map(lines).collect()).map_err(|error| {
        let location = Location::Errata(error.span().unwrap_or_default());
        Problem::new(&INVALID_ERRATUM, location, malformed::explain(text, &error, FORM))
    })
}

pub(super) fn problems(evidence: &Evidence) -> Vec<Problem> {
    let errata = || evidence.errata.iter().enumerate();
    let mut ids = HashSet::new();
    let duplicates = errata().filter(|(_, erratum)| !ids.insert(&erratum.id));
    let duplicates = duplicates.map(|(index, erratum)| erratum.duplicate(index));
    duplicates
        .chain(errata().flat_map(|(index, erratum)| erratum.invalid(index, evidence)))
        .chain(evidence.messages.iter().filter_map(|message| evidence.repaired(message).err()))
        .collect()
}

impl Erratum {
    /// Converts the line endings to those of the messages.
    fn with_unix_lines(self) -> Self {
        let (found, repair) = (self.found.replace("\r\n", "\n"), self.repair.replace("\r\n", "\n"));
        Self { found, repair, ..self }
    }

    /// Applies the repair to a text.
    pub(super) fn apply(&self, index: usize, repaired: &mut Repaired) -> Result<(), Problem> {
        let text = &repaired.text;
        if self.found.is_empty() {
            let what = ("`found` is empty".to_owned(), "quote the text to replace");
            return Err(self.problem(&INVALID_ERRATUM, index, "found", what));
        }
        let (Some(first), last) = (text.find(&self.found), text.rfind(&self.found)) else {
            let what = format!("the erratum no longer applies to `{}`", self.message);
            let help = "correct its `found`, or remove the erratum";
            return Err(self.problem(&UNNEEDED_ERRATUM, index, "found", (what, help)));
        };
        if Some(first) != last {
            let what = format!("the text occurs more than once in `{}`", self.message);
            let help = "quote more of the message";
            return Err(self.problem(&INVALID_ERRATUM, index, "found", (what, help)));
        }
        repaired.replace(first..first + self.found.len(), &self.repair, index);
        Ok(())
    }

    /// Reports that the message conforms even without the erratum.
    pub(crate) fn unneeded(&self, index: usize) -> Problem {
        let what = format!("`{}` conforms without this erratum", self.message);
        self.problem(&UNNEEDED_ERRATUM, index, "found", (what, "remove the erratum"))
    }

    fn duplicate(&self, index: usize) -> Problem {
        let what = format!("another erratum has the id `{}`", self.id);
        self.problem(&INVALID_ERRATUM, index, "id", (what, "rename one of them"))
    }

    /// Returns a problem for each member that is invalid regardless of the message's text.
    fn invalid(&self, index: usize, evidence: &Evidence) -> Vec<Problem> {
        let is_listed = evidence.messages.iter().any(|message| message.file == self.message);
        let unknown_message = (!is_listed).then(|| self.unknown_message(index, evidence));
        let others = [self.no_repair(index), self.wrong_evidence(index), self.no_reason(index)];
        unknown_message.into_iter().chain(others.into_iter().flatten()).collect()
    }

    fn no_repair(&self, index: usize) -> Option<Problem> {
        (self.found == self.repair).then(|| {
            let what = "`repair` is the same as `found`".to_owned();
            self.problem(&UNNEEDED_ERRATUM, index, "repair", (what, "remove the erratum"))
        })
    }

    fn wrong_evidence(&self, index: usize) -> Option<Problem> {
        let source = self.evidence.split_once(':').map_or("", |(_, source)| source);
        let what = if !KINDS.iter().any(|kind| self.evidence.starts_with(kind)) {
            let what = "the evidence is of an unknown kind".to_owned();
            (what, "begin it with `page:`, `sample:`, `sdk:` or `inferred:`")
        } else if source.trim().is_empty() {
            let what = "the source of the evidence is missing".to_owned();
            (what, "write the source after the colon")
        } else {
            return None;
        };
        Some(self.problem(&INVALID_ERRATUM, index, "evidence", what))
    }

    fn no_reason(&self, index: usize) -> Option<Problem> {
        self.reason.trim().is_empty().then(|| {
            let what = ("the erratum has no reason".to_owned(), "explain what is wrong");
            self.problem(&INVALID_ERRATUM, index, "reason", what)
        })
    }

    /// Reports that the message is not in the index.
    fn unknown_message(&self, index: usize, evidence: &Evidence) -> Problem {
        let listed = evidence.messages.iter().map(|message| message.file.as_str());
        let help = match folder::nearest_name(&self.message, listed) {
            _ if evidence.unlisted.contains_key(&self.message) => {
                format!("list `{}` in spec/{INDEX}", self.message)
            }
            Some(meant) => format!("write `{meant}`"),
            None => "use a message from the index, or remove the erratum".to_owned(),
        };
        let what = format!("there is no message `{}` in the index", self.message);
        self.problem(&INVALID_ERRATUM, index, "message", (what, &help))
    }

    fn problem(
        &self,
        rule: &'static Rule,
        index: usize,
        member: &'static str,
        what: (String, &str),
    ) -> Problem {
        Problem::new(rule, Location::Erratum(index, self.id.clone(), member), what)
    }
}
