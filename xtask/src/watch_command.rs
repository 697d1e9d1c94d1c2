//! `cargo xtask watch` regenerates the client whenever the document is saved.

mod check;
mod generate;
mod jobs;
mod saves;
mod screen;
mod task;

use std::{
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, mpsc},
};

use anyhow::{Context as _, bail};

use self::{
    jobs::{Jobs, Stage},
    saves::{Burst, Saves},
    screen::Screen,
    task::{Report, Watch},
};
use crate::{
    diff_command,
    location::{DOCUMENT, Location},
    terminal::Style,
};

#[derive(clap::Args)]
#[command(after_help = "Press Ctrl-C to stop. Exit status: 2 usage or I/O error")]
pub(crate) struct Arguments {
    /// The OpenAPI 3.0 document, in YAML or JSON [default: spec/partner-center.yaml]
    #[arg(long, value_name = "PATH", requires = "output")]
    document: Option<PathBuf>,

    /// Write only the client, to this folder, without compiling or comparing it [default: as for `cargo xtask codegen`]
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,

    /// The document or git revision to compare with [default: as for `cargo xtask diff`]
    #[arg(long, value_name = "REV|FILE", conflicts_with = "output")]
    base: Option<String>,

    #[command(flatten)]
    style: Style,
}

/// An event that the loop waits for.
enum Event {
    /// The content of a file may have changed.
    Changed,
    /// The files can no longer be watched.
    Lost(String),
    /// A task ended.
    Reported(Report),
    /// Cargo is waiting for this lock or, with `None`, is no longer waiting.
    Blocked(Option<String>),
    /// A stage ended.
    Ended(Stage),
}

/// Generates the client, and regenerates it whenever the document or its evidence is saved.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let document = Location::given_or(arguments.document.as_deref(), DOCUMENT);
    // Check these arguments now, because saving the document cannot correct them.
    arguments.base.as_deref().map_or(Ok(()), diff_command::check_base)?;
    arguments.output.as_deref().map_or(Ok(()), |output| Location::given(output).check_folder())?;
    let (sender, events) = mpsc::channel();
    let saves = Saves::watch(&document, sender.clone())?;
    let screen = Screen::new(document.shown(), &arguments.style);
    let watch = Watch {
        document: arguments.document.clone(),
        output: arguments.output.clone(),
        base: arguments.base.clone(),
        known_base: Arc::default(),
        style: arguments.style.clone(),
        color: screen.color(),
    };
    let mut jobs = Jobs::new(watch, sender);
    let mut burst = Burst::default();
    jobs.start();
    screen.show(&jobs)?;
    loop {
        match burst.next(&events).context("file watching stopped")? {
            Some(Event::Changed) => {
                burst.extend();
                continue;
            }
            Some(Event::Reported(report)) => jobs.report(report),
            Some(Event::Blocked(lock)) => jobs.block(lock),
            Some(Event::Ended(stage)) => jobs.end(stage),
            Some(Event::Lost(reason)) => bail!("{reason}"),
            None => {
                saves.check()?;
                jobs.start();
            }
        }
        screen.show(&jobs)?;
    }
}
