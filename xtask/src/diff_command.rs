//! `cargo xtask diff` reports what an edit to the document breaks, and for whom.

mod base;
mod git;
mod manifest;
mod pages;
mod rules;
mod state;

use std::{io, panic::resume_unwind, path::PathBuf, process::ExitCode, sync::Arc, thread};

use clap::ValueEnum;
use diff::{Breaks, Input, Report, Status, Versions};
use xtask::report::{self, Format};

pub(crate) use self::state::State;
use self::{base::Base, state::BREAKS};
use crate::{USAGE_OR_FILES, location::Location, print, terminal::Style};

/// The changelog of the client.
const CHANGELOG: &str = "CHANGELOG.md";

/// The exit status for an undeclared break or a wrong declaration.
const BREAKING: u8 = 1;

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 nothing breaks, or all breaks are declared, 1 a break is not declared or a \
                  declaration is wrong, 2 the documents or a page could not be compared, or a usage or I/O error. \
                  Findings on pages do not change the exit status."
)]
pub(crate) struct Arguments {
    /// The document or git revision to compare with [default: the merge base with the main branch]
    #[arg(long, value_name = "REV|FILE")]
    base: Option<String>,

    /// Also compare these Markdown pages from the vendor, or the pages in these folders, with the document
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pages: Vec<PathBuf>,

    /// The output format of the report
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    message_format: MessageFormat,

    /// Explain a rule
    #[arg(long, value_name = "RULE", conflicts_with_all = ["base", "pages", "rules"])]
    explain: Option<String>,

    /// List the rules
    #[arg(long, conflicts_with_all = ["base", "pages"])]
    rules: bool,

    #[command(flatten)]
    style: Style,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum MessageFormat {
    /// Human-readable text
    #[default]
    Text,
    /// A self-contained Markdown page
    Markdown,
    /// One JSON object
    Json,
    /// GitHub workflow annotations
    Github,
}

/// Compares the document with a base, or explains the rules.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.rules {
        print::out(&rules::list())?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(id) = &arguments.explain {
        print::out(&rules::page(id)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let format = match arguments.message_format {
        MessageFormat::Text => Format::Text(arguments.style.color(&io::stdout())),
        MessageFormat::Markdown => Format::Markdown,
        MessageFormat::Json => Format::Json,
        MessageFormat::Github => Format::Github,
    };
    match compared(arguments) {
        Ok(compared) => {
            print::out(&report::compared(&compared, format))?;
            Ok(status(&compared))
        }
        Err(error) => {
            let reason = format!("{error:#}");
            print::out(&report::not_compared(&reason, format))?;
            print::error(format_args!("could not compare: {reason}"));
            Ok(ExitCode::from(USAGE_OR_FILES))
        }
    }
}

fn compared(arguments: &Arguments) -> anyhow::Result<Report> {
    let (old, new) = thread::scope(|scope| {
        // Reading the base waits for git, so do it while the generator runs.
        let old = scope.spawn(|| base(arguments.base.as_deref(), None, &arguments.style));
        let new = State::of_workspace(&arguments.style);
        (old.join().unwrap_or_else(|panic| resume_unwind(panic)), new)
    });
    let (old, new) = (old?, new?);
    let report = compare(&old, &new)?;
    match arguments.pages.as_slice() {
        [] => Ok(report),
        paths => Ok(report.with_pages(pages::compared(paths)?)),
    }
}

/// Fails if there is no base with this name.
pub(crate) fn check_base(name: &str) -> anyhow::Result<()> {
    Base::find(Some(name)).map(drop)
}

/// Reads the base that the user specified, or the default one. Reuses `known` if it is the state of the same commit.
pub(crate) fn base(
    named: Option<&str>,
    known: Option<Arc<State>>,
    style: &Style,
) -> anyhow::Result<Arc<State>> {
    let base = Base::find(named)?;
    match known.filter(|known| known.is_of(&base)) {
        Some(known) => Ok(known),
        None => State::of_base(&base, style).map(Arc::new),
    }
}

/// Compares two states of the workspace.
pub(crate) fn compare(old: &State, new: &State) -> anyhow::Result<Report> {
    let changelog = Location::in_workspace(CHANGELOG).read_if_exists()?.unwrap_or_default();
    let input = Input {
        old: old.side(),
        new: new.side(),
        breaks: Breaks { name: BREAKS, text: &new.breaks, old: &old.breaks },
        versions: Versions { manifest: &manifest::version()?, changelog: &changelog },
    };
    diff::compare(&input).map_err(anyhow::Error::msg)
}

fn status(report: &Report) -> ExitCode {
    match report.status {
        Status::Compatible | Status::Declared => ExitCode::SUCCESS,
        Status::Breaking => ExitCode::from(BREAKING),
    }
}
