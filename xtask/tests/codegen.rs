//! Tests what `cargo xtask codegen` does with existing files, and what it prints.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A folder that contains a document, and its generated client in the subfolder `client`.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("codegen").join(name);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).unwrap();
        let small = "../tests/documents/lint/valid/small.yaml";
        let small = Path::new(env!("CARGO_MANIFEST_DIR")).join(small);
        fs::copy(small, folder.join("document.yaml")).unwrap();
        let folder = Self(folder);
        fs::create_dir(folder.path("client")).unwrap();
        assert_eq!(folder.run("client", &[]).status.code(), Some(0));
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    fn run(&self, output: &str, options: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["codegen", "--document", "document.yaml", "--output", output]).args(options);
        command.current_dir(&self.0).output().unwrap()
    }

    /// Asserts the exit status of a check, and returns its error output.
    fn check(&self, output: &str, status: i32) -> String {
        let checked = self.run(output, &["--check"]);
        let errors = String::from_utf8(checked.stderr).unwrap();
        assert_eq!(checked.status.code(), Some(status), "{errors}");
        errors
    }

    /// Asserts that both writing and a check fail with the same error, and returns it.
    fn refuse(&self, output: &str) -> String {
        let written = self.run(output, &[]);
        let errors = String::from_utf8(written.stderr).unwrap();
        assert_eq!(written.status.code(), Some(2), "{errors}");
        assert_eq!(self.check(output, 2), errors);
        errors
    }
}

/// One of the client's files.
const TYPES: &str = "client/types.rs";

const COMMAND: &str = "run `cargo xtask codegen --document document.yaml --output client` and commit \
                       the result";

#[test]
fn an_edited_file_is_shown_with_the_command_that_writes_it() {
    let folder = Folder::new("edited");
    folder.write(TYPES, folder.read(TYPES).replacen("pub ", "pub  ", 1));
    let stale = folder.run("client", &["--check"]);
    assert_eq!(stale.status.code(), Some(3));
    assert!(String::from_utf8(stale.stdout).unwrap().contains("\n-pub  "));
    let errors = String::from_utf8(stale.stderr).unwrap();
    assert_eq!(errors, format!("error: client/types.rs is out of date; {COMMAND}\n"));
}

#[test]
fn other_line_endings_are_accepted_and_kept() {
    let folder = Folder::new("line_ends");
    let windows = folder.read(TYPES).replace('\n', "\r\n");
    folder.write(TYPES, &windows);
    assert_eq!(folder.check("client", 0), "");
    assert_eq!(folder.run("client", &[]).status.code(), Some(0));
    assert!(folder.read(TYPES) == windows);
}

#[test]
fn only_the_edit_to_a_file_with_other_line_endings_is_shown() {
    let folder = Folder::new("edited_line_ends");
    let windows = folder.read(TYPES).replace('\n', "\r\n");
    folder.write(TYPES, windows.replacen("pub ", "pub  ", 1));
    let stale = folder.run("client", &["--check"]);
    let diff = String::from_utf8(stale.stdout).unwrap();
    let changed = |line: &&str| line.starts_with(['-', '+']);
    assert_eq!(diff.lines().filter(changed).count(), 4, "{diff}");
}

#[test]
fn an_invisible_difference_is_described() {
    let folder = Folder::new("invisible");
    let client = folder.read(TYPES);
    for found in [format!("\u{feff}{client}"), client.replace('\n', "\r")] {
        folder.write(TYPES, found);
        let message = "client/types.rs has different line endings or a byte order mark";
        assert_eq!(folder.check("client", 3), format!("error: {message}; {COMMAND}\n"));
    }
}

#[test]
fn a_conflict_is_reported_at_its_line() {
    let folder = Folder::new("conflict");
    let client = folder.read(TYPES);
    let conflict = format!("<<<<<<< HEAD\n=======\n>>>>>>> topic\n{client}");
    folder.write(TYPES, client.replacen("\n\n", &format!("\n{conflict}"), 1));
    let message = "client/types.rs:3: git could not merge two versions of the file";
    assert_eq!(folder.check("client", 3), format!("error: {message}; {COMMAND}\n"));
}

#[test]
fn a_binary_file_is_replaced() {
    let folder = Folder::new("no_text");
    folder.write(TYPES, [0xff, 0xfe, b'/', 0]);
    assert_eq!(
        folder.check("client", 3),
        format!("error: client/types.rs is not UTF-8; {COMMAND}\n")
    );
    assert_eq!(folder.run("client", &[]).status.code(), Some(0));
    assert_eq!(folder.check("client", 0), "");
}

#[test]
fn a_missing_file() {
    let folder = Folder::new("missing");
    fs::remove_file(folder.path(TYPES)).unwrap();
    assert_eq!(
        folder.check("client", 3),
        format!("error: client/types.rs does not exist; {COMMAND}\n")
    );
}

#[test]
fn a_missing_folder() {
    let folder = Folder::new("missing_folder");
    assert_eq!(
        folder.refuse("none"),
        "error: there is no folder none; create it, or choose another output\n"
    );
}

#[test]
fn a_file_in_place_of_the_folder() {
    let folder = Folder::new("file");
    folder.write("client.rs", "");
    assert_eq!(
        folder.refuse("client.rs"),
        "error: client.rs is not a folder; choose a folder for the output\n"
    );
}

