//! Summarizes the comparison: as text for people, and as a table for a pull request.

use std::{collections::BTreeMap, fmt::Write as _};

use conform::{Lookup, Outcome};
use document::{Diagnostic, phrasing::counted};

use crate::pages::{PageFile, Pages};

const LOOKUPS: [Lookup; 5] =
    [Lookup::Identical, Lookup::WhiteSpace, Lookup::Values, Lookup::Differs, Lookup::New];

/// Returns the number of pages by outcome, and the number of their messages by lookup result.
pub(super) fn text(pages: &Pages) -> String {
    let count = |outcome| pages.relevant.iter().filter(|it| it.checked.outcome == outcome).count();
    let pages_by_outcome = format!(
        "{}: {} clean, {} with findings, {} unable, {} other\n",
        counted(pages.relevant.len() + pages.others, "page"),
        count(Outcome::Clean),
        count(Outcome::Findings),
        count(Outcome::Unable),
        pages.others
    );
    pages_by_outcome + &messages(pages).map(|messages| format!("{messages}\n")).unwrap_or_default()
}

fn messages(pages: &Pages) -> Option<String> {
    let lookups: Vec<Lookup> = pages
        .relevant
        .iter()
        .flat_map(|page| &page.checked.messages)
        .map(|message| message.lookup)
        .collect();
    let counts = LOOKUPS.iter().filter_map(|lookup| {
        let count = lookups.iter().filter(|it| *it == lookup).count();
        (count > 0).then(|| format!("{count} {}", lookup.describe()))
    });
    let counts: Vec<String> = counts.collect();
    let messages = counted(lookups.len(), "message");
    (!lookups.is_empty()).then(|| format!("{messages}: {}", counts.join(", ")))
}

/// Returns a table with a row for each subject, and a table of all findings.
pub(super) fn markdown(pages: &Pages) -> String {
    let mut by_subject: BTreeMap<&str, Vec<&PageFile>> = BTreeMap::new();
    for page in &pages.relevant {
        let subject = page.checked.subject.as_deref().unwrap_or("unknown");
        by_subject.entry(subject).or_default().push(page);
    }
    let mut table =
        "| page | copies | clean | findings | unable |\n|---|--:|--:|--:|--:|\n".to_owned();
    for (subject, copies) in by_subject {
        let count = |outcome| copies.iter().filter(|it| it.checked.outcome == outcome).count();
        let [clean, findings, unable] =
            [Outcome::Clean, Outcome::Findings, Outcome::Unable].map(count);
        let copies = copies.len();
        writeln!(table, "| {subject} | {copies} | {clean} | {findings} | {unable} |")
            .expect("writing to a string cannot fail");
    }
    let findings: Vec<String> = pages
        .relevant
        .iter()
        .flat_map(|page| page.checked.findings.iter().map(|finding| row(page, finding)))
        .collect();
    if !findings.is_empty() {
        table += "\n| location | rule | difference |\n|---|---|---|\n";
        table += &findings.concat();
    }
    format!("{table}\n{}", text(pages))
}

fn row(page: &PageFile, finding: &Diagnostic) -> String {
    let (line, column) = page.source().line_and_column(&finding.span);
    let location = cell(&format!("{}:{line}:{column}", page.name));
    format!("| {location} | {} | {} |\n", finding.rule, cell(&finding.message))
}

/// Escapes text for a table cell.
fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\r', '\n'], " ").replace('<', "\\<")
}
