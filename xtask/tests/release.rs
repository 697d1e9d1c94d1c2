//! Tests that `cargo xtask release` notices if the version, the changelog, the tag and the user guide disagree.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A workspace with the files that a release compares.
struct Workspace(PathBuf);

impl Workspace {
    fn new(name: &str, version: &str, changelog: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("release").join(name);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(folder.join("generated-client")).unwrap();
        let manifest =
            format!("[workspace.package]\nversion = \"{version}\"\nrust-version = \"1.88\"\n");
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.join("CHANGELOG.md"), changelog).unwrap();
        let workspace = Self(folder);
        workspace.guide("partner-center-client = \"0\"\n");
        workspace
    }

    fn guide(&self, text: &str) {
        fs::write(self.0.join("generated-client/README.md"), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("release").args(arguments).env("CARGO_MANIFEST_DIR", self.0.join("xtask"));
        command.output().unwrap()
    }

    fn accept(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Asserts that a check finds one problem.
    fn refuse(&self, arguments: &[&str], problem: &str) {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1));
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(errors, format!("error: {problem}\n"));
    }
}

const RELEASED: &str =
    "# Changelog\n\n## 0.2.0 - 2026-05-31\n\n- b\n\n## 0.1.0 - 2026-01-31\n\n- a\n";

const CHECK: &[&str] = &["check"];

#[test]
fn the_version_of_the_newest_release() {
    let printed = Workspace::new("released", "0.2.0", RELEASED).accept(CHECK);
    let expected = "CHANGELOG.md and generated-client/README.md agree with version 0.2.0\n";
    assert_eq!(printed, expected);
}

#[test]
fn changes_that_are_not_released() {
    let changelog = format!("## Unreleased\n\n- c\n\n{RELEASED}");
    for version in ["0.2.0", "0.3.0"] {
        Workspace::new(&format!("unreleased_{version}"), version, &changelog).accept(CHECK);
    }
}

#[test]
fn a_version_without_a_section() {
    let problem = "CHANGELOG.md:3:1: there is no section for version 0.3.0 of Cargo.toml; add `## Unreleased` above \
                   this one";
    Workspace::new("no_section", "0.3.0", RELEASED).refuse(CHECK, problem);
}

#[test]
fn an_empty_changelog() {
    let problem =
        "CHANGELOG.md: there is no section for version 0.1.0 of Cargo.toml; add `## Unreleased`";
    Workspace::new("empty", "0.1.0", "# Changelog\n").refuse(CHECK, problem);
}

#[test]
fn a_version_that_was_not_raised() {
    let problem =
        "CHANGELOG.md:3:1: version 0.2.0 is newer than 0.1.0 in Cargo.toml; make them equal";
    Workspace::new("not_raised", "0.1.0", RELEASED).refuse(CHECK, problem);
}

#[test]
fn releases_in_the_wrong_order() {
    let changelog =
        "## Unreleased\n\n## 0.1.0 - 2026-01-31\n\n- a\n\n## 0.2.0 - 2026-05-31\n\n- b\n";
    let problem =
        "CHANGELOG.md:7:1: version 0.2.0 is below 0.1.0; sort them from the newest to the oldest";
    Workspace::new("order", "0.2.0", changelog).refuse(CHECK, problem);
}

#[test]
fn two_sections_of_a_version() {
    let changelog = "## 0.1.0 - 2026-01-31\n\n- a\n\n## 0.1.0 - 2026-01-30\n\n- b\n";
    let problem = "CHANGELOG.md:5:1: version 0.1.0 has two sections; merge them";
    Workspace::new("twice", "0.1.0", changelog).refuse(CHECK, problem);
}

#[test]
fn unreleased_changes_below_a_release() {
    let changelog = format!("{RELEASED}\n## Unreleased\n");
    let problem = "CHANGELOG.md:11:1: `Unreleased` is not the first section; move it up";
    Workspace::new("below", "0.2.0", &changelog).refuse(CHECK, problem);
}

#[test]
fn headings_that_are_not_release_headings() {
    for (index, title) in
        ["0.3", "0.3.0", "0.3.0 - 31 May", "[0.3.0] - 2026-13-01", "next"].iter().enumerate()
    {
        let changelog = format!("## {title}\n\n- c\n\n{RELEASED}");
        let problem = "CHANGELOG.md:1:1: this is not a release heading; write `## 1.2.3 - YYYY-MM-DD` or \
                       `## Unreleased`";
        Workspace::new(&format!("heading_{index}"), "0.2.0", &changelog).refuse(CHECK, problem);
    }
}

