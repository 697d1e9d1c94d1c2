//! Tests what `cargo xtask diff` compares with, what it prints, and its exit status.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod folders;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use folders::{copy, git, isolated};
use reference::{BEGIN, END};

const DOCUMENT: &str = "spec/partner-center.yaml";

/// A repository with the fixed document, its evidence and its client on the branch `main`.
struct Repository(PathBuf);

impl Repository {
    fn new(name: &str) -> Self {
        let repository = Self::without_git(name);
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("base");
        repository
    }

    fn without_git(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff").join(name);
        fs::remove_dir_all(&folder).ok();
        let workspace = Self(folder);
        for folder in [
            "generated-client/src/generated",
            "generated-client/src/mock/examples",
            "generated-client/src/recorder",
            "tests/support",
        ] {
            fs::create_dir_all(workspace.0.join(folder)).unwrap();
        }
        let fixed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/fixed");
        copy(&fixed, &workspace.0.join("spec"));
        workspace.write("spec/README.md", &format!("{BEGIN}\n{END}\n"));
        workspace.write("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
        workspace.write("generated-client/Cargo.toml", "[package]\nversion.workspace = true\n");
        workspace.write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n## 0.1.0\n");
        let generated = workspace.run(&["codegen"]);
        assert!(generated.status.success(), "{}", stderr(&generated));
        workspace
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn replace(&self, name: &str, found: &str, replacement: &str) {
        let old = fs::read_to_string(self.0.join(name)).unwrap();
        assert!(old.contains(found), "{name} has no {found}");
        self.write(name, &old.replacen(found, replacement, 1));
    }

    /// Makes an optional member of a request required.
    fn break_document(&self) {
        self.replace(
            DOCUMENT,
            "required: [overageEnabled]",
            "required: [overageEnabled, azureEntitlementId]",
        );
    }

    /// Writes a page with the recorded messages of an operation, with some text replaced.
    fn write_page(&self, name: &str, found: &str, replacement: &str) {
        let message = |kind: &str| {
            let file = format!("spec/documented/get-overage.{kind}.http");
            fs::read_to_string(self.0.join(file)).unwrap()
        };
        let (request, response) = (message("request"), message("response"));
        let page = format!("# Zork\n\n```http\n{request}```\n\n```http\n{response}```\n");
        assert!(page.contains(found), "{page}");
        fs::create_dir_all(self.0.join("pages")).unwrap();
        self.write(&format!("pages/{name}"), &page.replacen(found, replacement, 1));
    }

    fn git(&self, arguments: &[&str]) {
        let output = git(&self.0, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    fn run(&self, task: &[&str]) -> Output {
        run(&self.0, task)
    }

    /// Asserts the exit status of the comparison, and returns what it prints.
    fn assert_diff(&self, arguments: &[&str], status: i32) -> String {
        assert_diff(&self.0, arguments, status)
    }
}

fn assert_diff(workspace: &Path, arguments: &[&str], status: i32) -> String {
    let output = run(workspace, &[&["diff"], arguments].concat());
    let printed = format!("{}{}", String::from_utf8_lossy(&output.stdout), stderr(&output));
    assert_eq!(output.status.code(), Some(status), "{printed}");
    assert_eq!(printed.contains("could not compare"), status == 2, "{printed}");
    printed
}

fn run(workspace: &Path, task: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(task).env("CARGO_MANIFEST_DIR", workspace.join("xtask"));
    isolated(&mut command).current_dir(workspace).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_branch_is_compared_with_the_commit_at_which_it_left_main() {
    let repository = Repository::new("branch");
    repository.assert_diff(&[], 0);
    repository.git(&["switch", "--quiet", "--create", "edit"]);
    repository.break_document();
    let uncommitted = repository.assert_diff(&[], 1);
    repository.commit("edit");
    assert_eq!(repository.assert_diff(&[], 1), uncommitted);
    // Later commits on main do not matter.
    repository.git(&["switch", "--quiet", "main"]);
    repository.replace(DOCUMENT, "operationId: getOverage", "operationId: readOverage");
    repository.commit("another edit");
    repository.git(&["switch", "--quiet", "edit"]);
    assert_eq!(repository.assert_diff(&[], 1), uncommitted);
    assert!(uncommitted.contains("breaking[member-required]"), "{uncommitted}");
    assert!(uncommitted.contains("breaking[rust-argument-added]"), "{uncommitted}");
}

#[test]
fn a_declared_break_passes() {
    let repository = Repository::new("declared");
    repository.break_document();
    repository.write(
        "spec/breaks.toml",
        "[[break]]\nrule = \"member-required\"\nreason = \"The page requires it.\"\nversion = \"0.2.0\"\n\
         pointer = \"/components/schemas/OverageUpdate/properties/azureEntitlementId\"\n",
    );
    let printed = repository.assert_diff(&[], 0);
    assert!(printed.contains("breaking, and declared"), "{printed}");
    repository.git(&["checkout", "--quiet", "--", DOCUMENT]);
    let printed = repository.assert_diff(&[], 1);
    assert!(printed.contains("spec/breaks.toml:5:11: there is no `"), "{printed}");
}

#[test]
fn a_revision_and_a_document_can_be_the_base() {
    let repository = Repository::new("named");
    fs::copy(repository.0.join(DOCUMENT), repository.0.join("old.yaml")).unwrap();
    repository.break_document();
    assert!(repository.run(&["codegen"]).status.success());
    repository.commit("edit");
    repository.assert_diff(&["--base", "HEAD"], 0);
    repository.assert_diff(&["--base", "HEAD~1"], 1);
    let printed = repository.assert_diff(&["--base", "old.yaml"], 1);
    assert!(printed.contains("old.yaml:"), "{printed}");
    assert!(printed.contains("were not compared: the base is a file"), "{printed}");
    let printed = repository.assert_diff(&["--base", "no-such-branch"], 2);
    assert!(printed.contains("neither a file nor a revision"), "{printed}");
    repository.assert_diff(&["--base", ""], 2);
    repository.assert_diff(&["--base", "spec"], 2);
}

#[test]
fn a_worktree_is_compared_like_a_clone() {
    let repository = Repository::new("worktrees");
    let worktree = repository.0.join("worktree");
    repository.git(&["worktree", "add", "--quiet", "-b", "edit", worktree.to_str().unwrap()]);
    assert_diff(&worktree, &[], 0);
    Repository(worktree.clone()).break_document();
    assert_diff(&worktree, &[], 1);
}

#[test]
fn a_workspace_below_the_root_of_its_repository_is_compared() {
    fs::remove_dir_all(Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff/parent")).ok();
    let repository = Repository::without_git("parent/below");
    let parent = repository.0.parent().unwrap();
    assert!(git(parent, &["init", "--quiet", "--initial-branch=main"]).status.success());
    repository.commit("base");
    repository.assert_diff(&[], 0);
    repository.break_document();
    repository.assert_diff(&[], 1);
}

#[test]
fn a_branch_without_a_commit_is_explained() {
    let repository = Repository::new("unborn");
    repository.git(&["switch", "--quiet", "--orphan", "edit"]);
    let printed = assert_diff(&repository.0, &[], 2);
    assert!(printed.contains("this branch has no commits yet"), "{printed}");
}

#[test]
fn a_shallow_clone_without_the_base_is_explained() {
    let repository = Repository::new("shallow");
    repository.git(&["switch", "--quiet", "--create", "edit"]);
    repository.write("a", "");
    repository.commit("first");
    repository.git(&["switch", "--quiet", "main"]);
    repository.write("b", "");
    repository.commit("second");
    let clone = repository.0.with_file_name("shallow-clone");
    fs::remove_dir_all(&clone).ok();
    let url = format!("file://{}", repository.0.to_str().unwrap());
    let target = clone.to_str().unwrap();
    let settings = ["--quiet", "--depth=1", "--no-single-branch", "--branch=edit"];
    repository.git(&[&["clone"], &settings[..], &[&url, target]].concat());
    let printed = assert_diff(&clone, &[], 2);
    assert!(printed.contains("git fetch --unshallow"), "{printed}");
    assert_diff(&clone, &["--base", "HEAD"], 0);
}

#[test]
fn without_git_or_a_main_branch_nothing_is_compared() {
    let repository = Repository::without_git("no-git");
    let printed = repository.assert_diff(&[], 2);
    assert!(printed.contains("--base FILE"), "{printed}");
    repository.git(&["init", "--quiet", "--initial-branch=trunk"]);
    repository.commit("base");
    let printed = repository.assert_diff(&[], 2);
    assert!(printed.contains("there is no main branch"), "{printed}");
    repository.assert_diff(&["--base", "trunk"], 0);
}

#[test]
fn no_format_shows_a_failure_as_a_verdict() {
    let repository = Repository::new("failure");
    repository.replace(DOCUMENT, "openapi: 3.0.3", "openapi: [");
    for format in ["text", "markdown", "json", "github"] {
        let arguments = ["diff", "--message-format", format];
        let output = repository.run(&arguments);
        assert_eq!(output.status.code(), Some(2));
        let printed = String::from_utf8(output.stdout).unwrap().to_lowercase();
        let is_clear = printed.contains("could not compare") || printed.contains("not-compared");
        assert_eq!(is_clear, format != "text", "{printed}");
    }
}

#[test]
fn a_base_without_the_document_is_not_compared() {
    let repository = Repository::new("no-document");
    repository.git(&["rm", "--quiet", DOCUMENT]);
    repository.commit("remove");
    repository.git(&["checkout", "--quiet", "HEAD~1", "--", DOCUMENT]);
    let printed = repository.assert_diff(&["--base", "HEAD"], 2);
    assert!(printed.contains(" has no spec/partner-center.yaml"), "{printed}");
}

#[test]
fn a_base_without_its_client_is_generated() {
    let repository = Repository::new("no-client");
    repository.git(&["rm", "-r", "--quiet", "--cached", "generated-client/src"]);
    repository.git(&["commit", "--quiet", "--message", "remove"]);
    let printed = repository.assert_diff(&["--base", "HEAD"], 0);
    assert!(printed.contains("Rust: unchanged"), "{printed}");
}

/// Users of a commit have the committed client, so the report shows changes to the generator.
#[test]
fn the_client_of_a_commit_is_the_one_in_it() {
    let repository = Repository::new("generator");
    let types = "generated-client/src/generated/types.rs";
    repository.replace(types, "pub location: Option<String>", "pub region: Option<String>");
    repository.commit("as another generator would do");
    let printed = repository.assert_diff(&["--base", "HEAD"], 1);
    assert!(printed.contains("wire: unchanged"), "{printed}");
    assert!(printed.contains("Rust: breaking"), "{printed}");
}

#[test]
fn errata_are_compared() {
    let repository = Repository::new("errata");
    repository.replace("spec/errata.toml", "reason = \"", "reason = \"Still: ");
    let printed = repository.assert_diff(&[], 0);
    assert!(printed.contains("documentation[erratum-changed]"), "{printed}");
    assert!(printed.contains("evidence: changed"), "{printed}");
}

#[test]
fn pages_are_part_of_the_evidence() {
    let repository = Repository::new("pages");
    repository.write_page("clean.md", "", "");
    repository.write_page("differs.md", "\"overageEnabled\"", "\"zork\"");
    repository.write("pages/other.md", "# Zork\n");
    let printed =
        |format: &str| repository.assert_diff(&["--message-format", format, "--pages", "pages"], 0);
    let expected = [
        ("text", "  finding[differing-member]: `/items/0/zork` is not declared"),
        ("text", "    page: pages/differs.md:"),
        ("text", "    document: spec/partner-center.yaml:"),
        ("markdown", "3 pages: 1 clean, 1 with findings, 1 other."),
        ("markdown", "| `differing-member` | `pages/differs.md:"),
        ("json", "\"file\": \"pages/differs.md\""),
        ("json", "\"with_findings\": 1"),
        ("github", "::warning file=pages/differs.md,line="),
        ("github", "; 3 pages: 1 clean, 1 with findings, 1 other"),
    ];
    for (format, part) in expected {
        let printed = printed(format);
        assert!(printed.contains(part), "{part}: {printed}");
    }
}

/// If the document lacks something that is on a page, the finding points at the operation.
#[test]
fn a_finding_of_a_page_has_its_location_in_the_document() {
    let repository = Repository::new("pages-places");
    let document = fs::read_to_string(repository.0.join(DOCUMENT)).unwrap();
    let line = |found: &str| document.lines().position(|line| line.ends_with(found)).unwrap() + 1;
    let cases = [
        ("\"overageEnabled\"", "\"zork\"", line(" operationId: getOverage")),
        ("subscriptions/overage", "subscriptions/zork", line("/subscriptions/overage:")),
    ];
    for (found, replacement, line) in cases {
        repository.write_page("page.md", found, replacement);
        let printed = repository.assert_diff(&["--pages", "pages"], 0);
        assert!(printed.contains(&format!("document: {DOCUMENT}:{line}:")), "{printed}");
    }
}

#[test]
fn findings_of_pages_do_not_change_the_status() {
    let repository = Repository::new("pages-status");
    repository.write_page("a.md", "X-Locale", "Zork");
    repository.write_page("b.md", "", "");
    let arguments = ["--pages", "pages/a.md", "pages/b.md"];
    let printed = repository.assert_diff(&arguments, 0);
    assert!(printed.contains("2 pages: 1 clean, 1 with findings, 0 other"), "{printed}");
    repository.break_document();
    let printed = repository.assert_diff(&arguments, 1);
    assert!(printed.contains("finding[differing-header]"), "{printed}");
}

#[test]
fn a_page_that_cannot_be_compared_prevents_a_verdict() {
    let repository = Repository::new("pages-unable");
    repository.write_page("a.md", "", "");
    fs::write(repository.0.join("pages/b.md"), b"# Zork\n\xff").unwrap();
    fs::write(repository.0.join("pages/c.md"), b"\xff").unwrap();
    fs::create_dir(repository.0.join("empty")).unwrap();
    let reasons = [
        ("pages", "pages/b.md:2:1: the page is not UTF-8, and one more page cannot be compared"),
        ("pages/none.md", "cannot read pages/none.md"),
        ("empty", "empty has no .md, .markdown or .txt files"),
    ];
    for (path, reason) in reasons {
        let printed = repository.assert_diff(&["--pages", path], 2);
        assert!(printed.contains(reason), "{printed}");
        for format in ["markdown", "json", "github"] {
            let output = repository.run(&["diff", "--message-format", format, "--pages", path]);
            let printed = String::from_utf8(output.stdout).unwrap().to_lowercase();
            assert!(printed.contains("could not compare") || printed.contains("not-compared"));
            assert!(!printed.contains("unchanged"), "{printed}");
        }
    }
}

#[test]
fn rules_are_listed_and_explained() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let list = String::from_utf8(run(workspace, &["diff", "--rules"]).stdout).unwrap();
    for rule in diff::rules::all() {
        let page =
            String::from_utf8(run(workspace, &["diff", "--explain", rule.id]).stdout).unwrap();
        assert!(list.contains(rule.id) && page.contains(rule.summary), "{}", rule.id);
    }
    let output = run(workspace, &["diff", "--explain", "member-requird"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `member-required`?"));
}
