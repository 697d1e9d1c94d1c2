//! The tasks of a session, and their reports.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use xtask::render::Color;

use crate::{diff_command::State, terminal::Style};

/// A task whose result is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Lints the document.
    Lint,
    /// Generates the client if the document has no errors.
    Codegen,
    /// Compares the document with the base.
    Diff,
    /// Compiles the client.
    Check,
}

impl Task {
    /// Returns the name to show.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Codegen => "codegen",
            Self::Diff => "verdict",
            Self::Check => "check",
        }
    }
}

/// The document to watch, its output, and the base to compare with.
#[derive(Clone)]
pub(super) struct Watch {
    pub(super) document: Option<PathBuf>,
    pub(super) output: Option<PathBuf>,
    /// The base to compare with, or `None` for the merge base with the main branch.
    pub(super) base: Option<String>,
    /// The state of the base, once it has been read.
    pub(super) known_base: Arc<Mutex<Option<Arc<State>>>>,
    pub(super) style: Style,
    pub(super) color: Color,
}

/// The result of a task.
pub(super) struct Report {
    pub(super) task: Task,
    /// False if there were errors. A comparison succeeds even if it finds a break.
    pub(super) succeeded: bool,
    /// The result in a few words.
    pub(super) summary: String,
    /// The diagnostics, or the report on breaks.
    pub(super) details: String,
}
