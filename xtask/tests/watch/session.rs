//! A session of `cargo xtask watch`, and the documents that it watches.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

/// The name of the document's operation, in the document and in the client.
const OPERATION: &str = "listOrders";

/// The longest time to wait for a result, even on a busy machine.
pub(crate) const LIMIT: Duration = Duration::from_secs(120);

/// A session of `cargo xtask watch` on a document in its own folder.
pub(crate) struct Session {
    pub(crate) folder: PathBuf,
    pub(crate) watch: Child,
    lines: Receiver<String>,
}

impl Session {
    /// Starts a session, and waits until it has generated the client for the first time.
    pub(crate) fn start(name: &str) -> Self {
        let folder = folder(name);
        fs::create_dir(folder.join("client")).unwrap();
        fs::write(folder.join("document.yaml"), document("first_save")).unwrap();
        let mut watch = Command::new(env!("CARGO_BIN_EXE_xtask"));
        watch.args(["watch", "--document", "document.yaml", "--output", "client"]);
        let session = Self::run(watch, folder);
        session.wait_for("waiting for the next save");
        assert!(session.client().contains("first_save"));
        session
    }

    pub(crate) fn run(mut watch: Command, folder: PathBuf) -> Self {
        watch.current_dir(&folder).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut watch = watch.spawn().unwrap();
        let output = BufReader::new(watch.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { folder, watch, lines }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn client(&self) -> String {
        fs::read_to_string(self.path("client/operations.rs")).unwrap()
    }

    /// Waits until a line with this text is printed, and returns the lines before it.
    pub(crate) fn wait_for(&self, text: &str) -> Vec<String> {
        let end = Instant::now() + LIMIT;
        let mut lines = Vec::new();
        loop {
            let rest = end.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(rest);
            match line {
                Ok(line) if line.contains(text) => return lines,
                Ok(line) => lines.push(line),
                Err(_) => panic!("`{text}` was not printed"),
            }
        }
    }

    /// Asserts that nothing is generated until the document is saved with a mistake.
    pub(crate) fn starts_nothing(&self) {
        // If the session wrongly starts generating, it does so within this time. Later, the mistake would hide it.
        thread::sleep(Duration::from_millis(300));
        fs::write(self.path("document.yaml"), "text").unwrap();
        let before = self.wait_for("nothing was written");
        assert!(!before.iter().any(|line| line.contains("up to date")), "{before:?}");
    }

    #[cfg(unix)]
    pub(crate) fn wait_for_file(&self, name: &str) {
        let end = Instant::now() + LIMIT;
        while !self.path(name).exists() {
            assert!(Instant::now() < end, "there is no {name}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the client has the operation.
    pub(crate) fn wait_for_operation(&self, id: &str) {
        let end = Instant::now() + LIMIT;
        while !self.client().contains(id) {
            assert!(Instant::now() < end, "the client has no `{id}`");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.watch.kill().ok();
        self.watch.wait().ok();
    }
}

/// Returns an empty folder.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("watch").join(name);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Returns a document whose only operation has this name in the client.
pub(crate) fn document(id: &str) -> String {
    let path = "../tests/documents/lint/valid/small.yaml";
    let small = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    assert!(small.contains(OPERATION));
    small.replace(OPERATION, id)
}
