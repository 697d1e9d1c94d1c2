//! Tests which pages `cargo xtask codegen` and `cargo xtask reference` write.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use reference::{BEGIN, END};

/// The folders that a client is generated into.
const FOLDERS: [&str; 4] = [
    "generated-client/src/generated",
    "generated-client/src/mock/examples",
    "generated-client/src/recorder",
    "tests/support",
];

/// A workspace with a copy of the fixed document and its evidence.
struct Workspace(PathBuf);

impl Workspace {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference").join(name);
        fs::remove_dir_all(&folder).ok();
        let workspace = Self(folder);
        let fixed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/fixed");
        for folder in ["", "documented"] {
            fs::create_dir_all(workspace.path("spec").join(folder)).unwrap();
            for entry in fs::read_dir(fixed.join(folder)).unwrap().map(Result::unwrap) {
                let copy = workspace.path("spec").join(folder).join(entry.file_name());
                if entry.file_type().unwrap().is_file() {
                    fs::copy(entry.path(), copy).unwrap();
                }
            }
        }
        FOLDERS.iter().for_each(|it| fs::create_dir_all(workspace.path(it)).unwrap());
        workspace.write("spec/README.md", &format!("# Title\n\n{BEGIN}\n{END}\n"));
        workspace
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn run(&self, task: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(task).env("CARGO_MANIFEST_DIR", self.path("xtask")).current_dir(&self.0);
        command.output().unwrap()
    }

    /// Asserts the exit status of a task, and returns its output and error output.
    #[track_caller]
    fn expect(&self, task: &[&str], status: i32) -> (String, String) {
        let output = self.run(task);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(status), "{stdout}{stderr}");
        (stdout, stderr)
    }
}

#[test]
fn stale_pages_are_shown_and_written() {
    let workspace = Workspace::new("stale");
    workspace.expect(&["codegen"], 0);
    workspace.expect(&["codegen", "--check"], 0);
    let edits = [
        ("spec/ERRATA.md", "\nIt should read:", "\nIt reads:"),
        ("spec/README.md", "\n- model ", "\n- models "),
    ];
    for (file, found, edited) in edits {
        let fresh = workspace.read(file);
        workspace.write(file, &fresh.replacen(found, edited, 1));
        let (difference, errors) = workspace.expect(&["codegen", "--check"], 3);
        assert!(difference.contains(&format!("\n-{}", edited.trim_start())), "{difference}");
        let message = format!(
            "error: {file} is out of date; run `cargo xtask codegen` and commit the result\n"
        );
        assert_eq!(errors, message);
        workspace.expect(&["codegen"], 0);
        assert_eq!(workspace.read(file), fresh);
    }
}

#[test]
fn a_missing_marker_stops_before_anything_is_written() {
    let workspace = Workspace::new("marker");
    workspace.write("spec/README.md", "# Title\n");
    let (_, errors) = workspace.expect(&["codegen"], 2);
    assert!(
        errors.starts_with("error: spec/README.md: there is no line `<!-- begin: evidence"),
        "{errors}"
    );
    assert!(errors.contains(BEGIN) && errors.contains(END), "{errors}");
    assert!(!workspace.path("spec/ERRATA.md").exists());
    assert_eq!(fs::read_dir(workspace.path(FOLDERS[0])).unwrap().count(), 0);
}

#[test]
fn a_marker_in_the_wrong_place_is_located() {
    let workspace = Workspace::new("place");
    workspace.write("spec/README.md", &format!("{END}\n\n{BEGIN}\n"));
    let (_, errors) = workspace.expect(&["codegen", "--check"], 2);
    assert!(errors.starts_with("error: spec/README.md:1:1: "), "{errors}");
}

#[test]
fn another_document_or_output_leaves_the_files_unchanged() {
    let workspace = Workspace::new("other");
    let readme = workspace.read("spec/README.md");
    fs::create_dir(workspace.path("client")).unwrap();
    workspace.expect(&["codegen", "--output", "client"], 0);
    fs::copy(workspace.path("spec/partner-center.yaml"), workspace.path("other.yaml")).unwrap();
    workspace.expect(&["codegen", "--document", "other.yaml"], 0);
    assert_eq!(workspace.read("spec/README.md"), readme);
    assert!(!workspace.path("spec/ERRATA.md").exists());
}

#[test]
fn the_reference_is_written_to_the_target_folder_or_to_another_file() {
    let workspace = Workspace::new("page");
    let (printed, _) = workspace.expect(&["reference"], 0);
    assert_eq!(printed, "wrote target/reference.html\n");
    workspace.expect(&["reference", "--output", "page.html"], 0);
    let page = workspace.read("page.html");
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    assert_eq!(workspace.read("target/reference.html"), page);
}

#[test]
fn a_document_with_errors_has_no_reference() {
    let workspace = Workspace::new("errors");
    let document = workspace.read("spec/partner-center.yaml");
    workspace.write("spec/partner-center.yaml", &document.replacen("nullable:", "nulable:", 1));
    let (_, errors) = workspace.expect(&["reference"], 1);
    assert!(errors.contains("error[unknown-key]"), "{errors}");
    assert!(!workspace.path("target").exists());
}

#[test]
fn a_missing_folder_is_named() {
    let workspace = Workspace::new("folder");
    let (_, errors) = workspace.expect(&["reference", "--output", "none/page.html"], 2);
    assert!(errors.contains("there is no folder none"), "{errors}");
}

#[test]
fn a_folder_instead_of_a_file_is_rejected() {
    let workspace = Workspace::new("folder_as_file");
    let (_, errors) = workspace.expect(&["reference", "--output", "spec"], 2);
    let example = Path::new("spec").join("reference.html");
    let expected =
        format!("error: spec is a folder; choose a file, such as {}\n", example.display());
    assert!(errors.ends_with(&expected), "{errors}");
}
