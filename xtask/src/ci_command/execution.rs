//! Runs the commands of a step.

use std::{
    env,
    io::{self, IsTerminal as _, Read as _},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::Context as _;

use super::steps::ENVIRONMENT;
use crate::process;

/// The handling of the output of commands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// It is printed immediately.
    Shown,
    /// It is buffered, and printed if a command fails.
    Kept,
}

/// A command that failed.
pub(super) struct Failure {
    pub(super) status: ExitStatus,
    /// The buffered output of both streams.
    pub(super) printed: String,
}

/// Runs a command of a step, as it is typed.
pub(super) fn run(line: &str, output: Output) -> anyhow::Result<Result<(), Failure>> {
    let command = command(line)?;
    finish(command, output).with_context(|| format!("cannot run `{line}`"))
}

/// Returns the command for a line. The project's own tasks run this program again, which is compiled already.
fn command(line: &str) -> anyhow::Result<Command> {
    let words: Vec<&str> = line.split(' ').collect();
    let mut command = match words.as_slice() {
        ["cargo", "xtask", arguments @ ..] => {
            let this = env::current_exe().context("cannot find the program of this command")?;
            let mut command = Command::new(this);
            command.args(arguments);
            command
        }
        [program, arguments @ ..] => {
            let mut command = process::command(program);
            command.args(arguments);
            command
        }
        [] => unreachable!("splitting a text yields at least one part"),
    };
    command.envs(ENVIRONMENT).stdin(Stdio::null());
    if io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    if cfg!(windows) {
        // Windows cannot replace a running program, such as this one.
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

/// Runs a command, and returns what it printed to both streams, in order.
fn kept(mut command: Command) -> io::Result<(ExitStatus, String)> {
    let (mut reader, writer) = io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn()?;
    // Reading ends when the last writer is closed, and this command holds two writers.
    drop(command);
    let mut printed = Vec::new();
    reader.read_to_end(&mut printed)?;
    Ok((child.wait()?, String::from_utf8_lossy(&printed).into_owned()))
}
