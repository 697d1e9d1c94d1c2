//! `cargo xtask watch` generates the client on each save of the document.

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
#[command(after_help = "Press Ctrl-C to stop. Exit status: 2 usage or input/output")]
pub(crate) struct Arguments {
    /// The OpenAPI 3.0 document, YAML or JSON [default: spec/partner-center.yaml]
    #[arg(long, value_name = "PATH", requires = "output")]
    document: Option<PathBuf>,

    /// A folder for the client alone, which is then neither compiled nor compared [default: that of `cargo xtask codegen`]
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,

    /// What to compare with: a document, or a git revision [default: that of `cargo xtask diff`]
    #[arg(long, value_name = "REV|FILE", conflicts_with = "output")]
    base: Option<String>,

    #[command(flatten)]
    style: Style,
}

/// The events for which the loop waits.
enum Event {
    /// The content of a file may have changed.
    Changed,
    /// The files can no longer be watched.
    Lost(String),
    /// A task ended.
    Reported(Report),
    /// Cargo waits for this lock, or no longer waits.
    Blocked(Option<String>),
    /// A stage ended.
    Ended(Stage),
}

/// Generates the client, and does so again whenever the document or the evidence for it is saved.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let document = Location::given_or(arguments.document.as_deref(), DOCUMENT);
    // Saving the document cannot correct these arguments.
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
        match burst.next(&events).context("the watch of files ended")? {
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
