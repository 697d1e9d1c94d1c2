//! What does `cargo xtask codegen` do with the files that it finds, and what does it say?

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A folder with a document and the client that it yields.
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
        assert_eq!(folder.run("client.rs", &[]).status.code(), Some(0));
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

    /// Holds how a check of a file ends, and returns what it says.
    fn check(&self, output: &str, status: i32) -> String {
        let checked = self.run(output, &["--check"]);
        let errors = String::from_utf8(checked.stderr).unwrap();
        assert_eq!(checked.status.code(), Some(status), "{errors}");
        errors
    }

    /// Holds that both writing and a check end with an error, and returns it.
    fn refuse(&self, output: &str) -> String {
        let written = self.run(output, &[]);
        let errors = String::from_utf8(written.stderr).unwrap();
        assert_eq!(written.status.code(), Some(2), "{errors}");
        assert_eq!(self.check(output, 2), errors);
        errors
    }
}

const COMMAND: &str = "run `cargo xtask codegen --document document.yaml --output client.rs` and commit \
                       the result";

#[test]
fn an_edited_file_is_shown_with_the_command_that_writes_it() {
    let folder = Folder::new("edited");
    folder.write("client.rs", folder.read("client.rs").replacen("pub ", "pub  ", 1));
    let stale = folder.run("client.rs", &["--check"]);
    assert_eq!(stale.status.code(), Some(3));
    assert!(String::from_utf8(stale.stdout).unwrap().contains("\n-pub  "));
    let errors = String::from_utf8(stale.stderr).unwrap();
    assert_eq!(errors, format!("error: client.rs is out of date; {COMMAND}\n"));
}

#[test]
fn other_line_ends_are_fresh_and_stay() {
    let folder = Folder::new("line_ends");
    let windows = folder.read("client.rs").replace('\n', "\r\n");
    folder.write("client.rs", &windows);
    assert_eq!(folder.check("client.rs", 0), "");
    assert_eq!(folder.run("client.rs", &[]).status.code(), Some(0));
    assert!(folder.read("client.rs") == windows);
}

#[test]
fn an_edit_in_a_file_with_other_line_ends_is_all_that_is_shown() {
    let folder = Folder::new("edited_line_ends");
    let windows = folder.read("client.rs").replace('\n', "\r\n");
    folder.write("client.rs", windows.replacen("pub ", "pub  ", 1));
    let stale = folder.run("client.rs", &["--check"]);
    let diff = String::from_utf8(stale.stdout).unwrap();
    let changed = |line: &&str| line.starts_with(['-', '+']);
    assert_eq!(diff.lines().filter(changed).count(), 4, "{diff}");
}

#[test]
fn a_difference_that_nobody_sees_is_named() {
    let folder = Folder::new("invisible");
    let client = folder.read("client.rs");
    for found in [format!("\u{feff}{client}"), client.replace('\n', "\r")] {
        folder.write("client.rs", found);
        let message = "client.rs has other line ends or a byte order mark";
        assert_eq!(folder.check("client.rs", 3), format!("error: {message}; {COMMAND}\n"));
    }
}

#[test]
fn a_conflict_is_named_at_its_line() {
    let folder = Folder::new("conflict");
    let client = folder.read("client.rs");
    let conflict = format!("<<<<<<< HEAD\n=======\n>>>>>>> topic\n{client}");
    folder.write("client.rs", client.replacen("\n\n", &format!("\n{conflict}"), 1));
    let message = "client.rs:3: git could not merge two versions of the file";
    assert_eq!(folder.check("client.rs", 3), format!("error: {message}; {COMMAND}\n"));
}

#[test]
fn a_file_that_is_no_text_is_replaced() {
    let folder = Folder::new("no_text");
    folder.write("client.rs", [0xff, 0xfe, b'/', 0]);
    assert_eq!(folder.check("client.rs", 3), format!("error: client.rs is not UTF-8; {COMMAND}\n"));
    assert_eq!(folder.run("client.rs", &[]).status.code(), Some(0));
    assert_eq!(folder.check("client.rs", 0), "");
}

#[test]
fn a_missing_file() {
    let folder = Folder::new("missing");
    fs::remove_file(folder.path("client.rs")).unwrap();
    assert_eq!(
        folder.check("client.rs", 3),
        format!("error: client.rs does not exist; {COMMAND}\n")
    );
}

