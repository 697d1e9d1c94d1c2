//! Lints the document, generates the client and compares both with the base, all with one run of the generator.

use std::{
    panic::{self, AssertUnwindSafe, resume_unwind},
    sync::{Arc, PoisonError, mpsc::Sender},
    thread,
};

use anyhow::{Context as _, anyhow};
use codegen::Generated;
use document::Tree;
use xtask::report::{self, Format};

use super::{
    Event,
    task::{Report, Task, Watch},
};
use crate::{
    codegen_command::{self, Arguments},
    diff_command::{self, State},
    print::{self, Printed},
};

/// Runs the tasks for a save, and sends a report on each.
pub(super) fn run(watch: &Watch, sender: &Sender<Event>) {
    // The receiver no longer exists when the program ends.
    let send = |report| drop(sender.send(Event::Reported(report)));
    thread::scope(|scope| {
        // Reading the base waits for git, so do it while the generator runs.
        let base = watch.is_compared().then(|| scope.spawn(|| captured(|| watch.base())));
        let (client, printed) = captured(|| codegen_command::generate(&watch.codegen()));
        let (client, reports) = generated(client, &printed);
        reports.into_iter().for_each(send);
        if let Some(base) = base {
            let (base, printed) = base.join().unwrap_or_else(|panic| resume_unwind(panic));
            send(compared(watch, base, &printed, client));
        }
    });
}

impl Watch {
    /// Returns true if the client is compared and compiled. A client in another folder may not be part of a package, so
    /// it is neither compared nor compiled.
    pub(super) fn is_compared(&self) -> bool {
        self.output.is_none()
    }

    /// Reads the base, or reuses it if the last save was compared with the same commit.
    fn base(&self) -> anyhow::Result<Arc<State>> {
        // The value is only ever replaced as a whole, so a panic leaves it intact.
        let mut known = self.known_base.lock().unwrap_or_else(PoisonError::into_inner);
        let base = diff_command::base(self.base.as_deref(), known.take(), &self.style)?;
        Ok(known.insert(base).clone())
    }

    fn codegen(&self) -> Arguments {
        let Self { document, output, style, .. } = self.clone();
        Arguments { check: false, document, output, style }
    }
}

type Client = (Tree, Generated);

/// Returns the reports on linting and on generating, given what both printed.
fn generated(
    client: anyhow::Result<Result<Client, u8>>,
    Printed { output, errors }: &Printed,
) -> (Option<Client>, [Report; 2]) {
    let (client, details) = match client {
        Ok(client) => (client.ok(), errors.clone()),
        Err(error) => (None, format!("{errors}error: {error:#}\n")),
    };
    let succeeded = client.is_some();
    let (of_lint, of_codegen) = match succeeded {
        true if details.is_empty() => ("no problems", output.trim()),
        true => ("only warnings", output.trim()),
        false => (last_line(&details), "nothing was written"),
    };
    let (of_lint, of_codegen) = (of_lint.to_owned(), of_codegen.to_owned());
    let of_codegen =
        Report { task: Task::Codegen, succeeded, summary: of_codegen, details: String::new() };
    (client, [Report { task: Task::Lint, succeeded, summary: of_lint, details }, of_codegen])
}

/// Compares the document and its client with the base, and returns the report on it.
fn compared(
    watch: &Watch,
    base: anyhow::Result<Arc<State>>,
    Printed { errors, .. }: &Printed,
    client: Option<Client>,
) -> Report {
    let compare = || {
        let (tree, generated) = client.context("no client was generated")?;
        let base = base?;
        diff_command::compare(&base, &State::of_generated(tree, &generated)?)
    };
    let (succeeded, summary, details) = match captured(compare).0 {
        Ok(compared) => {
            let details = report::compared(&compared, Format::Text(watch.color));
            (true, report::outcome(&compared).to_owned(), details)
        }
        Err(error) => (false, format!("could not compare: {error:#}"), errors.clone()),
    };
    Report { task: Task::Diff, succeeded, summary, details }
}

/// Runs a function, and captures what it would print. A panic becomes an error, so that the session continues.
fn captured<T>(run: impl FnOnce() -> anyhow::Result<T>) -> (anyhow::Result<T>, Printed) {
    print::captured(|| {
        let result = panic::catch_unwind(AssertUnwindSafe(run));
        result.unwrap_or_else(|_| Err(anyhow!("this command panicked; please report it")))
    })
}

fn last_line(text: &str) -> &str {
    text.trim().lines().last().unwrap_or_default()
}
