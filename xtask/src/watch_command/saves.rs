//! Detects each save of the document, no matter how the editor writes the file.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvError, RecvTimeoutError, Sender},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use notify::{
    EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode},
};

use super::Event;
use crate::location::{DOCUMENT, Location};

/// The time without changes after which a save is considered complete.
const QUIET: Duration = Duration::from_millis(20);

/// The time after which uninterrupted changes count as a save.
const LONGEST: Duration = Duration::from_millis(400);

/// Watches the document until this value is dropped.
pub(super) struct Saves {
    folder: Location,
    _watcher: RecommendedWatcher,
}

impl Saves {
    /// Watches the document's folder, because editors replace the file. For this project's document, also watches the
    /// evidence below the folder.
    pub(super) fn watch(document: &Location, sender: Sender<Event>) -> anyhow::Result<Self> {
        let shown = document.shown();
        // If the document is a link, editors save the file that it points to.
        let path =
            fs::canonicalize(&document.path).with_context(|| format!("cannot read {shown}"))?;
        let parent = path.parent().with_context(|| format!("{shown} is not a file"))?;
        let folder = Location::given(parent);
        let evidence = (document.name == DOCUMENT).then(|| folder.path.clone());
        let mode = match evidence {
            Some(_) => RecursiveMode::Recursive,
            None => RecursiveMode::NonRecursive,
        };
        let watched = Watched { document: path, evidence };
        let mut watcher = notify::recommended_watcher(move |event| {
            if let Some(event) = watched.event(event) {
                // The receiver no longer exists when the program ends.
                sender.send(event).ok();
            }
        })?;
        let context = || format!("cannot watch {}", folder.shown());
        watcher.watch(&folder.path, mode).with_context(context)?;
        Ok(Self { folder, _watcher: watcher })
    }

    /// Fails if the folder was removed. A new folder with the same name would not be watched.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        match self.folder.path.is_dir() {
            true => Ok(()),
            false => bail!("{} was removed; {AGAIN}", self.folder.shown()),
        }
    }
}

/// The remedy if files can no longer be watched.
const AGAIN: &str = "restart `cargo xtask watch`";

/// The files whose changes matter.
struct Watched {
    document: PathBuf,
    evidence: Option<PathBuf>,
}

impl Watched {
    /// Returns the event for a file change, or `None` if the change does not matter.
    fn event(&self, event: notify::Result<notify::Event>) -> Option<Event> {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                return Some(Event::Lost(format!("cannot watch files: {error}; {AGAIN}")));
            }
        };
        let matters = event.need_rescan() || event.paths.iter().any(|path| self.matters(path));
        (matters && !is_read(event.kind)).then_some(Event::Changed)
    }

    /// Returns true if the file is the document or its evidence, and not an editor's temporary file.
    fn matters(&self, path: &Path) -> bool {
        let is_evidence = |folder: &PathBuf| {
            let extension = path.extension().and_then(OsStr::to_str);
            path.starts_with(folder) && matches!(extension, Some("http" | "toml"))
        };
        path == self.document || self.evidence.as_ref().is_some_and(is_evidence)
    }
}

/// Returns true if a file was only read, as the linter does.
fn is_read(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

/// Changes that belong to one save, or to several saves in quick succession.
#[derive(Default)]
pub(super) struct Burst {
    /// The times of the first and the last change.
    changes: Option<(Instant, Instant)>,
}

impl Burst {
    /// Adds a change.
    pub(super) fn extend(&mut self) {
        let now = Instant::now();
        let first = self.changes.map_or(now, |(first, _)| first);
        self.changes = Some((first, now));
    }

    /// Waits for the next event. Returns `None` if the burst ends first.
    pub(super) fn next(&mut self, events: &Receiver<Event>) -> Result<Option<Event>, RecvError> {
        let Some((first, last)) = self.changes else { return events.recv().map(Some) };
        let end = (last + QUIET).min(first + LONGEST);
        match events.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(event) => Ok(Some(event)),
            Err(RecvTimeoutError::Disconnected) => Err(RecvError),
            Err(RecvTimeoutError::Timeout) => {
                self.changes = None;
                Ok(None)
            }
        }
    }
}
