//! Runs steps one after another.

use std::{
    slice,
    time::{Duration, Instant},
};

use anyhow::bail;
use document::phrasing::counted;

use super::{lines::Lines, needs::Remedy, steps::Step, time::shown};
use crate::print;

/// How a missing tool is handled.
#[derive(Clone, Copy)]
pub(super) enum Missing {
    /// The step is skipped.
    LeavesOut,
    /// The run stops with an error.
    Fails,
}

/// The outcome of a step.
enum Outcome {
    Passed,
    LeftOut,
    Failed,
}

/// Runs steps until one fails. Returns true if none of them fails.
pub(super) fn run(steps: &[&Step], lines: &Lines, missing: Missing) -> anyhow::Result<bool> {
    let (mut passed, mut left_out) = (0, Vec::new());
    let start = Instant::now();
    for step in steps {
        match run_step(step, lines, missing)? {
            Outcome::Passed => passed += 1,
            Outcome::LeftOut => left_out.push(step.name),
            Outcome::Failed => return Ok(false),
        }
    }
    print::out(&summary(passed, &left_out, start.elapsed()))?;
    Ok(true)
}

fn run_step(step: &Step, lines: &Lines, missing: Missing) -> anyhow::Result<Outcome> {
    for need in step.needs() {
        match (need.remedy()?, missing) {
            (None, _) => {}
            (Some(Remedy::Install(command)), _) => {
                if !lines.run("install", slice::from_ref(&command), &command)? {
                    return Ok(Outcome::Failed);
                }
            }
            (Some(Remedy::Ask(tool)), Missing::LeavesOut) => {
                lines.left_out(step.name, &tool)?;
                return Ok(Outcome::LeftOut);
            }
            (Some(Remedy::Ask(tool)), Missing::Fails) => {
                bail!("the step `{}` needs {tool}", step.name)
            }
        }
    }
    let commands: Vec<String> = step.commands().collect();
    let repeat = format!("cargo xtask ci {}", step.name);
    Ok(match lines.run(step.name, &commands, &repeat)? {
        true => Outcome::Passed,
        false => Outcome::Failed,
    })
}

fn summary(passed: usize, left_out: &[&str], time: Duration) -> String {
    let steps = counted(passed, "step");
    let left_out = match left_out.is_empty() {
        true => String::new(),
        false => format!("; skipped: {}", left_out.join(", ")),
    };
    format!("{steps} passed in {}{left_out}\n", shown(time))
}
