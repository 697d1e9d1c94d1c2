//! Draws the results of the tasks.

use std::io::{self, IsTerminal as _};

use xtask::render::Color;

use super::jobs::{Job, Jobs, State};
use crate::{print, terminal::Style};

/// Moves the cursor to the top left and clears the screen, so that the next drawing replaces the last one. Lines that
/// have scrolled off the screen stay.
const REDRAW: &str = "\u{1b}[H\u{1b}[J";

/// The output for the results: a terminal, which shows only the latest result, or a file, which gets all of them.
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

    /// Shows the current results. Without a terminal, shows them only once all stages have ended or cargo is
    /// waiting for a lock.
    pub(super) fn show(&self, jobs: &Jobs) -> anyhow::Result<()> {
        match (self.is_terminal, jobs.are_done() || jobs.are_blocked()) {
            (true, _) => print::out(&format!("{REDRAW}{}", self.drawing(jobs))),
            (false, true) => print::out(&format!("{}\n", self.drawing(jobs))),
            (false, false) => Ok(()),
        }
    }

    /// Returns the details, followed by one line per task, so that these lines stay visible if the details are long.
    fn drawing(&self, jobs: &Jobs) -> String {
        let details = jobs.iter().map(details).filter(|details| !details.is_empty());
        let details: String = details.map(|details| format!("{details}\n\n")).collect();
        let lines: String = jobs.iter().map(line).collect();
        let state = if jobs.are_done() { "waiting for the next save" } else { "working" };
        format!("{details}{lines}{}: {state}; press Ctrl-C to stop\n", self.document)
    }
}

fn details(job: &Job) -> &str {
    match &job.state {
        State::Ended(report) => report.details.trim(),
        _ => "",
    }
}

fn line(job: &Job) -> String {
    let text = match &job.state {
        State::Ended(report) => report.summary.clone(),
        State::Running => "running".to_owned(),
        State::Blocked(lock) => format!("waiting for another cargo to release the {lock}"),
        State::Waiting => "waiting for the client".to_owned(),
    };
    format!("{:7}  {text}\n", job.task.name())
}
