//! Draws the results of the commands.

use std::io::{self, IsTerminal as _};

use xtask::render::Color;

use super::{
    commands::{Report, Task},
    jobs::{Job, Jobs},
};
use crate::{print, terminal::Style};

/// Moves to the first cell and clears what follows, so that the next drawing replaces this one. The lines that were
/// scrolled away stay.
const REDRAW: &str = "\u{1b}[H\u{1b}[J";

/// The exit statuses of a comparison. Any other status means that nothing was compared.
const NOT_BREAKING: i32 = 0;
const BREAKING: i32 = 1;

/// The output for the results: a terminal, which shows one at a time, or a file, to which each is appended.
pub(super) struct Screen {
    document: String,
    is_terminal: bool,
    color: Color,
}

impl Screen {
    pub(super) fn new(document: String, style: &Style) -> Self {
        let output = io::stdout();
        Self { document, is_terminal: output.is_terminal(), color: style.color(&output) }
    }

    pub(super) fn color(&self) -> Color {
        self.color
    }

    /// Shows the current results. Without a terminal, it waits until all commands have ended.
    pub(super) fn show(&self, jobs: &Jobs) -> anyhow::Result<()> {
        match (self.is_terminal, jobs.are_done()) {
            (true, _) => print::out(&format!("{REDRAW}{}", self.drawing(jobs))),
            (false, true) => print::out(&format!("{}\n", self.drawing(jobs))),
            (false, false) => Ok(()),
        }
    }

    /// Returns the diagnostics, and a line for each command below them, where they stay visible under a long text.
    fn drawing(&self, jobs: &Jobs) -> String {
        let details = jobs
            .iter()
            .map(|job| job.report().map(|report| details(job.task, report)).unwrap_or_default());
        let details = details.filter(|details| !details.is_empty());
        let details = details.map(|details| format!("{details}\n\n")).collect::<String>();
        let lines = jobs.iter().map(lines).collect::<String>();
        let state = if jobs.are_done() { "waiting for the next save" } else { "working" };
        format!("{details}{lines}{}: {state}; press Ctrl-C to stop\n", self.document)
    }
}

/// Returns the details of a command besides its line: its diagnostics, or the report on breaks.
fn details(task: Task, report: &Report) -> &str {
    match (task, report.status) {
        (Task::Diff, Some(NOT_BREAKING | BREAKING)) => report.output.trim(),
        // The diagnostics of the document are those of `codegen`.
        (Task::Diff, _) => "",
        _ => report.errors.trim(),
    }
}

/// Returns the lines of a command: `codegen` lints the document first, and the others do one thing.
fn lines(job: &Job) -> String {
    let names: &[&str] = match job.task {
        Task::Codegen => &["lint", "codegen"],
        Task::Diff => &["verdict"],
        Task::Check => &["check"],
    };
    let line = |name: &&str| {
        let text = match job.report() {
            Some(report) => result(name, report),
            None if job.is_running() => "running".to_owned(),
            None => "waiting for the client".to_owned(),
        };
        format!("{name:7}  {text}\n")
    };
    names.iter().map(line).collect()
}

fn result(name: &str, report: &Report) -> String {
    let time = report.time.as_secs_f64();
    match (name, report.status) {
        ("lint", Some(0)) if report.errors.trim().is_empty() => "no problems".to_owned(),
        ("lint", Some(0)) => "only warnings".to_owned(),
        ("lint", _) => last_line(&report.errors),
        ("codegen", Some(0)) => report.output.trim().to_owned(),
        ("codegen", _) => "nothing was written".to_owned(),
        ("verdict", Some(NOT_BREAKING)) => "nothing breaks, or all breaks are declared".to_owned(),
        ("verdict", Some(BREAKING)) => "the edit breaks callers; see above".to_owned(),
        ("verdict", _) => last_line(&report.errors),
        (_, Some(0)) => format!("the client compiles ({time:.1} s)"),
        _ => "the client does not compile".to_owned(),
    }
}

fn last_line(text: &str) -> String {
    text.trim().lines().last().unwrap_or_default().to_owned()
}
