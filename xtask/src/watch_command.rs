//! `cargo xtask watch` generates the client on each save of the document.

mod commands;
mod jobs;
mod saves;
mod screen;

use std::{env, path::PathBuf, process::ExitCode, sync::mpsc};

use anyhow::{Context as _, bail};

use self::{
    commands::Watch,
    jobs::{Finished, Jobs},
    saves::{Burst, Saves},
    screen::Screen,
};
use crate::{
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
    /// A command ended.
    Finished(Finished),
}

/// Generates the client, and does so again whenever the document or the evidence for it is saved.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let document = Location::given_or(arguments.document.as_deref(), DOCUMENT);
    let (sender, events) = mpsc::channel();
    let saves = Saves::watch(&document, sender.clone())?;
    let screen = Screen::new(document.shown(), &arguments.style);
    let watch = Watch {
        executable: env::current_exe().context("cannot find the program of this command")?,
        document: arguments.document.clone(),
        output: arguments.output.clone(),
        base: arguments.base.clone(),
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
            Some(Event::Finished(finished)) => jobs.finish(finished),
            Some(Event::Lost(reason)) => bail!("{reason}"),
            None => {
                saves.check()?;
                jobs.start();
            }
        }
        screen.show(&jobs)?;
    }
}
