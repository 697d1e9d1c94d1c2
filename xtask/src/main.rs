//! `cargo xtask` runs the tasks of this project.

mod codegen_command;
mod isolation;
mod lint_command;
mod linted;
mod location;
mod output;
mod print;
mod shell;
mod terminal;

use std::{io, process::ExitCode};

use clap::{Parser, Subcommand};

/// The exit status for a usage error, or a file that cannot be read or written.
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
    /// Report the mistakes in an OpenAPI document
    Lint(lint_command::Arguments),
    /// Run the generator once, for `codegen`
    #[command(name = isolation::TASK, hide = true)]
    Run(isolation::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::try_parse() {
        Ok(Arguments { task: Task::Codegen(arguments) }) => codegen_command::run(&arguments),
        Ok(Arguments { task: Task::Lint(arguments) }) => lint_command::run(&arguments),
        Ok(Arguments { task: Task::Run(arguments) }) => isolation::serve(arguments),
        Err(error) => print_message(&error),
    };
    result.unwrap_or_else(|error| {
        print::error(format_args!("{error:#}"));
        ExitCode::from(USAGE_OR_FILES)
    })
}

/// Prints the requested help, or the error in the arguments.
fn print_message(error: &clap::Error) -> anyhow::Result<ExitCode> {
    let printed = error.print();
    if error.use_stderr() {
        return Ok(ExitCode::from(USAGE_OR_FILES));
    }
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(anyhow::Error::new(error).context("cannot write to the standard output"))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
