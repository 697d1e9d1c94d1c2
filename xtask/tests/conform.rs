//! Tests what `cargo xtask conform` prints and writes, and its exit status.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const REQUEST: &str = "get-overage.request.http";
const RESPONSE: &str = "get-overage.response.http";

/// A workspace with a copy of the fixed document and its evidence, and a folder for pages.
struct Workspace(PathBuf);

impl Workspace {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("conform-{name}"));
        fs::remove_dir_all(&folder).ok();
        for part in ["spec/documented", "pages"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        let fixed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/fixed");
        for part in ["", "documented"] {
            for entry in fs::read_dir(fixed.join(part)).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_file() {
                    let to = folder.join("spec").join(part).join(entry.file_name());
                    fs::copy(entry.path(), to).unwrap();
                }
            }
        }
        Self(folder)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Returns a page with the recorded messages of an operation, one of them edited.
    fn page(&self, found: &str, replacement: &str) -> String {
        let message = |file: &str| self.read(&format!("spec/documented/{file}"));
        let [request, response] = [REQUEST, RESPONSE].map(message);
        let page = format!("# Zork\n\n```http\n{request}```\n\n```http\n{response}```\n");
        assert!(page.contains(found));
        page.replacen(found, replacement, 1)
    }

    fn conform(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("conform").args(arguments).current_dir(&self.0);
        command.env("CARGO_MANIFEST_DIR", self.0.join("xtask")).env_remove("NO_COLOR");
        command.output().unwrap()
    }

    /// Returns the contents of all evidence files.
    fn evidence(&self) -> Vec<(String, String)> {
        let files = fs::read_dir(self.0.join("spec/documented")).unwrap();
        let mut files: Vec<(String, String)> = files
            .map(|file| {
                let path = file.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, fs::read_to_string(path).unwrap())
            })
            .collect();
        files.push(("errata.toml".to_owned(), self.read("spec/errata.toml")));
        files.push(("document".to_owned(), self.read("spec/partner-center.yaml")));
        files.sort();
        files
    }
}

#[track_caller]
fn assert_status(output: &Output, status: i32) -> (String, String) {
    let [stdout, stderr] = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it));
    assert_eq!(output.status.code(), Some(status), "{stdout}{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    (stdout.into_owned(), stderr.into_owned())
}

#[test]
fn statuses() {
    let workspace = Workspace::new("statuses");
    workspace.write("pages/clean.md", workspace.page("", ""));
    workspace.write("pages/findings.md", workspace.page("X-Locale", "Zork"));
    workspace.write("pages/unable.md", b"\xff");
    workspace.write("pages/other.md", "# Zork\n");
    let status = |arguments: &[&str], status| assert_status(&workspace.conform(arguments), status);
    status(&["pages/clean.md"], 0);
    status(&["pages/other.md"], 0);
    status(&["pages/findings.md"], 1);
    status(&["pages/findings.md", "pages/clean.md"], 1);
    status(&["pages/unable.md"], 2);
    status(&["pages"], 2);
    status(&["pages/none.md"], 2);
    status(&["spec/documented"], 2);
    status(&[], 2);
    status(&["--no-such-option"], 2);
    status(&["--rules"], 0);
    status(&["--explain", "differing-path"], 0);
    status(&["--explain", "no-such-rule"], 2);
}

#[test]
fn outcomes_are_counted() {
    let workspace = Workspace::new("counts");
    workspace.write("pages/clean.md", workspace.page("", ""));
    workspace.write("pages/findings.md", workspace.page("X-Locale", "Zork"));
    workspace.write("pages/unable.md", b"\xff");
    workspace.write("pages/other.md", "# Zork\n");
    let (_, stderr) = assert_status(&workspace.conform(&["pages"]), 2);
    assert!(stderr.contains("4 pages: 1 clean, 1 with findings, 1 unable, 1 other\n"), "{stderr}");
    assert!(stderr.contains("4 messages: 3 identical, 1 different\n"), "{stderr}");
}

#[test]
fn files_in_folders() {
    let workspace = Workspace::new("folders");
    let page = workspace.page("X-Locale", "Zork");
    for file in ["a.md", "b.MARKDOWN", ".hidden/c.txt", "deep/er/.d.md", "e.html", "f"] {
        workspace.write(&format!("pages/{file}"), &page);
    }
    let (stdout, _) = assert_status(&workspace.conform(&["pages", "--message-format", "json"]), 1);
    let names = ["pages/.hidden/c.txt", "pages/a.md", "pages/b.MARKDOWN", "pages/deep/er/.d.md"];
    let found: Vec<&str> = stdout
        .lines()
        .map(|line| line.split("\"file\":\"").nth(1).unwrap().split('"').next().unwrap())
        .collect();
    assert_eq!(found, names);
    // A page that is specified by name can have any extension, and is compared once.
    let named = ["pages/e.html", "pages/f", "pages/f", "--message-format", "json"];
    let (stdout, _) = assert_status(&workspace.conform(&named), 1);
    assert_eq!(stdout.lines().count(), 2);
}

