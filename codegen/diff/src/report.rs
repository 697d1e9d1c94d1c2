//! Compares two states of the document and its client, and reports the verdicts.

use document::{Document, Tree};
use serde::Serialize;

use crate::{
    breaks::{Breaks, Problem},
    change::{Change, File},
    changelog,
    changes::{self, State},
    evidence,
    pages::Pages,
    rule::{Area, Severity},
    rules::evidence::SOURCE_WEAKENED,
    rust,
    side::Side,
    version::{Bump, Versions},
    wire,
};

/// Everything that is compared.
#[derive(Clone, Copy)]
pub struct Input<'i> {
    /// The old state.
    pub old: Side<'i>,
    /// The new state.
    pub new: Side<'i>,
    /// The declared breaks.
    pub breaks: Breaks<'i>,
    /// The versions.
    pub versions: Versions<'i>,
}

/// The report on an edit: its verdicts and its changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The name of the old document.
    pub old: String,
    /// The name of the new document.
    pub new: String,
    /// The outcome, on which the exit status depends.
    pub status: Status,
    /// The verdict on the requests and responses.
    pub wire: Verdict,
    /// The verdict on the public items of the client.
    pub rust: Verdict,
    /// The verdict on the evidence.
    pub evidence: Verdict,
    /// False if the messages and errata of one side are not known.
    pub are_messages_compared: bool,
    /// The comparison of the vendor's pages with the new document; `None` if no pages were given. It does not affect a
    /// verdict.
    pub pages: Option<Pages>,
    /// The changes by area, the most severe first.
    pub changes: Vec<Change>,
    /// The problems with the declared breaks.
    pub problems: Vec<Problem>,
    /// The version that the changes require.
    pub version: Bump,
    /// Lines for the changelog.
    pub changelog: Vec<String>,
}

/// The outcome of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nothing breaks.
    Compatible,
    /// All breaks are declared.
    Declared,
    /// A break is not declared, or a declaration is wrong.
    Breaking,
}

/// The verdict on an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing changes.
    Unchanged,
    /// Only the documentation changes.
    Documentation,
    /// Something changes, but nobody breaks.
    Compatible,
    /// Somebody breaks.
    Breaking,
    /// The evidence changes.
    Changed,
    /// A statement rests on a weaker source.
    Weaker,
}

impl Verdict {
    /// Returns the verdict in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Documentation => "documentation only",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
            Self::Changed => "changed",
            Self::Weaker => "weaker",
        }
    }
}

impl Report {
    /// Adds the comparison of the vendor's pages with the new document.
    pub fn with_pages(self, pages: Pages) -> Self {
        Self { pages: Some(pages), ..self }
    }

    /// Returns the changes of an area.
    pub fn changes_of(&self, area: Area) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.area == area)
    }
}

/// Compares two states.
///
/// # Errors
///
/// Returns the reason why they cannot be compared. An error says nothing about whether they are compatible.
pub fn compare(input: &Input<'_>) -> Result<Report, String> {
    let (old, new) = (Document::new(input.old.tree), Document::new(input.new.tree));
    let on_wire = wire::compare(&old, &new)?;
    let in_rust = rust::compare(input.old.api, input.new.api);
    let old = State::new(&old, &input.old);
    let new = State::new(&new, &input.new);
    let mut changes = changes::all(&old, &new, &on_wire, &in_rust);
    if let (Some(old), Some(new)) = (input.old.evidence, input.new.evidence) {
        changes.extend(evidence::compare(old, new));
    }
    changes.sort_by_key(order);
    Ok(report(input, changes))
}

/// Reads a document to compare.
///
/// # Errors
///
/// Returns the location and the message of the syntax error.
pub fn read(name: &str, text: &str) -> Result<Tree, String> {
    document::read(text.as_bytes()).map_err(|diagnostic| {
        let location = File::new(name, text).location(diagnostic.span.start);
        format!("{location}: {}", diagnostic.message)
    })
}

/// Orders changes by area, then the most severe first, then by location.
fn order(change: &Change) -> impl Ord + use<> {
    let locations = (change.new.clone(), change.old.clone());
    (change.area, std::cmp::Reverse(change.severity), change.is_mock, locations, change.rule)
}

fn report(input: &Input<'_>, mut changes: Vec<Change>) -> Report {
    let problems = input.breaks.apply(&mut changes, &input.versions);
    let severity = |area: Area| {
        let severities = changes.iter().filter(|it| it.area == area).map(|it| it.severity);
        severities.max()
    };
    let heaviest = severity(Area::Wire).max(severity(Area::Rust));
    let breaks = changes.iter().filter(|it| it.severity == Severity::Breaking);
    let status = match (breaks.count(), changes.iter().any(Change::is_undeclared_break)) {
        _ if !problems.is_empty() => Status::Breaking,
        (0, _) => Status::Compatible,
        (_, true) => Status::Breaking,
        (_, false) => Status::Declared,
    };
    Report {
        old: input.old.name.to_owned(),
        new: input.new.name.to_owned(),
        status,
        wire: verdict(severity(Area::Wire)),
        rust: verdict(severity(Area::Rust)),
        evidence: evidence_verdict(&changes),
        are_messages_compared: input.old.evidence.is_some() && input.new.evidence.is_some(),
        pages: None,
        problems,
        version: input.versions.bump(heaviest),
        changelog: changelog::lines(&changes),
        changes,
    }
}

fn verdict(severity: Option<Severity>) -> Verdict {
    match severity {
        None => Verdict::Unchanged,
        Some(Severity::Documentation) => Verdict::Documentation,
        Some(Severity::Compatible) => Verdict::Compatible,
        Some(Severity::Breaking) => Verdict::Breaking,
    }
}

fn evidence_verdict(changes: &[Change]) -> Verdict {
    let rules = changes.iter().filter(|it| it.area == Area::Evidence).map(|it| it.rule);
    rules.fold(Verdict::Unchanged, |verdict, rule| {
        let is_weaker = verdict == Verdict::Weaker || rule == SOURCE_WEAKENED.id;
        if is_weaker { Verdict::Weaker } else { Verdict::Changed }
    })
}
