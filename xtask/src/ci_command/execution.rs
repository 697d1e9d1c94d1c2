//! Runs the commands of a step.

use std::{
    env,
    io::{self, IsTerminal as _, Read as _},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::Context as _;

use super::steps::ENVIRONMENT;
use crate::process;

/// How the output of a step's commands is handled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// Printed immediately.
    Shown,
    /// Buffered, and printed only if a command fails.
    Kept,
}

/// A command that failed.
pub(super) struct Failure {
    pub(super) status: ExitStatus,
    /// The output of both streams; empty if it was already printed.
    pub(super) printed: String,
}

/// Runs one command line of a step.
pub(super) fn run(line: &str, output: Output) -> anyhow::Result<Result<(), Failure>> {
    let command = command(line)?;
    finish(command, output).with_context(|| format!("cannot run `{line}`"))
}

/// Returns the command for a line. For `cargo xtask`, it reruns this executable, which is already compiled.
fn command(line: &str) -> anyhow::Result<Command> {
    let words: Vec<&str> = line.split(' ').collect();
    let mut command = match words.as_slice() {
        ["cargo", "xtask", arguments @ ..] => {
            let this = env::current_exe().context("cannot find the executable of this command")?;
            let mut command = Command::new(this);
            command.args(arguments);
            command
        }
        [program, arguments @ ..] => {
            let mut command = process::command(program);
            command.args(arguments);
            command
        }
        [] => unreachable!("splitting a string yields at least one part"),
    };
    command.envs(ENVIRONMENT).stdin(Stdio::null());
    if io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    if cfg!(windows) {
        // Windows cannot overwrite a running executable, such as this one.
        command.env("CARGO_TARGET_DIR", crate::location::workspace().join("target").join("ci"));
    }
    Ok(command)
}

fn finish(mut command: Command, output: Output) -> io::Result<Result<(), Failure>> {
    let (status, printed) = match output {
        Output::Shown => (command.status()?, String::new()),
        Output::Kept => kept(command)?,
    };
    Ok(match status.success() {
        true => Ok(()),
        false => Err(Failure { status, printed }),
    })
}

/// Runs a command, and returns its interleaved standard output and standard error.
fn kept(mut command: Command) -> io::Result<(ExitStatus, String)> {
    let (mut reader, writer) = io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn()?;
    // Reading ends when the last writer is closed, and `command` holds two writers.
    drop(command);
    let mut printed = Vec::new();
    reader.read_to_end(&mut printed)?;
    Ok((child.wait()?, String::from_utf8_lossy(&printed).into_owned()))
}
