//! `cargo xtask` runs the tasks of this project.

mod ci_command;
mod codegen_command;
mod completions_command;
mod conform_command;
mod diff_command;
mod evidence_files;
mod evidence_pages;
mod explain;
mod isolation;
mod lint_command;
mod linted;
mod location;
mod man_command;
mod manifest;
mod output;
mod pages;
mod print;
mod process;
mod reality_command;
mod reference_command;
mod release_command;
mod shell;
mod terminal;
mod watch_command;

use std::{io, process::ExitCode};

use clap::{CommandFactory as _, Parser, Subcommand};

/// The exit status for a usage error or a file that cannot be read or written.
const USAGE_OR_FILES: u8 = 2;

/// The tasks of this project.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generate the client from the OpenAPI document
    Codegen(codegen_command::Arguments),
    /// Compare the vendor's pages, in any language, with the document
    Conform(conform_command::Arguments),
    /// Report what an edit to the document breaks, and for whom
    Diff(diff_command::Arguments),
    /// Report the mistakes in an OpenAPI document
    Lint(lint_command::Arguments),
    /// Compare recorded traffic with the document
    Reality(reality_command::Arguments),
    /// Regenerate and compile the client whenever the document is saved
    Watch(watch_command::Arguments),
    /// Run the CI steps
    Ci(ci_command::Arguments),
    /// Prepare a release of the client
    Release(release_command::Arguments),
    /// Print a shell completion script for the tasks
    Completions(completions_command::Arguments),
    /// Write manual pages for the tasks
    Man(man_command::Arguments),
    /// Write the reference: an HTML page with the document, its evidence and its errata
    Reference(reference_command::Arguments),
    /// Run the generator once, for `codegen`
    #[command(name = isolation::TASK, hide = true)]
    Run(isolation::Arguments),
}

impl Task {
    fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Codegen(arguments) => codegen_command::run(&arguments),
            Self::Conform(arguments) => conform_command::run(&arguments),
            Self::Diff(arguments) => diff_command::run(&arguments),
            Self::Lint(arguments) => lint_command::run(&arguments),
            Self::Reality(arguments) => reality_command::run(&arguments),
            Self::Reference(arguments) => reference_command::run(&arguments),
            Self::Watch(arguments) => watch_command::run(&arguments),
            Self::Ci(arguments) => ci_command::run(&arguments),
            Self::Release(arguments) => release_command::run(&arguments),
            Self::Completions(arguments) => {
                completions_command::run(&arguments, Arguments::command())
            }
            Self::Man(arguments) => man_command::run(&arguments, Arguments::command()),
            Self::Run(arguments) => isolation::serve(arguments),
        }
    }
}

fn main() -> ExitCode {
    let result = match Arguments::try_parse() {
        Ok(Arguments { task }) => task.run(),
        Err(error) => print_message(&error),
    };
    result.unwrap_or_else(|error| {
        print::error(format_args!("{error:#}"));
        ExitCode::from(USAGE_OR_FILES)
    })
}

/// Prints the requested help or the argument error.
fn print_message(error: &clap::Error) -> anyhow::Result<ExitCode> {
    let printed = error.print();
    if error.use_stderr() {
        return Ok(ExitCode::from(USAGE_OR_FILES));
    }
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(anyhow::Error::new(error).context("cannot write to standard output"))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
