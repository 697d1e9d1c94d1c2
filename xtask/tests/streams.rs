//! Does each task keep its exit status when nobody reads what it prints, or the disk is full?

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs::File,
    io,
    path::Path,
    process::{Command, Stdio},
};

const SOUND: &str = "valid/small.yaml";
const UNSOUND: &str = "unknown-key/misspelled_nullable.yaml";
const OVERFLOW: &str = "../overflow/parts_of_open_objects.yaml";

/// What is run, its exit status, and whether it prints to the standard output.
const TASKS: [(&[&str], i32, bool); 15] = [
    (&["--help"], 0, true),
    (&["--version"], 2, false),
    (&["lint", "--help"], 0, true),
    (&["lint", "--rules"], 0, true),
    (&["lint", "--explain", "unknown-key"], 0, true),
    (&["lint", "--explain", "no-such-rule"], 2, false),
    (&["lint", "--no-such-option"], 2, false),
    (&["lint", "no_such_file.yaml"], 2, false),
    (&["lint", SOUND], 0, false),
    (&["lint", UNSOUND], 1, true),
    (&["lint", "--message-format", "json", UNSOUND], 1, true),
    (&["lint", "--message-format", "github", UNSOUND], 1, true),
    (&["codegen", "--document", UNSOUND, "--output", "."], 1, false),
    (&["codegen", "--document", OVERFLOW, "--output", "."], 1, false),
    (&["codegen", "--check", "--document", SOUND, "--output", "."], 3, true),
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

/// A pipe whose reader has left.
fn left_pipe() -> Stdio {
    io::pipe().unwrap().1.into()
}

#[test]
fn errors_to_a_full_disk() {
    for (arguments, expected, _) in TASKS {
        assert_eq!(status(arguments, Stdio::null(), full_disk()), Some(expected), "{arguments:?}");
    }
}

#[test]
fn all_to_a_reader_who_has_left() {
    for (arguments, expected, _) in TASKS {
        assert_eq!(status(arguments, left_pipe(), left_pipe()), Some(expected), "{arguments:?}");
    }
}

/// Whoever finds half of the output in a file must not take it for all.
#[test]
fn output_to_a_full_disk() {
    for (arguments, expected, prints) in TASKS {
        let expected = if prints { 2 } else { expected };
        assert_eq!(status(arguments, full_disk(), Stdio::null()), Some(expected), "{arguments:?}");
    }
}
