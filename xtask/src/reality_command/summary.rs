//! Summarizes a survey: one line per operation and per undeclared call, and the totals.

use std::path::PathBuf;

use document::phrasing::counted;
use reality::{Confirmed, OperationReport, Report, UndeclaredCall};

/// Returns the summary.
pub(super) fn text(report: &Report, files: &[PathBuf]) -> String {
    let (observed, silent): (Vec<_>, Vec<_>) =
        report.operations.iter().partition(|operation| operation.entries > 0);
    let mut lines: Vec<String> = observed.into_iter().map(operation).collect();
    if !silent.is_empty() {
        let names: Vec<&str> = silent.iter().map(|operation| operation.name.as_str()).collect();
        lines.push(format!("not observed: {}", names.join(", ")));
    }
    lines.extend(report.undeclared.iter().map(|call| undeclared(call, files)));
    lines.extend(report.malformed.iter().map(|(file, index, problem)| {
        format!("{}: malformed entry: {problem}", location(files, *file, *index))
    }));
    lines.push(totals(report));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn operation(operation: &OperationReport) -> String {
    let OperationReport { name, entries, observations, confirmed, unknown_bodies } = operation;
    let Confirmed { statuses, headers, members } = *confirmed;
    let confirmed =
        [counted(statuses, "status"), counted(headers, "header"), counted(members, "member")];
    let unknown = unknown_bodies
        .iter()
        .map(|(reason, bodies)| format!("; {} not compared: {reason}", counted(*bodies, "body")));
    format!(
        "{name}: {}, {}; confirmed: {}{}",
        counted(*entries, "entry"),
        counted(observations.len(), "difference"),
        confirmed.join(", "),
        unknown.collect::<String>()
    )
}

fn undeclared(call: &UndeclaredCall, files: &[PathBuf]) -> String {
    let UndeclaredCall { name, entries, file, first_entry, .. } = call;
    let entries = counted(*entries, "entry");
    format!("not declared: {name}: {entries}, first at {}", location(files, *file, *first_entry))
}

fn totals(report: &Report) -> String {
    let differences = report.observations().count();
    let compared = report.compared();
    let undeclared: usize = report.undeclared.iter().map(|call| call.entries).sum();
    let others = report.other + report.without_response + report.malformed.len();
    let all = compared + undeclared + others;
    format!(
        "{}: {compared} compared, {undeclared} not declared, {} other, {} without a response, {} malformed; {}",
        counted(all, "entry"),
        report.other,
        report.without_response,
        report.malformed.len(),
        counted(differences, "difference"),
    )
}

fn location(files: &[PathBuf], file: usize, index: usize) -> String {
    let file = files.get(file).map(|file| file.to_string_lossy()).unwrap_or_default();
    format!("{file}: {}", entry(index))
}

/// Returns the JSON pointer of an entry in its file.
pub(super) fn entry(index: usize) -> String {
    format!("/log/entries/{index}")
}
