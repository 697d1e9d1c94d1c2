//! Tests that `cargo xtask watch` notices every way of saving a document.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

#[cfg(unix)]
mod folders;

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
const LIMIT: Duration = Duration::from_secs(120);

/// A session of `cargo xtask watch` on a document in its own folder.
struct Session {
    folder: PathBuf,
    watch: Child,
    lines: Receiver<String>,
}

impl Session {
    /// Starts a session, and waits until it has generated the client for the first time.
    fn start(name: &str) -> Self {
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

    fn run(mut watch: Command, folder: PathBuf) -> Self {
        watch.current_dir(&folder).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut watch = watch.spawn().unwrap();
        let output = BufReader::new(watch.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { folder, watch, lines }
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

    /// Asserts that nothing is generated until the document is saved with a mistake.
    fn starts_nothing(&self) {
        // If the session wrongly starts generating, it does so within this time. Later, the mistake would hide it.
        thread::sleep(Duration::from_millis(300));
        fs::write(self.path("document.yaml"), "text").unwrap();
        let before = self.wait_for("nothing was written");
        assert!(!before.iter().any(|line| line.contains("up to date")), "{before:?}");
    }

    #[cfg(unix)]
    fn wait_for_file(&self, name: &str) {
        let end = Instant::now() + LIMIT;
        while !self.path(name).exists() {
            assert!(Instant::now() < end, "there is no {name}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the client has the operation.
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

/// Asserts that a session with these arguments fails immediately with this error.
fn ends_at_once(arguments: &[&str], error: &str) {
    let mut watch = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let ended = watch.arg("watch").args(arguments).output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    let errors = String::from_utf8(ended.stderr).unwrap();
    assert!(errors.starts_with(&format!("error: {error}")), "{errors}");
    assert_eq!(ended.stdout, b"");
}

#[test]
fn an_output_that_does_not_exist() {
    let arguments = ["--document", "Cargo.toml", "--output", "no/folder"];
    ends_at_once(&arguments, "there is no folder no/folder; create it, or choose another output");
}

#[test]
fn a_base_that_does_not_exist() {
    ends_at_once(&["--base", "no-revision"], "`no-revision` is neither a file nor a revision");
}

/// Returns an empty folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("watch").join(name);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Returns a document whose only operation has this name in the client.
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

/// Vim does this with `backupcopy=no`: the old file becomes the backup.
#[test]
fn a_file_that_is_moved_away_before_it_is_written() {
    let session = Session::start("backup");
    fs::rename(session.path("document.yaml"), session.path("document.yaml~")).unwrap();
    fs::write(session.path("document.yaml"), document("second")).unwrap();
    session.wait_for_operation("second");
}

#[test]
fn after_a_burst_of_saves_the_last_one_is_generated() {
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
fn reading_the_file_starts_nothing() {
    let session = Session::start("reading");
    fs::read(session.path("document.yaml")).unwrap();
    session.starts_nothing();
}

#[test]
fn other_files_in_the_folder_start_nothing() {
    let session = Session::start("others");
    for name in ["document.yaml.swp", "4913", "other.yaml"] {
        fs::write(session.path(name), "text").unwrap();
    }
    session.starts_nothing();
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

/// Tests with a copy of the document and its evidence, and a fake cargo.
#[cfg(unix)]
mod workspace {
    use std::os::unix::fs::PermissionsExt as _;

    use super::{
        folders::{copy, git, isolated},
        *,
    };

    /// Starts a session in which a shell script replaces cargo, and the document is compared with itself.
    fn start(name: &str, script: &str) -> Session {
        start_with_base(name, script, |document| document)
    }

    fn start_with_base(name: &str, script: &str, base: fn(String) -> String) -> Session {
        let (mut watch, folder) = workspace(name, script);
        let document = fs::read_to_string(folder.join("spec/partner-center.yaml")).unwrap();
        fs::write(folder.join("base.yaml"), base(document)).unwrap();
        watch.args(["--base", "base.yaml"]);
        Session::run(watch, folder)
    }

    /// Copies the workspace without its crates, and returns the command that watches it.
    fn workspace(name: &str, script: &str) -> (Command, PathBuf) {
        let folder = folder(name);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"), &folder.join("spec"));
        for name in [
            "bin",
            "generated-client/src/generated",
            "generated-client/src/mock/examples",
            "generated-client/src/recorder",
            "tests/support",
        ] {
            fs::create_dir_all(folder.join(name)).unwrap();
        }
        for name in ["Cargo.toml", "generated-client/Cargo.toml"] {
            fs::copy(
                Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name),
                folder.join(name),
            )
            .unwrap();
        }
        let cargo = folder.join("bin/cargo");
        fs::write(&cargo, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap());
        let mut watch = Command::new(env!("CARGO_BIN_EXE_xtask"));
        watch.arg("watch").env("PATH", path);
        watch.env("CARGO_MANIFEST_DIR", folder.join("xtask"));
        (watch, folder)
    }

    /// The script fails if the client does not exist yet.
    #[test]
    fn the_client_is_compiled_once_it_is_generated() {
        let session = start("compiles", "test -s generated-client/src/generated/types.rs");
        session.wait_for("the client compiles");
    }

    #[test]
    fn the_errors_of_the_compiler_are_shown() {
        let session = start("does_not_compile", "echo \"error: cargo $1 found one\" >&2; exit 101");
        session.wait_for("error: cargo check found one");
        session.wait_for("the client does not compile");
    }

    #[test]
    fn a_save_while_the_client_is_compiled_is_compiled_too() {
        let compile = "echo >> count; touch started; until test -e end; do sleep 0.1; done";
        let session = start("compiled_twice", compile);
        session.wait_for_file("started");
        let types = session.path("generated-client/src/generated/types.rs");
        fs::remove_file(&types).unwrap();
        let document = session.path("spec/partner-center.yaml");
        fs::write(&document, fs::read(&document).unwrap()).unwrap();
        session.wait_for_file("generated-client/src/generated/types.rs");
        // Gives the session time to notice the new client before the compiler ends. The result does not depend on it.
        thread::sleep(Duration::from_millis(300));
        fs::write(session.path("end"), "").unwrap();
        session.wait_for("the client compiles");
        assert_eq!(fs::read_to_string(session.path("count")).unwrap(), "\n\n");
    }

    #[test]
    fn saved_evidence_is_linted() {
        let session = start("evidence", "true");
        session.wait_for("the client compiles");
        fs::write(session.path("spec/errata.toml"), "=").unwrap();
        session.wait_for("nothing was written");
    }

    #[test]
    fn an_edit_that_breaks_nothing() {
        let session = start("compatible", "true");
        session.wait_for("verdict  nothing breaks");
        fs::write(session.path("spec/partner-center.yaml"), "paths: [").unwrap();
        session.wait_for("verdict  could not compare");
    }

    #[test]
    fn an_edit_that_breaks_users() {
        let name_of_base = |text: String| text.replacen("operationId: ", "operationId: old", 1);
        let session = start_with_base("breaking", "true", name_of_base);
        session.wait_for("verdict  breaking, and not declared");
    }

    #[test]
    fn an_edit_that_breaks_users_as_declared() {
        let name_of_base = |text: String| text.replacen("operationId: ", "operationId: old", 1);
        let session = start_with_base("declared", "true", name_of_base);
        session.wait_for("verdict  breaking, and not declared");
        let report = declared(&session);
        fs::write(session.path("spec/breaks.toml"), report).unwrap();
        session.wait_for("verdict  breaking, and declared");
    }

    #[test]
    fn a_save_is_compared_with_a_base_that_moved() {
        let (mut watch, folder) = workspace("moved_base", "true");
        let document = folder.join("spec/partner-center.yaml");
        let text = fs::read_to_string(&document).unwrap();
        fs::write(&document, text.replacen("operationId: ", "operationId: old", 1)).unwrap();
        assert!(git(&folder, &["init", "--quiet"]).status.success());
        commit(&folder);
        fs::write(&document, &text).unwrap();
        isolated(&mut watch).args(["--base", "HEAD"]);
        let session = Session::run(watch, folder);
        session.wait_for("verdict  breaking, and not declared");
        commit(&session.folder);
        fs::write(&document, &text).unwrap();
        session.wait_for("verdict  nothing breaks");
    }

    fn commit(folder: &Path) {
        for arguments in [&["add", "spec"][..], &["commit", "--quiet", "--message", "edit"]] {
            assert!(git(folder, arguments).status.success(), "{arguments:?}");
        }
    }

    /// Returns the declarations that the report suggests, filled in.
    fn declared(session: &Session) -> String {
        let mut diff = Command::new(env!("CARGO_BIN_EXE_xtask"));
        diff.args(["diff", "--base", "base.yaml", "--message-format", "markdown"]);
        diff.env("CARGO_MANIFEST_DIR", session.path("xtask")).current_dir(&session.folder);
        let page = String::from_utf8(diff.output().unwrap().stdout).unwrap();
        let (_, rest) = page.split_once("````toml\n").unwrap();
        let (lines, _) = rest.split_once("````").unwrap();
        lines
            .replace("reason = \"…\"", "reason = \"Needed.\"")
            .replace("version = \"…\"", "version = \"9.0.0\"")
    }

    #[test]
    fn a_document_that_is_deleted_is_named_relative_to_the_workspace() {
        let session = start("deleted_document", "true");
        session.wait_for("the client compiles");
        fs::remove_file(session.path("spec/partner-center.yaml")).unwrap();
        session.wait_for("lint     error: cannot read spec/partner-center.yaml: ");
        session.wait_for("verdict  could not compare: no client was generated");
    }

    /// Cargo prints a line in this form, and nothing else until the lock is released.
    #[test]
    fn a_lock_for_which_cargo_waits_is_shown() {
        let script = "echo '    Blocking waiting for file lock on build directory' >&2
            until test -e end; do sleep 0.1; done
            echo '    Checking client' >&2";
        let session = start("blocked", script);
        session.wait_for(
            "check    waiting for another cargo to release the file lock on build directory",
        );
        fs::write(session.path("end"), "").unwrap();
        session.wait_for("check    the client compiles");
    }

    /// Uses SIGTERM instead of Ctrl-C, because SIGINT is ignored if the tests run in the background of a shell.
    #[test]
    fn a_signal_ends_the_session() {
        let mut session = start("signal", "true");
        session.wait_for("the client compiles");
        let kill =
            Command::new("kill").args(["-s", "TERM", &session.watch.id().to_string()]).status();
        assert!(kill.unwrap().success());
        assert_eq!(session.watch.wait().unwrap().code(), None);
    }
}
