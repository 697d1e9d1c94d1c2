//! Renders a report as workflow commands that annotate lines.

use diff::{Change, Finding, Location, Report, Severity};

use crate::render::github::{escaped, property};

/// The number of compatible changes that are annotated. GitHub shows only the first annotations of a step.
const MOST: usize = 10;

pub(super) fn render(report: &Report) -> String {
    let problems = report.problems.iter();
    let mut text: String = problems
        .map(|problem| {
            command("error", Some(&problem.location), "declared break", &problem.message)
        })
        .collect();
    let breaks = report.changes.iter().filter(|it| it.severity == Severity::Breaking);
    text.extend(breaks.map(|change| {
        let kind = if change.is_undeclared_break() { "error" } else { "warning" };
        annotation(kind, change)
    }));
    let findings = report.pages.iter().flat_map(|pages| &pages.findings);
    text.extend(findings.map(of_page));
    let others = report.changes.iter().filter(|it| it.severity == Severity::Compatible);
    text.extend(others.take(MOST).map(|change| annotation("notice", change)));
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

/// Annotates the new location of a change; only the new file is in the workspace.
fn annotation(kind: &str, change: &Change) -> String {
    let declared = change.declared.iter().map(|version| format!("\ndeclared for {version}"));
    let message = change.message.clone() + &declared.collect::<String>();
    command(kind, change.new.as_ref(), change.rule, &message)
}

/// Annotates the location in a page at which it differs from the document.
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
