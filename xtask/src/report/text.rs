//! Renders a report for people.

use std::fmt::Write as _;

use diff::{Area, Change, Pages, Report, Severity, Verdict};

use crate::render::Color;

pub(super) fn render(report: &Report, color: Color) -> String {
    let mut text = String::new();
    let verdicts =
        [(Area::Wire, report.wire), (Area::Rust, report.rust), (Area::Evidence, report.evidence)];
    for (area, verdict) in verdicts {
        let count = report.changes_of(area).count();
        line(&mut text, &format!("{}: {}", area.name(), painted(verdict, color)));
        report.changes_of(area).for_each(|it| change(&mut text, it, color));
        if let (Area::Evidence, Some(it)) = (area, &report.pages) {
            pages(&mut text, it, color);
        }
        if count > 0 || area == Area::Evidence {
            text.push('\n');
        }
    }
    if !report.are_messages_compared {
        line(&mut text, "The messages and errata were not compared: the base is a file.");
    }
    for problem in &report.problems {
        line(&mut text, &format!("error: {}: {}", problem.location, problem.message));
    }
    if !report.changelog.is_empty() {
        line(&mut text, "For CHANGELOG.md:\n");
        report.changelog.iter().for_each(|it| line(&mut text, it));
        text.push('\n');
    }
    line(&mut text, &format!("version: {}", super::version(report)));
    line(&mut text, &format!("{} → {}: {}", report.old, report.new, super::outcome(report)));
    text
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn change(text: &mut String, change: &Change, color: Color) {
    let head = format!("{}[{}]", change.severity.name(), change.rule);
    let code = match change.severity {
        Severity::Breaking if change.declared.is_some() => "33",
        Severity::Breaking => "31",
        Severity::Compatible => "32",
        Severity::Documentation => "2",
    };
    line(text, &format!("  {}: {}", paint(&head, code, color), change.message));
    let locations = [("old", &change.old), ("new", &change.new)];
    for (name, location) in
        locations.iter().filter_map(|(name, location)| Some((name, (*location).as_ref()?)))
    {
        // Writing to a string cannot fail.
        writeln!(text, "    {name}: {location}").ok();
    }
    if change.area == Area::Wire && !change.operations.is_empty() {
        line(text, &format!("    reaches: {}", change.operations.join(", ")));
    }
    if let Some(version) = &change.declared {
        line(text, &format!("    declared for {version}"));
    }
}

fn pages(text: &mut String, pages: &Pages, color: Color) {
    line(text, &format!("  {}", pages.counts()));
    for finding in &pages.findings {
        let head = paint(&format!("finding[{}]", finding.rule), "33", color);
        line(text, &format!("  {head}: {}", finding.message));
        line(text, &format!("    page: {}", finding.page));
        if let Some(location) = &finding.document {
            line(text, &format!("    document: {location}"));
        }
    }
}

fn painted(verdict: Verdict, color: Color) -> String {
    let code = match verdict {
        Verdict::Breaking | Verdict::Weaker => "1;31",
        Verdict::Compatible | Verdict::Changed => "1;32",
        Verdict::Unchanged | Verdict::Documentation => "1",
    };
    paint(verdict.words(), code, color)
}

fn paint(text: &str, code: &str, color: Color) -> String {
    match color {
        Color::Plain => text.to_owned(),
        Color::Ansi => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
    }
}
