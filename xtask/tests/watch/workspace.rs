//! Tests with a copy of the document and its evidence, and a fake cargo.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use crate::{
    folders::{copy, git, isolated},
    session::{Session, folder},
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
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name), folder.join(name))
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
    session
        .wait_for("check    waiting for another cargo to release the file lock on build directory");
    fs::write(session.path("end"), "").unwrap();
    session.wait_for("check    the client compiles");
}

/// Uses SIGTERM instead of Ctrl-C, because SIGINT is ignored if the tests run in the background of a shell.
#[test]
fn a_signal_ends_the_session() {
    let mut session = start("signal", "true");
    session.wait_for("the client compiles");
    let kill = Command::new("kill").args(["-s", "TERM", &session.watch.id().to_string()]).status();
    assert!(kill.unwrap().success());
    assert_eq!(session.watch.wait().unwrap().code(), None);
}