#[test]
fn a_folder_in_place_of_a_file() {
    let folder = Folder::new("folder");
    fs::remove_file(folder.path(TYPES)).unwrap();
    fs::create_dir(folder.path(TYPES)).unwrap();
    assert_eq!(
        folder.refuse("client"),
        "error: client/types.rs is a folder; remove it, or choose another output\n"
    );
}

#[test]
fn the_client_folder_can_contain_other_files() {
    let folder = Folder::new("other_files");
    folder.write("client/mine.rs", "// Mine.\n");
    assert_eq!(folder.run("client", &[]).status.code(), Some(0));
    assert_eq!(folder.read("client/mine.rs"), "// Mine.\n");
}

#[test]
fn a_read_only_file_is_not_overwritten() {
    let folder = Folder::new("read_only");
    folder.write(TYPES, "// Mine.\n");
    let mut permissions = fs::metadata(folder.path(TYPES)).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path(TYPES), permissions).unwrap();
    assert_eq!(
        folder.refuse("client"),
        "error: client/types.rs is read-only; make it writable, or choose another output\n"
    );
    assert_eq!(folder.read(TYPES), "// Mine.\n");
}

#[test]
fn the_document_is_never_overwritten() {
    let folder = Folder::new("document");
    let document = folder.read("document.yaml");
    folder.write(TYPES, &document);
    let options = ["codegen", "--document", TYPES, "--output"];
    for output in ["client", "../document/client"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let refused = command.args(options).arg(output).current_dir(&folder.0).output().unwrap();
        let errors = String::from_utf8(refused.stderr).unwrap();
        let message = "types.rs is the document itself; choose another output";
        assert!(refused.status.code() == Some(2) && errors.contains(message), "{errors}");
    }
    assert_eq!(folder.read(TYPES), document);
}

#[cfg(unix)]
mod unix {
    use std::{os::unix::fs::symlink, process::Command};

    use super::{Folder, TYPES, fs};

    #[test]
    fn the_command_in_a_message_can_be_run() {
        let folder = Folder::new("shell");
        for output in ["it's mine", "a \"client\"", "$HOME*", "a`b", "-client", "~;&"] {
            fs::create_dir(folder.path(output)).unwrap();
            let option = format!("--output={output}");
            let mut check = Command::new(env!("CARGO_BIN_EXE_xtask"));
            check.args(["codegen", "--check", "--document", "document.yaml", &option]);
            check.current_dir(&folder.0);
            let errors = String::from_utf8(check.output().unwrap().stderr).unwrap();
            let (_, command) = errors.split_once("run `cargo xtask ").unwrap();
            let (command, _) = command.split_once("` and commit").unwrap();
            let command = format!("'{}' {command}", env!("CARGO_BIN_EXE_xtask"));
            let run = Command::new("sh").args(["-c", &command]).current_dir(&folder.0).status();
            assert!(run.unwrap().success(), "{command}");
            assert_eq!(check.status().unwrap().code(), Some(0), "{command}");
        }
    }

    #[test]
    fn a_link_stays_and_its_target_is_written() {
        let folder = Folder::new("link");
        fs::create_dir(folder.path("sub")).unwrap();
        let types = folder.read(TYPES);
        for target in ["missing.rs", "sub/missing.rs", "../link/other.rs"] {
            fs::remove_file(folder.path("second.rs")).ok();
            fs::remove_file(folder.path(TYPES)).ok();
            symlink(target, folder.path("second.rs")).unwrap();
            symlink("../second.rs", folder.path(TYPES)).unwrap();
            for _ in 0..2 {
                assert_eq!(folder.run("client", &[]).status.code(), Some(0));
                assert!(folder.path(TYPES).is_symlink() && folder.path("second.rs").is_symlink());
                assert!(folder.read(target) == types);
                folder.write(target, "// Stale.\n");
            }
        }
    }

    #[test]
    fn a_link_in_a_linked_folder_is_relative_to_the_real_folder() {
        let folder = Folder::new("linked_folder");
        fs::create_dir_all(folder.path("deep/real")).unwrap();
        symlink("deep/real", folder.path("linked")).unwrap();
        symlink("../client.rs", folder.path("deep/real/types.rs")).unwrap();
        assert_eq!(folder.run("linked", &[]).status.code(), Some(0));
        assert!(folder.path("deep/client.rs").is_file());
    }

    #[test]
    fn links_that_cannot_be_followed() {
        let folder = Folder::new("links");
        for (target, message) in [
            (
                "types.rs",
                "the symbolic links at client/types.rs form a loop; choose another output",
            ),
            (
                "none/client.rs",
                "cannot write client/types.rs: there is no folder client/none; create it, or choose another output",
            ),
            (".", "client/types.rs is a folder; remove it, or choose another output"),
            ("../document.yaml", "client/types.rs is the document itself; choose another output"),
            (
                "operations.rs",
                "client/types.rs and client/operations.rs are the same file; remove a link",
            ),
        ] {
            fs::remove_file(folder.path(TYPES)).unwrap();
            symlink(target, folder.path(TYPES)).unwrap();
            assert_eq!(folder.refuse("client"), format!("error: {message}\n"));
        }
    }
}
