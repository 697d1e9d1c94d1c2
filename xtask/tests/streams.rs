//! Tests that each task keeps its exit status even if nobody reads its output or the disk is full.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    fs::File,
    io,
    path::Path,
    process::{Command, Stdio},
};

const VALID: &str = "valid/small.yaml";
const INVALID: &str = "unknown-key/misspelled_nullable.yaml";
const PAGE: &str = "../../../README.md";
const OVERFLOW: &str = "../overflow/parts_of_open_objects.yaml";

/// The arguments, the exit status, and whether the task prints anything to standard output.
const TASKS: [(&[&str], i32, bool); 25] = [
    (&["--help"], 0, true),
    (&["--version"], 2, false),
    (&["lint", "--help"], 0, true),
    (&["lint", "--rules"], 0, true),
    (&["lint", "--explain", "unknown-key"], 0, true),
    (&["lint", "--explain", "no-such-rule"], 2, false),
    (&["lint", "--no-such-option"], 2, false),
    (&["lint", "no_such_file.yaml"], 2, false),
    (&["lint", VALID], 0, false),
    (&["lint", INVALID], 1, true),
    (&["lint", "--message-format", "json", INVALID], 1, true),
    (&["lint", "--message-format", "github", INVALID], 1, true),
    (&["reality", "--rules"], 0, true),
    (&["reality", "no_such_file.har"], 2, false),
    (&["conform", "--help"], 0, true),
    (&["conform", "--rules"], 0, true),
    (&["conform", PAGE], 0, false),
    (&["conform", PAGE, "--summary", "markdown"], 0, true),
    (&["conform", "no_such_page.md"], 2, false),
    (&["codegen", "--document", INVALID, "--output", "."], 1, false),
    (&["codegen", "--document", OVERFLOW, "--output", "."], 1, false),
    (&["codegen", "--check", "--document", VALID, "--output", "."], 3, true),
    (&["ci", "--list"], 0, true),
    (&["completions", "bash"], 0, true),
    (&["release", "check"], 0, true),
];

fn status(arguments: &[&str], output: Stdio, errors: Stdio) -> Option<i32> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/lint");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(folder).stdout(output).stderr(errors);
    command.status().unwrap().code()
}

fn full_disk() -> Stdio {
    File::options().write(true).open("/dev/full").unwrap().into()
}

/// Returns a pipe whose reader is closed.
fn closed_pipe() -> Stdio {
    io::pipe().unwrap().1.into()
}

#[test]
fn errors_to_a_full_disk() {
    for (arguments, expected, _) in TASKS {
        assert_eq!(status(arguments, Stdio::null(), full_disk()), Some(expected), "{arguments:?}");
    }
}

#[test]
fn output_and_errors_to_a_closed_pipe() {
    for (arguments, expected, _) in TASKS {
        assert_eq!(
            status(arguments, closed_pipe(), closed_pipe()),
            Some(expected),
            "{arguments:?}"
        );
    }
}

/// A file with only part of the output must not be mistaken for complete output.
#[test]
fn output_to_a_full_disk() {
    for (arguments, expected, prints) in TASKS {
        let expected = if prints { 2 } else { expected };
        assert_eq!(status(arguments, full_disk(), Stdio::null()), Some(expected), "{arguments:?}");
    }
}