#[test]
fn a_missing_folder() {
    let folder = Folder::new("missing_folder");
    assert_eq!(
        folder.refuse("none/client.rs"),
        "error: cannot write none/client.rs: there is no folder none; create it, or name another output\n"
    );
}

#[test]
fn a_folder_in_place_of_the_file() {
    let folder = Folder::new("folder");
    fs::create_dir(folder.path("client")).unwrap();
    assert_eq!(folder.refuse("client"), "error: client is a folder; name a file in it\n");
}

#[test]
fn a_read_only_file_stays() {
    let folder = Folder::new("read_only");
    folder.write("client.rs", "// Mine.\n");
    let mut permissions = fs::metadata(folder.path("client.rs")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path("client.rs"), permissions).unwrap();
    assert_eq!(
        folder.refuse("client.rs"),
        "error: client.rs is read-only; make it writable, or name another output\n"
    );
    assert_eq!(folder.read("client.rs"), "// Mine.\n");
}

#[test]
fn the_document_is_never_overwritten() {
    let folder = Folder::new("document");
    let document = folder.read("document.yaml");
    let message = "is the document itself; name another output";
    for output in ["document.yaml", "../document/document.yaml"] {
        assert!(folder.refuse(output).contains(message));
    }
    assert_eq!(folder.read("document.yaml"), document);
}

#[cfg(unix)]
mod unix {
    use std::{os::unix::fs::symlink, process::Command};

    use super::{Folder, fs};

    #[test]
    fn the_command_in_a_message_can_be_run() {
        let folder = Folder::new("shell");
        for output in
            ["it's mine.rs", "a \"client\".rs", "$HOME*.rs", "a`b.rs", "-client.rs", "~;&.rs"]
        {
            let option = format!("--output={output}");
            let mut check = Command::new(env!("CARGO_BIN_EXE_xtask"));
            check.args(["codegen", "--check", "--document", "document.yaml", &option]);
            check.current_dir(&folder.0);
            let errors = String::from_utf8(check.output().unwrap().stderr).unwrap();
            let (_, command) = errors.split_once("run `cargo xtask ").unwrap();
            let (command, _) = command.rsplit_once("` and commit").unwrap();
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
        let client = folder.read("client.rs");
        for target in ["missing.rs", "sub/missing.rs", "../link/other.rs"] {
            fs::remove_file(folder.path("second.rs")).ok();
            fs::remove_file(folder.path("first.rs")).ok();
            symlink(target, folder.path("second.rs")).unwrap();
            symlink("second.rs", folder.path("first.rs")).unwrap();
            for _ in 0..2 {
                assert_eq!(folder.run("first.rs", &[]).status.code(), Some(0));
                assert!(
                    folder.path("first.rs").is_symlink() && folder.path("second.rs").is_symlink()
                );
                assert!(folder.read(target) == client);
                folder.write(target, "// Stale.\n");
            }
        }
    }

    #[test]
    fn a_link_in_a_linked_folder_leads_from_the_folder_itself() {
        let folder = Folder::new("linked_folder");
        fs::create_dir_all(folder.path("deep/real")).unwrap();
        symlink("deep/real", folder.path("linked")).unwrap();
        symlink("../client.rs", folder.path("deep/real/link.rs")).unwrap();
        assert_eq!(folder.run("linked/link.rs", &[]).status.code(), Some(0));
        assert!(folder.path("deep/client.rs").is_file());
    }

    #[test]
    fn links_that_lead_nowhere() {
        let folder = Folder::new("links");
        symlink("loop.rs", folder.path("loop.rs")).unwrap();
        symlink("none/client.rs", folder.path("lost.rs")).unwrap();
        symlink(".", folder.path("folder.rs")).unwrap();
        symlink("document.yaml", folder.path("document.rs")).unwrap();
        for (output, message) in [
            ("loop.rs", "the symbolic links at loop.rs lead in a loop; name another output"),
            (
                "lost.rs",
                "cannot write lost.rs: there is no folder none; create it, or name another output",
            ),
            ("folder.rs", "folder.rs is a folder; name a file in it"),
            ("document.rs", "document.rs is the document itself; name another output"),
        ] {
            assert_eq!(folder.refuse(output), format!("error: {message}\n"));
        }
    }
}
