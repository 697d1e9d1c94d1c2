//! Tests that `cargo xtask watch` notices every way of saving a document.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

#[cfg(unix)]
#[path = "../folders/mod.rs"]
mod folders;
mod session;
#[cfg(unix)]
mod workspace;

use std::{
    fs,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use session::{LIMIT, Session, document};

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
