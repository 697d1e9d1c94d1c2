//! The commands of a session, and their results.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use xtask::render::Color;

use crate::process;

/// The purpose of a command.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Lints the document, and generates the client if it has no errors.
    Codegen,
    /// Compares the document with the base.
    Diff,
    /// Compiles the client.
    Check,
}

impl Task {
    /// Returns whether the command reads the generated client, and so waits for it.
    pub(super) fn needs_client(self) -> bool {
        self == Self::Check
    }
}

/// The document to watch, its output, and the base of the comparison.
pub(super) struct Watch {
    /// This program.
    pub(super) executable: PathBuf,
    pub(super) document: Option<PathBuf>,
    pub(super) output: Option<PathBuf>,
    /// The base of the comparison; `None` for the commit at which the branch left the main branch.
    pub(super) base: Option<String>,
    pub(super) color: Color,
}

/// The result of a command.
pub(super) struct Report {
    /// The exit status; `None` if the command could not be started, or a signal ended it.
    pub(super) status: Option<i32>,
    pub(super) output: String,
    pub(super) errors: String,
    pub(super) time: Duration,
}

impl Report {
    pub(super) fn succeeded(&self) -> bool {
        self.status == Some(0)
    }
}

impl Watch {
    /// Returns the commands. A client in another folder may not be part of a package, so it is neither compiled nor
    /// compared.
    pub(super) fn tasks(&self) -> Vec<Task> {
        match self.output {
            None => vec![Task::Codegen, Task::Diff, Task::Check],
            Some(_) => vec![Task::Codegen],
        }
    }

    pub(super) fn command(&self, task: Task) -> Command {
        let mut command = match task {
            Task::Codegen => self.codegen(),
            Task::Diff => self.diff(),
            Task::Check => self.check(),
        };
        command.stdin(Stdio::null());
        command
    }

    fn codegen(&self) -> Command {
        let mut command = Command::new(&self.executable);
        command.args(["codegen", "--color", self.when("always", "never")]);
        command
            .args(self.document.iter().flat_map(|path| ["--document".as_ref(), path.as_os_str()]));
        command.args(self.output.iter().flat_map(|path| ["--output".as_ref(), path.as_os_str()]));
        command
    }

    fn diff(&self) -> Command {
        let mut command = Command::new(&self.executable);
        command.args(["diff", "--color", self.when("always", "never")]);
        command.args(self.base.iter().flat_map(|base| ["--base", base]));
        command
    }

    fn check(&self) -> Command {
        let mut command = process::command("cargo");
        command.args([
            "check",
            "--quiet",
            "--package",
            "partner-center-client",
            "--features",
            "mock",
        ]);
        command.env("CARGO_TERM_COLOR", self.when("always", "never"));
        command
    }

    fn when<'t>(&self, colored: &'t str, plain: &'t str) -> &'t str {
        match self.color {
            Color::Ansi => colored,
            Color::Plain => plain,
        }
    }
}

/// Runs a command to its end.
pub(super) fn run(mut command: Command) -> Report {
    let start = Instant::now();
    let result = command.output();
    let time = start.elapsed();
    match result {
        Ok(ended) => Report {
            status: ended.status.code(),
            output: String::from_utf8_lossy(&ended.stdout).into_owned(),
            errors: String::from_utf8_lossy(&ended.stderr).into_owned(),
            time,
        },
        Err(error) => Report {
            status: None,
            output: String::new(),
            errors: format!("error: cannot run {}: {error}\n", command.get_program().display()),
            time,
        },
    }
}
