//! Tests what `cargo xtask lint` prints, and its exit status.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const VALID: &str = "valid/small.yaml";
const INVALID: &str = "unknown-key/misspelled_nullable.yaml";
const SUSPICIOUS: &str = "unquoted-status/code.yaml";

/// Runs a task in the folder of the test documents.
fn run(arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/lint");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").output().unwrap()
}

/// A workspace with a copy of the fixed document and its evidence.
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

    /// Returns the path of a file in `spec/`.
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

    /// Asserts that both tasks fail, and that their output contains a text.
    fn assert_failure(&self, text: &str) {
        let stdout = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
        let stderr = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
        let lint = self.run(&["lint"]);
        assert_eq!(lint.status.code(), Some(1), "{}", stderr(&lint));
        assert!(stdout(&lint).contains(text), "{}", stdout(&lint));
        let codegen = self.run(&["codegen", "--check"]);
        assert_eq!(codegen.status.code(), Some(1), "{}", stderr(&codegen));
        assert!(stderr(&codegen).contains(text), "{}", stderr(&codegen));
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
    assert_status(&["lint", VALID], 0);
    assert_status(&["lint", INVALID], 1);
    assert_status(&["lint", VALID, INVALID], 1);
    assert_status(&["lint", SUSPICIOUS], 0);
    assert_status(&["lint", SUSPICIOUS, "--deny", "warnings"], 1);
    assert_status(&["lint", "no_such_file.yaml"], 2);
    assert_status(&["lint", "valid"], 2);
    assert_status(&["lint", "--no-such-option"], 2);
    assert_status(&["lint", "--explain", "no-such-rule"], 2);
    assert_status(&["lint", "--explain", "unknown-key"], 0);
    assert_status(&["lint", "--rules"], 0);
}

#[test]
fn an_invalid_document_stops_the_generator() {
    let client = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no_client");
    fs::create_dir_all(&client).unwrap();
    let output = ["--output", client.to_str().unwrap()];
    for (document, status) in [(INVALID, 1), ("not-utf-8/latin_1.yaml", 1), ("valid", 2)] {
        assert_status(&[&["codegen", "--document", document], output.as_slice()].concat(), status);
        assert!(fs::read_dir(&client).unwrap().next().is_none());
    }
}

#[test]
fn diagnostics_name_the_file_as_given() {
    let printed = stdout(&["lint", "../lint/unknown-key/misspelled_nullable.yaml"]);
    assert!(printed.contains(" ../lint/unknown-key/misspelled_nullable.yaml:26:33\n"), "{printed}");
    assert!(printed.starts_with("error[unknown-key]: "), "{printed}");
}

#[test]
fn a_file_with_two_paths_is_linted_once() {
    let printed = stdout(&["lint", INVALID, "../lint/unknown-key/misspelled_nullable.yaml"]);
    assert_eq!(printed.matches("error[").count(), 1, "{printed}");
    assert!(printed.contains(&format!(" {INVALID}:26:33\n")), "{printed}");
}

#[test]
fn color_is_used_only_on_demand_or_on_terminals() {
    assert!(!stdout(&["lint", INVALID]).contains('\x1b'));
    assert!(stdout(&["lint", INVALID, "--color", "always"]).contains('\x1b'));
}

#[test]
fn a_json_line_for_each_diagnostic() {
    let printed = stdout(&["lint", "--message-format", "json", INVALID, SUSPICIOUS]);
    assert_eq!(printed.lines().count(), 2);
    assert!(printed.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "{printed}");
}

#[test]
fn an_annotation_for_each_diagnostic() {
    let printed = stdout(&["lint", "--message-format", "github", INVALID, SUSPICIOUS]);
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
    workspace.assert_failure("error[unneeded-erratum]: the erratum no longer applies to `update-");
    workspace.assert_failure(" spec/errata.toml:");
    workspace.assert_failure(" | found = \"POST https://\"\n");
}

#[test]
fn a_message_that_was_edited() {
    let workspace = Workspace::new("message");
    workspace.append("documented/fault.response.http", "\n");
    workspace.assert_failure("error[changed-message]: ");
    workspace.assert_failure(" spec/documented/index.toml:");
}

#[test]
fn a_document_whose_messages_have_not_been_updated() {
    let workspace = Workspace::new("document");
    workspace.replace("partner-center.yaml", "operationId: getOverage", "operationId: getOverages");
    workspace
        .assert_failure("error[invalid-index]: `get-overage.request.http` does not belong to any");
}

#[test]
fn an_allowed_diagnostic_is_not_printed() {
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
    workspace.assert_failure(
        "error[unneeded-allowance]: nothing at this pointer violates `missing-summary`\n",
    );
    workspace.assert_failure(" spec/allowances.toml:4:11\n");
}

#[test]
fn a_file_that_the_index_does_not_list() {
    let workspace = Workspace::new("unlisted");
    fs::create_dir(workspace.path("documented/old")).unwrap();
    for left_behind in [".DS_Store", ".fault.response.http.swp", "fault.response.http~"] {
        workspace.append(&format!("documented/{left_behind}"), "?");
    }
    assert_eq!(workspace.run(&["lint", "--deny", "warnings"]).status.code(), Some(0));
    workspace.append("documented/old/fault.response.http", "HTTP/1.1 404 Not Found\n");
    let lint = workspace.run(&["lint", "--deny", "warnings"]);
    let shown = String::from_utf8_lossy(&lint.stdout).into_owned();
    assert_eq!(lint.status.code(), Some(1), "{shown}");
    assert!(shown.contains("warning[unlisted-message]: "), "{shown}");
    assert!(shown.contains(" spec/documented/old/fault.response.http:1:1\n"), "{shown}");
}

