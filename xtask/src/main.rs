//! `cargo xtask`: the project's tasks.

mod codegen_command;
mod lint_command;
mod linted;
mod place;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's tasks.
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
    /// Find the mistakes in an OpenAPI document
    Lint(lint_command::Arguments),
}

fn main() -> ExitCode {
    let Arguments { task } = Arguments::parse();
    let result = match task {
        Task::Codegen(arguments) => codegen_command::run(&arguments),
        Task::Lint(arguments) => lint_command::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
