//! Renders a report as workflow commands that annotate lines, one for each cause in the document.

use std::cmp::Reverse;

use diff::{Change, Finding, Location, Report, Severity};

use crate::render::github::{escaped, property};

/// The maximum number of compatible causes that are annotated. GitHub shows only the first annotations of a step.
const MOST: usize = 10;

pub(super) fn render(report: &Report) -> String {
    let problems = report.problems.iter();
    let mut text: String = problems
        .map(|problem| {
            command("error", Some(&problem.location), "declared break", &problem.message)
        })
        .collect();
    let (breaks, others): (Vec<_>, Vec<_>) =
        causes(report).into_iter().partition(|changes| changes[0].severity == Severity::Breaking);
    text.extend(breaks.iter().map(|changes| annotation(changes)));
    let findings = report.pages.iter().flat_map(|pages| &pages.findings);
    text.extend(findings.map(of_page));
    text.extend(others.iter().take(MOST).map(|changes| annotation(changes)));
    let pages = report.pages.as_ref().map(|pages| format!("; {}", pages.counts()));
    let summary = format!(
        "wire {}, Rust {}, evidence {}: {}; {}{}",
        report.wire.words(),
        report.rust.words(),
        report.evidence.words(),
        super::outcome(report),
        super::version(report),
        pages.unwrap_or_default()
    );
    text + &command("notice", None, "what this edit breaks", &summary)
}

pub(super) fn not_compared(reason: &str) -> String {
    command("error", None, "could not compare", reason)
}

/// Groups the changes that callers notice by their cause, with the most severe first in each group.
fn causes(report: &Report) -> Vec<Vec<&Change>> {
    let mut causes: Vec<Vec<&Change>> = Vec::new();
    for change in report.changes.iter().filter(|it| it.severity > Severity::Documentation) {
        match causes.iter_mut().find(|changes| changes[0].pointer == change.pointer) {
            Some(changes) => changes.push(change),
            None => causes.push(vec![change]),
        }
    }
    for changes in &mut causes {
        changes.sort_by_key(|it| Reverse(it.severity));
    }
    causes
}

/// Annotates the new location of a cause with all changes that follow from it. The workspace lacks the old location.
fn annotation(changes: &[&Change]) -> String {
    let first = changes[0];
    let kind = match first.severity {
        Severity::Breaking if changes.iter().any(|it| it.is_undeclared_break()) => "error",
        Severity::Breaking => "warning",
        _ => "notice",
    };
    let messages: Vec<String> = changes.iter().map(|it| message(it)).collect();
    command(kind, first.new.as_ref(), first.rule, &messages.join("\n"))
}

fn message(change: &Change) -> String {
    match &change.declared {
        Some(version) => format!("{}; declared for {version}", change.message),
        None => change.message.clone(),
    }
}

/// Annotates the location at which a page differs from the document.
fn of_page(finding: &Finding) -> String {
    let document = finding.document.iter().map(|location| format!("\ndocument: {location}"));
    let message = finding.message.clone() + &document.collect::<String>();
    command("warning", Some(&finding.page), finding.rule, &message)
}

fn command(kind: &str, location: Option<&Location>, title: &str, message: &str) -> String {
    let location = location.map_or(String::new(), |Location { file, line, column }| {
        format!("file={},line={line},col={column},", property(file))
    });
    format!("::{kind} {location}title={}::{}\n", property(title), escaped(message))
}
