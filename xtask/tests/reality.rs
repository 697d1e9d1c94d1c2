//! Tests what `cargo xtask reality` prints, and its exit status.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

const ORDERS: [&str; 3] = ["reality", "--document", "orders.yaml"];

/// Runs a task in the folder of the recordings.
fn run(arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/reality");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").output().unwrap()
}

/// Compares recordings with the document `orders.yaml`.
fn orders(arguments: &[&str]) -> Output {
    run(&[&ORDERS, arguments].concat())
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn assert_status(output: &Output, status: i32) {
    let stderr = stderr(output);
    assert_eq!(output.status.code(), Some(status), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
}

/// Writes a recording to a temporary file.
fn recording(name: &str, text: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, text).unwrap();
    file
}

/// Returns a recording of one order, without differences from the document.
fn clean(name: &str) -> PathBuf {
    let har = r#"{"log":{"entries":[{
        "request": {"method": "GET", "url": "https://orders.example.com/v1/orders/7"},
        "response": {"status": 410, "headers": [], "content": {"size": 0}}
    }]}}"#;
    recording(name, har)
}

#[test]
fn statuses() {
    let clean = clean("clean.har");
    let clean = clean.to_str().unwrap();
    assert_status(&orders(&[clean]), 0);
    assert_status(&orders(&["browser.har"]), 1);
    assert_status(&orders(&[clean, "proxy.har"]), 1);
    assert_status(&orders(&["no_such_file.har"]), 2);
    assert_status(&orders(&["."]), 2);
    assert_status(&orders(&["orders.yaml"]), 2);
    assert_status(&orders(&[]), 2);
    assert_status(&orders(&[clean, "--base-url", "orders"]), 2);
    assert_status(
        &run(&["reality", "--document", "../lint/unknown-key/misspelled_nullable.yaml", clean]),
        2,
    );
    assert_status(&run(&["reality", "--rules"]), 0);
    assert_status(&run(&["reality", "--explain", "undeclared-member"]), 0);
    assert_status(&run(&["reality", "--explain", "no-such-rule"]), 2);
}

#[test]
fn traffic_that_was_not_compared_is_not_clean() {
    let output = orders(&["browser.har", "--base-url", "https://other.example.com"]);
    assert_status(&output, 2);
    let expected = "error: no entry has a response from an operation in the document\n";
    assert!(stderr(&output).ends_with(expected), "{}", stderr(&output));
    let malformed = recording("malformed.har", r#"{"log":{"entries":[{}]}}"#);
    let output = orders(&["browser.har", malformed.to_str().unwrap()]);
    assert_status(&output, 2);
    let expected = "malformed.har: /log/entries/0: malformed entry: it has no `request.method`";
    assert!(stderr(&output).contains(expected), "{}", stderr(&output));
}

#[test]
fn the_summary_has_a_line_for_each_operation() {
    let output = orders(&["browser.har"]);
    let lines: Vec<String> = stderr(&output).lines().map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "getOrder: 4 entries, 15 differences; confirmed: 3 statuses, 1 header, 7 members",
            "updateOrder: 1 entry, 3 differences; confirmed: 1 status, 0 headers, 1 member",
            "not observed: getLatestOrder",
            "7 entries: 5 compared, 0 not declared, 2 other, 0 without a response, 0 malformed; 18 differences",
        ]
    );
}

#[test]
fn undeclared_calls_of_the_service_have_their_own_lines_and_total() {
    let har = r#"{"log":{"entries":[
        {"request": {"method": "GET", "url": "https://orders.example.com/v1/orders/7"},
         "response": {"status": 410, "headers": [], "content": {"size": 0}}},
        {"request": {"method": "GET", "url": "https://orders.example.com/v1/customers/alice"},
         "response": {"status": 200}}
    ]}}"#;
    let file = recording("undeclared.har", har);
    let file = file.to_str().unwrap();
    let output = orders(&[file]);
    assert_status(&output, 0);
    let stderr = stderr(&output);
    let line = format!("not declared: GET /v1/*/*: 1 entry, first at {file}: /log/entries/1\n");
    assert!(stderr.contains(&line), "{stderr}");
    assert!(stderr.contains("\n2 entries: 1 compared, 1 not declared, 0 other, "), "{stderr}");
}

#[test]
fn an_undeclared_method_is_a_difference() {
    let har = r#"{"log":{"entries":[
        {"request": {"method": "GET", "url": "https://orders.example.com/v1/orders/7"},
         "response": {"status": 410, "headers": [], "content": {"size": 0}}},
        {"request": {"method": "DELETE", "url": "https://orders.example.com/v1/orders/7"},
         "response": {"status": 204}}
    ]}}"#;
    let file = recording("undeclared_method.har", har);
    let output = orders(&[file.to_str().unwrap(), "--message-format", "json"]);
    assert_status(&output, 1);
    let line: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(line["rule"], "undeclared-method");
    assert_eq!(line["operation"], "DELETE /v1/orders/{order-id}");
    assert_eq!(line["entry"], "/log/entries/1");
}

#[test]
fn json_has_the_details_of_each_difference() {
    let output = stdout(&orders(&["browser.har", "--message-format", "json"]));
    let lines: Vec<Value> = output.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let line = lines.iter().find(|line| line["rule"] == "undeclared-member").unwrap();
    assert_eq!(line["operation"], "getOrder");
    assert_eq!(line["part"], "response 200");
    assert_eq!(line["subject"], "/discount");
    assert_eq!(line["kinds"], serde_json::json!(["an object"]));
    assert_eq!((&line["entries"], &line["har"]), (&1.into(), &"browser.har".into()));
    assert_eq!(line["entry"], "/log/entries/2");
    assert_eq!((&line["file"], &line["severity"]), (&"orders.yaml".into(), &"warning".into()));
}

#[test]
fn annotations_for_github() {
    let output = stdout(&orders(&["browser.har", "--message-format", "github"]));
    let is_annotation =
        |line: &str| line.starts_with("::error file=") || line.starts_with("::warning file=");
    assert!(output.lines().count() > 0 && output.lines().all(is_annotation), "{output}");
}

#[test]
fn no_output_shows_a_value_of_the_traffic() {
    for format in ["text", "json", "github"] {
        let output = orders(&["browser.har", "--message-format", format]);
        let printed = stdout(&output) + &stderr(&output);
        for secret in ["alice", "Alice", "contoso", "Contoso", "eyJ", "9b1deb4d", "800112", "GBP"] {
            assert!(!printed.contains(secret), "{format}: {secret}: {printed}");
        }
    }
    let secret = recording("secret.har", r#"{"log":{"entries":"eyJ0eXAi"}}"#);
    let output = orders(&[secret.to_str().unwrap()]);
    assert!(!stderr(&output).contains("eyJ0eXAi"), "{}", stderr(&output));
}
