//! Does `cargo xtask watch` notice each way in which a document is saved?

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

/// The operation of the document, as it is named in it and in the client.
const OPERATION: &str = "listOrders";

/// The longest time to wait for a result. A busy machine is slow.
const LIMIT: Duration = Duration::from_secs(120);

/// A session of `cargo xtask watch` on a document in a folder of its own.
struct Session {
    folder: PathBuf,
    watch: Child,
    lines: Receiver<String>,
}

impl Session {
    /// Starts the session, and waits until it has generated the client for the first time.
    fn start(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("watch").join(name);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(folder.join("client")).unwrap();
        fs::write(folder.join("document.yaml"), document("first_save")).unwrap();
        let mut watch = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["watch", "--document", "document.yaml", "--output", "client"])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(watch.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        let session = Self { folder, watch, lines };
        session.wait_for("waiting for the next save");
        assert!(session.client().contains("first_save"));
        session
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn client(&self) -> String {
        fs::read_to_string(self.path("client/operations.rs")).unwrap()
    }

    /// Waits until a line with this text is printed, and returns the lines before it.
    fn wait_for(&self, text: &str) -> Vec<String> {
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

    /// Waits until the client has an operation.
    fn wait_for_operation(&self, id: &str) {
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

/// Returns a document whose one operation has this name in the client.
fn document(id: &str) -> String {
    let path = "../tests/documents/lint/valid/small.yaml";
    let small = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    assert!(small.contains(OPERATION));
    small.replace(OPERATION, id)
}

#[test]
fn a_file_that_is_written_in_place() {
    let session = Session::start("in_place");
    fs::write(session.path("document.yaml"), document("second")).unwrap();
    session.wait_for_operation("second");
}

#[test]
fn a_file_that_is_replaced_by_renaming() {
    let session = Session::start("renaming");
    for id in ["second", "third"] {
        fs::write(session.path("document.yaml.new"), document(id)).unwrap();
        fs::rename(session.path("document.yaml.new"), session.path("document.yaml")).unwrap();
        session.wait_for_operation(id);
    }
}

/// As Vim does it with `backupcopy=no`: the old file becomes the backup.
#[test]
fn a_file_that_is_moved_away_before_it_is_written() {
    let session = Session::start("backup");
    fs::rename(session.path("document.yaml"), session.path("document.yaml~")).unwrap();
    fs::write(session.path("document.yaml"), document("second")).unwrap();
    session.wait_for_operation("second");
}

#[test]
fn several_saves_in_a_burst_end_with_the_last() {
    let session = Session::start("burst");
    for number in 0..50 {
        fs::write(session.path("document.yaml"), document(&format!("save_{number}"))).unwrap();
    }
    fs::write(session.path("document.yaml"), document("the_last")).unwrap();
    session.wait_for_operation("the_last");
}

#[test]
fn a_half_written_file_is_reported_and_then_completed() {
    let session = Session::start("half");
    let before = session.client();
    let text = document("second");
    let (half, _) = text.split_at(text.find("paths:").unwrap());
    fs::write(session.path("document.yaml"), half).unwrap();
    session.wait_for("nothing was written");
    assert!(session.client() == before);
    fs::write(session.path("document.yaml"), &text).unwrap();
    session.wait_for_operation("second");
}

#[test]
fn a_file_that_is_deleted_comes_back() {
    let session = Session::start("deleted");
    fs::remove_file(session.path("document.yaml")).unwrap();
    session.wait_for("nothing was written");
    fs::write(session.path("document.yaml"), document("second")).unwrap();
    session.wait_for_operation("second");
}

#[test]
fn other_files_in_the_folder_start_nothing() {
    let session = Session::start("others");
    for name in ["document.yaml.swp", "4913", "other.yaml"] {
        fs::write(session.path(name), "text").unwrap();
    }
    // If they started something, it may do so now. The result does not depend on it.
    thread::sleep(Duration::from_millis(300));
    fs::write(session.path("document.yaml"), "text").unwrap();
    let before = session.wait_for("nothing was written");
    assert!(!before.iter().any(|line| line.contains("up to date")), "{before:?}");
}

#[test]
fn a_folder_that_is_removed_ends_the_session() {
    let mut session = Session::start("folder");
    fs::remove_dir_all(&session.folder).unwrap();
    let end = Instant::now() + LIMIT;
    while session.watch.try_wait().unwrap().is_none() {
        assert!(Instant::now() < end, "the session goes on");
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(session.watch.wait().unwrap().code(), Some(2));
}