/// The format of Keep a Changelog puts versions in brackets, and marks withdrawn releases.
#[test]
fn headings_in_brackets() {
    let changelog = "## [Unreleased]\n\n## [0.2.0] - 2026-05-31 [YANKED]\n\n- b\n";
    Workspace::new("brackets", "0.2.0", changelog).accept(CHECK);
}

#[test]
fn a_release_without_changes() {
    let problem =
        "CHANGELOG.md:1:1: the release has no changes; describe them, or remove the section";
    Workspace::new("no_changes", "0.1.0", "## 0.1.0 - 2026-01-31\n").refuse(CHECK, problem);
}

#[test]
fn headings_in_code_are_text() {
    let changelog = "## 0.1.0 - 2026-01-31\n\n- a\n\n  ```md\n## 9.9.9\n  ```\n";
    Workspace::new("code", "0.1.0", changelog).accept(CHECK);
}

#[test]
fn a_guide_that_shows_an_older_version() {
    let workspace = Workspace::new("guide", "0.2.0", RELEASED);
    workspace.guide("text\npartner-center-client = { version = \"0.1\", features = [\"mock\"] }\n");
    let problem = "generated-client/README.md:2:1: `0.1` does not allow version 0.2.0 of Cargo.toml; update it";
    workspace.refuse(CHECK, problem);
}

#[test]
fn the_tag_of_the_version() {
    let tagged = ["check", "--tag", "v0.2.0"];
    Workspace::new("tag", "0.2.0", RELEASED).accept(&tagged);
    let problem = "Cargo.toml: the tag `v0.2.0` does not match version 0.3.0; delete it and create `v0.3.0`, or \
                   change the version";
    let changelog = format!("## Unreleased\n\n{RELEASED}");
    Workspace::new("other_tag", "0.3.0", &changelog).refuse(&tagged, problem);
}

#[test]
fn a_tag_with_changes_that_are_not_in_the_release() {
    let changelog = format!("## Unreleased\n\n- c\n\n{RELEASED}");
    let problem = "CHANGELOG.md:1:1: version 0.2.0 would be released without these changes; move them to its section";
    Workspace::new("left", "0.2.0", &changelog).refuse(&["check", "--tag", "v0.2.0"], problem);
}

/// `check` accepts a version that is not released, because only a tagged version needs a section.
#[test]
fn a_version_that_is_not_released() {
    let changelog = RELEASED.replacen("## ", "## Unreleased\n\n- c\n\n## ", 1);
    let workspace = Workspace::new("not_released", "0.3.0", &changelog);
    let expected = "CHANGELOG.md and generated-client/README.md agree with version 0.3.0, which is not released\n";
    assert_eq!(workspace.accept(CHECK), expected);
    let problem = "CHANGELOG.md:3:1: version 0.3.0 is not released; rename this heading to `## 0.3.0 - YYYY-MM-DD`";
    workspace.refuse(&["check", "--tag", "v0.3.0"], problem);
    workspace.refuse(&["notes"], problem);
}

#[test]
fn notes_are_the_section_of_the_version() {
    assert_eq!(Workspace::new("notes", "0.2.0", RELEASED).accept(&["notes"]), "- b\n");
}

#[test]
fn notes_of_a_version_without_a_section() {
    let problem = "CHANGELOG.md: there is no section for version 0.3.0 of Cargo.toml; add `## 0.3.0 - YYYY-MM-DD`";
    Workspace::new("no_notes", "0.3.0", RELEASED).refuse(&["notes"], problem);
}

#[test]
fn a_file_in_another_encoding() {
    let workspace = Workspace::new("encoding", "0.2.0", RELEASED);
    let utf_16: Vec<u8> = "\u{feff}# Changelog".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (content, problem) in [
        (&utf_16[..], "CHANGELOG.md is UTF-16; save it as UTF-8\n"),
        (b"# \xe9", "CHANGELOG.md is not UTF-8; save it as UTF-8\n"),
    ] {
        fs::write(workspace.0.join("CHANGELOG.md"), content).unwrap();
        let output = workspace.run(CHECK);
        assert_eq!(output.status.code(), Some(2));
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.ends_with(problem), "{errors}");
    }
}

#[test]
fn a_toolchain_that_is_not_installed() {
    let output =
        Workspace::new("toolchain", "0.2.0", RELEASED).run(&["build", "--toolchain", "0.0.1"]);
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("rustup"), "{errors}");
}