#[test]
fn a_message_whose_file_is_in_no_index() {
    let workspace = Workspace::new("file_without_entry");
    let index = fs::read_to_string(workspace.path("documented/index.toml")).unwrap();
    let (before, entry) = index.split_once("[[message]]\n").unwrap();
    let (_, after) = entry.split_once("\n\n").unwrap();
    fs::write(workspace.path("documented/index.toml"), before.to_owned() + after).unwrap();
    workspace.assert_failure("error[missing-message]: no request of `getOverage` is documented");
    workspace
        .assert_failure(" = help: list `get-overage.request.http` in spec/documented/index.toml");
}

#[test]
fn a_diagnostic_for_a_message_also_shows_the_operation() {
    let workspace = Workspace::new("method");
    workspace.replace("partner-center.yaml", "    patch:\n", "    post:\n");
    workspace.assert_failure(" --> spec/documented/update-usage-budget.request.http:1:1\n");
    workspace.assert_failure(" ::: spec/partner-center.yaml:");
    workspace.assert_failure(" |     post:\n");
}

#[test]
fn an_allowance_for_evidence_that_was_not_compared() {
    let workspace = Workspace::new("evidence_not_compared");
    workspace.append("allowances.toml", &ALLOWANCE.replace("missing-summary", "missing-message"));
    workspace.assert_failure("error[unneeded-allowance]: ");
    workspace.replace("partner-center.yaml", "openapi: 3.0.3\n", "openapi: 3.0.3\nunknown: 1\n");
    let shown = String::from_utf8_lossy(&workspace.run(&["lint"]).stdout).into_owned();
    assert!(shown.contains("error[unknown-key]: ") && !shown.contains("unneeded"), "{shown}");
}

#[test]
fn an_allowance_for_an_unreadable_document() {
    let workspace = Workspace::new("unreadable");
    workspace.append("allowances.toml", ALLOWANCE);
    workspace.replace("partner-center.yaml", "openapi: 3.0.3\n", "openapi: 3.0.3\n\tinfo: 1\n");
    let shown = String::from_utf8_lossy(&workspace.run(&["lint"]).stdout).into_owned();
    assert!(!shown.contains("unneeded"), "{shown}");
}

#[test]
fn an_allowed_missing_status_hides_no_other() {
    let workspace = Workspace::new("missing_statuses");
    for status in ["Forbidden", "TooManyRequests"] {
        let document = fs::read_to_string(workspace.path("partner-center.yaml")).unwrap();
        let line = document.lines().find(|line| line.ends_with(&format!("/{status}' }}"))).unwrap();
        workspace.replace("partner-center.yaml", &format!("{line}\n"), "");
    }
    let get = "/paths/~1v1~1customers~1{customer-tenant-id}~1subscriptions~1overage/get";
    let allowance = format!(
        "[[allowance]]\nrule = 'missing-status'\npointer = '{get}/responses/403'\nreason = 'A test.'\n"
    );
    workspace.append("allowances.toml", &allowance);
    let shown = String::from_utf8_lossy(&workspace.run(&["lint"]).stdout).into_owned();
    assert!(shown.contains("`getOverage` does not list the status 429, "), "{shown}");
    assert!(!shown.contains(" the status 403, ") && !shown.contains("unneeded"), "{shown}");
}

#[test]
fn messages_with_other_line_endings() {
    let workspace = Workspace::new("message_line_ends");
    for message in ["fault.response.http", "get-overage.request.http"] {
        let path = workspace.path(&format!("documented/{message}"));
        let windows = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
        fs::write(path, windows).unwrap();
        workspace.assert_failure("the lines end in CRLF, but the page's lines end in LF\n");
        workspace.assert_failure(&format!(" spec/documented/{message}:1:1\n"));
    }
}

#[test]
fn other_line_endings_in_all_other_files() {
    let workspace = Workspace::new("line_ends");
    for file in ["partner-center.yaml", "errata.toml", "documented/index.toml"] {
        let windows = fs::read_to_string(workspace.path(file)).unwrap().replace('\n', "\r\n");
        fs::write(workspace.path(file), windows).unwrap();
        let lint = workspace.run(&["lint", "--deny", "warnings"]);
        assert_eq!(lint.status.code(), Some(0), "{}", String::from_utf8_lossy(&lint.stdout));
    }
}

#[test]
fn conflict_markers_in_each_file() {
    for (file, rule) in [
        ("documented/get-overage.request.http", "changed-message"),
        ("documented/index.toml", "invalid-index"),
        ("errata.toml", "invalid-erratum"),
        ("allowances.toml", "invalid-allowance"),
        ("partner-center.yaml", "yaml-syntax"),
    ] {
        let workspace = Workspace::new("conflicts");
        workspace.append(file, "<<<<<<< HEAD\n=======\n>>>>>>> topic\n");
        let text = fs::read_to_string(workspace.path(file)).unwrap();
        workspace.assert_failure(&format!("error[{rule}]: "));
        workspace.assert_failure(&format!(" spec/{file}:{}:1\n", text.lines().count() - 2));
        workspace
            .assert_failure("help: keep one of the versions, and remove the conflict markers\n");
    }
}
