//! What does `cargo xtask lint` print where, and with which status does it end?

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const SOUND: &str = "sound/small.yaml";
const UNSOUND: &str = "unknown-key/misspelt_nullable.yaml";
const DOUBTFUL: &str = "unquoted-status/code.yaml";

/// Runs a task where the documents of the tests are.
fn run(arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/lint");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").output().unwrap()
}

/// A workspace with a copy of the document that only tests read, and of its evidence.
struct Workspace(PathBuf);

impl Workspace {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(folder.join("spec/documented")).unwrap();
        let workspace = Self(folder);
        for file in ["", "documented/"] {
            let spec =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/fixed").join(file);
            for entry in fs::read_dir(spec).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_file() {
                    let name = format!("{file}{}", entry.file_name().to_str().unwrap());
                    fs::copy(entry.path(), workspace.path(&name)).unwrap();
                }
            }
        }
        workspace
    }

    /// A file of `spec/`.
    fn path(&self, name: &str) -> PathBuf {
        self.0.join("spec").join(name)
    }

    fn append(&self, name: &str, text: &str) {
        let old = fs::read_to_string(self.path(name)).unwrap_or_default();
        fs::write(self.path(name), old + text).unwrap();
    }

    fn replace(&self, name: &str, found: &str, replacement: &str) {
        let old = fs::read_to_string(self.path(name)).unwrap();
        assert!(old.contains(found));
        fs::write(self.path(name), old.replacen(found, replacement, 1)).unwrap();
    }

    fn run(&self, task: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(task).env("CARGO_MANIFEST_DIR", self.0.join("xtask"));
        command.output().unwrap()
    }

    /// Holds that a problem stops both tasks, and where it is said to be.
    fn assert_problem(&self, problem: &str) {
        let stdout = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
        let stderr = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
        let lint = self.run(&["lint"]);
        assert_eq!(lint.status.code(), Some(1), "{}", stderr(&lint));
        assert!(stdout(&lint).contains(problem), "{}", stdout(&lint));
        let codegen = self.run(&["codegen", "--check"]);
        assert_eq!(codegen.status.code(), Some(1), "{}", stderr(&codegen));
        assert!(stderr(&codegen).contains(problem), "{}", stderr(&codegen));
    }
}

fn assert_status(arguments: &[&str], status: i32) {
    let output = run(arguments);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {stderr}");
    assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
}

fn stdout(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stdout).unwrap()
}

#[test]
fn statuses() {
    assert_status(&["lint"], 0);
    assert_status(&["lint", SOUND], 0);
    assert_status(&["lint", UNSOUND], 1);
    assert_status(&["lint", SOUND, UNSOUND], 1);
    assert_status(&["lint", DOUBTFUL], 0);
    assert_status(&["lint", DOUBTFUL, "--deny", "warnings"], 1);
    assert_status(&["lint", "no_such_file.yaml"], 2);
    assert_status(&["lint", "sound"], 2);
    assert_status(&["lint", "--no-such-option"], 2);
    assert_status(&["lint", "--explain", "no-such-rule"], 2);
    assert_status(&["lint", "--explain", "unknown-key"], 0);
    assert_status(&["lint", "--rules"], 0);
}

#[test]
fn an_unsound_document_stops_the_generator() {
    let client = std::env::temp_dir().join(format!("client-{}.rs", std::process::id()));
    let output = ["--output", client.to_str().unwrap()];
    for (document, status) in [(UNSOUND, 1), ("not-utf-8/latin_1.yaml", 1), ("sound", 2)] {
        assert_status(&[&["codegen", "--document", document], output.as_slice()].concat(), status);
        assert!(!client.exists());
    }
}

#[test]
fn problems_are_on_the_standard_output_and_name_the_file_as_given() {
    let printed = stdout(&["lint", "../lint/unknown-key/misspelt_nullable.yaml"]);
    assert!(printed.contains(" ../lint/unknown-key/misspelt_nullable.yaml:26:33\n"), "{printed}");
    assert!(printed.starts_with("error[unknown-key]: "), "{printed}");
}

#[test]
fn a_file_of_two_paths_is_linted_once() {
    let printed = stdout(&["lint", UNSOUND, "../lint/unknown-key/misspelt_nullable.yaml"]);
    assert_eq!(printed.matches("error[").count(), 1, "{printed}");
    assert!(printed.contains(&format!(" {UNSOUND}:26:33\n")), "{printed}");
}

#[test]
fn colour_is_for_terminals_and_on_demand() {
    assert!(!stdout(&["lint", UNSOUND]).contains('\x1b'));
    assert!(stdout(&["lint", UNSOUND, "--color", "always"]).contains('\x1b'));
}

#[test]
fn a_line_of_json_for_each_problem() {
    let printed = stdout(&["lint", "--message-format", "json", UNSOUND, DOUBTFUL]);
    assert_eq!(printed.lines().count(), 2);
    assert!(printed.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "{printed}");
}

#[test]
fn an_annotation_for_each_problem() {
    let printed = stdout(&["lint", "--message-format", "github", UNSOUND, DOUBTFUL]);
    let commands: Vec<&str> = printed.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(commands, ["::error", "::warning"]);
}

#[test]
fn the_list_of_rules_has_a_page_for_each() {
    let list = stdout(&["lint", "--rules"]);
    let rules = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    for rule in rules {
        let page = stdout(&["lint", "--explain", rule]);
        assert!(
            page.starts_with(rule) && page.contains("Wrong:") && page.contains("Right:"),
            "{page}"
        );
    }
}

const ALLOWANCE: &str = "
[[allowance]]
rule = 'missing-summary'
pointer = '/paths/~1v1~1customers~1{customer-tenant-id}~1usagebudget/patch'
reason = 'A test leaves it out.'
";

#[test]
fn an_erratum_that_no_longer_applies() {
    let workspace = Workspace::new("erratum");
    workspace.replace("errata.toml", "found = \"GET https://\"", "found = \"POST https://\"");
    workspace.assert_problem("error[unneeded-erratum]: the erratum no longer applies to `update-");
    workspace.assert_problem(" spec/errata.toml:");
    workspace.assert_problem(" | found = \"POST https://\"\n");
}

#[test]
fn a_message_that_was_edited() {
    let workspace = Workspace::new("message");
    workspace.append("documented/fault.response.http", "\n");
    workspace.assert_problem("error[changed-message]: ");
    workspace.assert_problem(" spec/documented/index.toml:");
}

#[test]
fn a_document_that_has_left_its_messages_behind() {
    let workspace = Workspace::new("document");
    workspace.replace("partner-center.yaml", "operationId: getOverage", "operationId: getOverages");
    workspace.assert_problem("error[unsound-index]: `get-overage.request.http` belongs to no");
}

#[test]
fn what_is_allowed_is_not_said() {
    let workspace = Workspace::new("allowed");
    let summary = "      summary: Set or clear a customer's usage spending budget\n";
    workspace.replace("partner-center.yaml", summary, "");
    assert_eq!(workspace.run(&["lint", "--deny", "warnings"]).status.code(), Some(1));
    workspace.append("allowances.toml", ALLOWANCE);
    assert_eq!(workspace.run(&["lint", "--deny", "warnings"]).status.code(), Some(0));
}

#[test]
fn an_allowance_that_allows_nothing() {
    let workspace = Workspace::new("allowance");
    workspace.append("allowances.toml", ALLOWANCE);
    workspace.assert_problem("error[unneeded-allowance]: nothing there breaks `missing-summary`\n");
    workspace.assert_problem(" spec/allowances.toml:4:11\n");
}