#[test]
fn a_finding_shows_the_page_and_the_document() {
    let workspace = Workspace::new("places");
    workspace.write("pages/a.md", workspace.page("GET https", "POST https"));
    let (stdout, _) = assert_status(&workspace.conform(&["pages/a.md"]), 1);
    assert!(stdout.starts_with("error[differing-method]: "), "{stdout}");
    assert!(stdout.contains(" --> pages/a.md:4:1\n"), "{stdout}");
    assert!(stdout.contains(" ::: spec/partner-center.yaml:"), "{stdout}");
    let (stdout, _) =
        assert_status(&workspace.conform(&["pages/a.md", "--message-format", "json"]), 1);
    assert!(stdout.contains("\"line\":4,\"column\":1,"), "{stdout}");
    assert!(stdout.contains("\"pointer\":\"/paths/"), "{stdout}");
    let github = workspace.conform(&["pages/a.md", "--message-format", "github"]);
    let (stdout, _) = assert_status(&github, 1);
    assert!(stdout.starts_with("::error file=pages/a.md,line=4,col=1,"), "{stdout}");
}

#[test]
fn advisories_are_printed_on_demand() {
    let workspace = Workspace::new("advisories");
    workspace.write("pages/a.md", workspace.page("\"1234\"", "\"5678\""));
    let (stdout, _) = assert_status(&workspace.conform(&["pages"]), 0);
    assert_eq!(stdout, "");
    let (stdout, _) = assert_status(&workspace.conform(&["pages", "--advisories"]), 0);
    assert!(
        stdout.starts_with("warning[unrecorded-message]: only values differ from "),
        "{stdout}"
    );
    assert!(stdout.contains("+            \"partnerId\": \"5678\",\n"), "{stdout}");
    assert!(stdout.contains("pages/a.md:13:1\n"), "{stdout}");
}

#[test]
fn color_is_used_only_on_demand_or_on_terminals() {
    let workspace = Workspace::new("color");
    workspace.write("pages/a.md", workspace.page("GET https", "POST https"));
    let (stdout, stderr) = assert_status(&workspace.conform(&["pages"]), 1);
    assert!(!stdout.contains('\x1b') && !stderr.contains('\x1b'), "{stdout}{stderr}");
    let (stdout, _) = assert_status(&workspace.conform(&["pages", "--color", "always"]), 1);
    assert!(stdout.contains('\x1b'));
}

#[test]
fn a_table_for_a_pull_request() {
    let workspace = Workspace::new("summary");
    workspace.write("pages/a|b.md", workspace.page("X-Locale", "Zork"));
    workspace.write("pages/c.md", workspace.page("", ""));
    let output = workspace.conform(&["pages", "--summary", "markdown"]);
    let (stdout, stderr) = assert_status(&output, 1);
    assert!(stdout.starts_with("| page | copies | clean | findings | unable |\n"), "{stdout}");
    assert!(stdout.contains("| get-subscription-overage | 2 | 1 | 1 | 0 |\n"), "{stdout}");
    let row = "| pages/a\\|b.md:9:1 | differing-header | `Zork` is not declared |\n";
    assert!(stdout.contains(row), "{stdout}");
    assert!(stderr.contains("error[differing-header]: "), "{stderr}");
}

#[test]
fn the_list_of_rules_has_a_page_for_each() {
    let workspace = Workspace::new("rules");
    let (list, _) = assert_status(&workspace.conform(&["--rules"]), 0);
    for rule in list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()) {
        let (page, _) = assert_status(&workspace.conform(&["--explain", rule]), 0);
        assert!(page.starts_with(rule) && page.contains("Right:"), "{page}");
    }
}

#[test]
fn a_changed_message_is_recorded() {
    let workspace = Workspace::new("accept");
    workspace.write("pages/a.md", workspace.page("\"1234\"", "\"5678\""));
    let before = workspace.evidence();
    let (stdout, stderr) = assert_status(&workspace.conform(&["pages", "--accept"]), 1);
    let changed: Vec<String> = workspace
        .evidence()
        .into_iter()
        .zip(before)
        .filter(|(new, old)| new != old)
        .map(|((name, _), _)| name)
        .collect();
    assert_eq!(changed, [RESPONSE, "index.toml"]);
    assert!(stdout.contains(&format!("wrote spec/documented/{RESPONSE}\n")), "{stdout}");
    // The example in the document no longer matches the message.
    assert!(stdout.contains("error[mismatched-message]: "), "{stdout}");
    assert!(stdout.contains(&format!(" --> spec/documented/{RESPONSE}:")), "{stdout}");
    assert!(stderr.ends_with("1 problem with errata or examples\n"), "{stderr}");
    let (stdout, _) = assert_status(&workspace.conform(&["pages", "--accept"]), 0);
    assert_eq!(stdout, "all messages on these pages are already recorded\n");
}

