//! Prints one line per step: its name, how long it took and, if it failed, how to rerun it.

use std::time::Instant;

use super::{
    execution::{self, Failure, Output},
    time::shown,
};
use crate::print;

pub(super) struct Lines {
    /// The length of the longest name.
    width: usize,
    output: Output,
}

impl Lines {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>, output: Output) -> Self {
        Self { width: names.map(str::len).max().unwrap_or_default(), output }
    }

    /// Runs commands under a name, and returns true if all of them succeed. Otherwise, prints the failure and the
    /// command that reruns the step.
    pub(super) fn run(
        &self,
        name: &str,
        commands: &[String],
        repeat: &str,
    ) -> anyhow::Result<bool> {
        if self.output == Output::Kept {
            print::out(&self.padded(name))?;
        }
        let start = Instant::now();
        let failed = self.first_failure(name, commands)?;
        let time = shown(start.elapsed());
        let Some((command, Failure { status, printed })) = failed else {
            print::out(&match self.output {
                Output::Kept => format!("{time}\n"),
                Output::Shown => format!("== {name}: {time}\n"),
            })?;
            return Ok(true);
        };
        if self.output == Output::Kept {
            print::out(&format!("failed after {time}\n"))?;
            print::err(&format!("\n$ {command}\n{}\n\n", printed.trim_end()));
        }
        print::error(format_args!("{name}: {status}; rerun it with `{repeat}`"));
        Ok(false)
    }

    /// Reports that a step was skipped because a tool is missing.
    pub(super) fn left_out(&self, name: &str, tool: &str) -> anyhow::Result<()> {
        print::out(&format!("{}skipped: needs {tool}\n", self.padded(name)))
    }

    fn padded(&self, name: &str) -> String {
        format!("{name:0$}  ", self.width)
    }

    /// Runs commands until one fails, and returns the failed command.
    fn first_failure<'c>(
        &self,
        name: &str,
        commands: &'c [String],
    ) -> anyhow::Result<Option<(&'c str, Failure)>> {
        for command in commands {
            if self.output == Output::Shown {
                print::out(&format!("\n== {name}: {command}\n"))?;
            }
            if let Err(failure) = execution::run(command, self.output)? {
                return Ok(Some((command, failure)));
            }
        }
        Ok(None)
    }
}
