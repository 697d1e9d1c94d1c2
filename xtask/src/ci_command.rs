//! `cargo xtask ci` runs the CI steps, and prints one line for each.

mod execution;
mod lines;
mod needs;
mod run;
mod steps;
mod time;

use std::process::ExitCode;

use clap::builder::PossibleValuesParser;

use self::{
    execution::Output,
    lines::Lines,
    run::Missing,
    steps::{ENVIRONMENT, JOBS, Job, Step},
};
use crate::print;

/// The exit status if a step failed.
const FAILED: u8 = 1;

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 all steps passed, 1 a step failed, 2 usage or I/O error, or a named step lacks a tool"
)]
pub(crate) struct Arguments {
    /// Steps or workflow jobs to run [default: every step whose tools are installed]
    #[arg(value_name = "STEP", value_parser = PossibleValuesParser::new(names()), hide_possible_values = true)]
    steps: Vec<String>,

    /// Skip steps that take more than ten seconds
    #[arg(long)]
    fast: bool,

    /// Skip these steps or jobs
    #[arg(
        long, value_name = "STEP", value_delimiter = ',',
        value_parser = PossibleValuesParser::new(names()), hide_possible_values = true
    )]
    except: Vec<String>,

    /// Show the output of each step while it runs
    #[arg(long)]
    verbose: bool,

    /// List the steps by job, with their commands, without running them
    #[arg(long)]
    list: bool,
}

/// Runs the steps until one fails.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.list {
        print::out(&arguments.list())?;
        return Ok(ExitCode::SUCCESS);
    }
    let output = if arguments.verbose { Output::Shown } else { Output::Kept };
    let missing = if arguments.steps.is_empty() { Missing::LeavesOut } else { Missing::Fails };
    let steps = arguments.steps();
    let lines = Lines::new(steps.iter().map(|step| step.name), output);
    let passed = run::run(&steps, &lines, missing)?;
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// Returns the names of all jobs and steps.
fn names() -> Vec<&'static str> {
    let steps = JOBS.iter().flat_map(|job| job.steps);
    JOBS.iter().map(|job| job.name).chain(steps.map(|step| step.name)).collect()
}

impl Arguments {
    /// Returns the steps to run, in the order of [`JOBS`].
    fn steps(&self) -> Vec<&'static Step> {
        let steps = JOBS.iter().flat_map(|job| job.steps.iter().map(move |step| (job, step)));
        let chosen = steps.filter(|(job, step)| {
            (self.steps.is_empty() || is_named(&self.steps, job, step))
                && !is_named(&self.except, job, step)
                && !(self.fast && step.is_slow)
        });
        chosen.map(|(_, step)| step).collect()
    }

    fn list(&self) -> String {
        let chosen = self.steps();
        let is_chosen = |step: &&Step| chosen.iter().any(|it| it.name == step.name);
        let variables = ENVIRONMENT.map(|(name, value)| format!("{name}=\"{value}\""));
        let mut list = format!("Each step runs with {}.\n", variables.join(" "));
        for job in &JOBS {
            let mut steps = job.steps.iter().filter(is_chosen).peekable();
            if steps.peek().is_some() {
                list += &format!("\n{}\n", job.name);
            }
            for step in steps {
                let speed = if step.is_slow { "  (slow)" } else { "" };
                list += &format!("  {}{speed}\n", step.name);
                list.extend(step.commands().map(|command| format!("    {command}\n")));
            }
        }
        list
    }
}

fn is_named(names: &[String], job: &Job, step: &Step) -> bool {
    names.iter().any(|name| name == job.name || name == step.name)
}
