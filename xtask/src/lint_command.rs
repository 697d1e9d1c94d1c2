//! `cargo xtask lint` reports the mistakes in documents, each with its location.

use std::{collections::HashSet, io, path::PathBuf, process::ExitCode};

use clap::ValueEnum;
use document::{Diagnostic, Severity};

use crate::{
    explain,
    linted::{ERRORS, Format, Linted, Read, linted},
    location::{DOCUMENT, Location},
    print,
    terminal::Style,
};

#[derive(clap::Args)]
#[command(after_help = "Exit status: 0 no error, 1 a document has errors, 2 usage or I/O error")]
pub(crate) struct Arguments {
    /// OpenAPI 3.0 documents, in YAML or JSON [default: spec/partner-center.yaml]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The output format of the diagnostics
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    message_format: Format,

    /// Diagnostics that make the task fail, in addition to errors
    #[arg(long, value_name = "WHAT", value_enum)]
    deny: Option<Deny>,

    /// Apply this project's rules to other documents too
    #[arg(long)]
    project_rules: bool,

    /// Explain a rule, with a wrong and a right example
    #[arg(long, value_name = "RULE", conflicts_with_all = ["files", "rules"])]
    explain: Option<String>,

    /// List the rules
    #[arg(long, conflicts_with = "files")]
    rules: bool,

    #[command(flatten)]
    style: Style,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    Warnings,
}

/// Lints documents, or explains the rules.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.rules {
        print::out(&explain::list(&xtask::registry()))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(id) = &arguments.explain {
        print::out(&explain::page(id)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut files = Vec::new();
    for location in arguments.locations() {
        files.extend(linted(&location, &Read::of(&location)?, arguments.project_rules)?);
    }
    for file in &files {
        print::out(&file.show(arguments.message_format, arguments.style.color(&io::stdout())))?;
    }
    files.iter().for_each(Linted::summarize);
    let fails = |diagnostic: &Diagnostic| {
        diagnostic.severity == Severity::Error || arguments.deny == Some(Deny::Warnings)
    };
    Ok(match files.iter().flat_map(|file| &file.diagnostics).any(fails) {
        true => ExitCode::from(ERRORS),
        false => ExitCode::SUCCESS,
    })
}

impl Arguments {
    fn locations(&self) -> Vec<Location> {
        match self.files.is_empty() {
            true => vec![Location::in_workspace(DOCUMENT)],
            false => {
                let mut seen = HashSet::new();
                // Two paths can name the same file. A file that does not exist is reported when it is read.
                let file = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
                let once = self.files.iter().filter(|path| seen.insert(file(path)));
                once.map(|path| Location::given(path)).collect()
            }
        }
    }
}