#[test]
fn recording_names_each_value_that_differs_from_the_example() {
    let workspace = Workspace::new("accept_values");
    let page = workspace.page("\"1234\"", "\"5678\"").replacen("PhoneServices", "OtherServices", 1);
    workspace.write("pages/a.md", page);
    let (stdout, stderr) = assert_status(&workspace.conform(&["pages", "--accept"]), 1);
    assert_eq!(stdout.matches("error[mismatched-message]: ").count(), 2, "{stdout}");
    assert!(stderr.ends_with("2 problems with errata or examples\n"), "{stderr}");
}

#[test]
fn recording_names_each_erratum_and_example_that_fails() {
    let workspace = Workspace::new("accept_errata");
    let page = workspace.page("\"1234\"", "\"5678\"").replacen(
        "Content-Length: 138",
        "Content-Length: 359",
        1,
    );
    workspace.write("pages/a.md", page);
    let (stdout, _) = assert_status(&workspace.conform(&["pages", "--accept"]), 1);
    assert!(stdout.contains("error[unneeded-erratum]: the erratum no longer applies"), "{stdout}");
    assert!(stdout.contains(" --> spec/errata.toml:"), "{stdout}");
    assert!(stdout.contains("error[mismatched-message]: "), "{stdout}");
}

#[test]
fn nothing_is_recorded_unless_everything_can_be() {
    let workspace = Workspace::new("accept_none");
    workspace.write("pages/a.md", workspace.page("\"1234\"", "\"5678\""));
    workspace.write("pages/b.md", b"\xff");
    let before = workspace.evidence();
    let (_, stderr) = assert_status(&workspace.conform(&["pages", "--accept"]), 2);
    assert!(
        stderr.contains("pages/b.md:1:1: the page is not UTF-8; nothing was recorded"),
        "{stderr}"
    );
    workspace.write("pages/b.md", workspace.page("\"1234\"", "\"9012\""));
    let (_, stderr) = assert_status(&workspace.conform(&["pages", "--accept"]), 2);
    assert!(stderr.contains("another page has a different version of"), "{stderr}");
    assert_eq!(workspace.evidence(), before);
}

#[cfg(unix)]
#[test]
fn a_folder_in_which_the_index_cannot_be_written() {
    let workspace = Workspace::new("accept_blocked");
    workspace.write("pages/a.md", workspace.page("\"1234\"", "\"5678\""));
    let index = workspace.0.join("spec/documented/index.toml");
    let mut permissions = fs::metadata(&index).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&index, permissions).unwrap();
    let before = workspace.evidence();
    let (_, stderr) = assert_status(&workspace.conform(&["pages", "--accept"]), 2);
    assert!(stderr.contains("is read-only"), "{stderr}");
    assert_eq!(workspace.evidence(), before);
}

#[test]
fn edited_evidence_is_rejected() {
    let workspace = Workspace::new("edited");
    workspace.write("pages/a.md", workspace.page("", ""));
    let message = format!("spec/documented/{REQUEST}");
    workspace.write(&message, workspace.read(&message) + "\n");
    let (_, stderr) = assert_status(&workspace.conform(&["pages"]), 2);
    assert!(stderr.contains("run `cargo xtask lint`"), "{stderr}");
}

/// Returns the page with some bytes inserted, removed or cut off. The edits are the same in every run.
fn edited(page: &[u8], next: &mut impl FnMut(usize) -> usize) -> Vec<u8> {
    let mut page = page.to_vec();
    for _ in 0..next(6) {
        let at = next(page.len() + 1);
        match next(4) {
            0 => page.truncate(at),
            1 => drop(page.drain(at..(at + next(60)).min(page.len()))),
            _ => page.insert(at, b"`{}\"|\n\r~ \xff"[next(10)]),
        }
    }
    page
}

#[test]
fn pages_with_random_edits() {
    let workspace = Workspace::new("random");
    let page = workspace.page("", "").into_bytes();
    let mut state = 1_u64;
    let mut next = |end: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end
    };
    for number in 0..200 {
        workspace.write(&format!("pages/{number}.md"), edited(&page, &mut next));
    }
    let output = workspace.conform(&["pages", "--advisories", "--message-format", "json"]);
    assert!(matches!(output.status.code(), Some(0..=2)), "{output:?}");
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let diagnostic: serde_json::Value = serde_json::from_str(line).unwrap();
        let number = |key: &str| usize::try_from(diagnostic[key].as_u64().unwrap()).unwrap();
        let text = fs::read(workspace.0.join(diagnostic["file"].as_str().unwrap())).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let line = text.split('\n').nth(number("line") - 1).expect("the line is in the file");
        assert!(number("column") <= line.chars().count() + 1, "{diagnostic}");
    }
}
