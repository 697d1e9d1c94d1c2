//! Does the wrong example of each rule break only this rule, and the right example none?

use std::{collections::BTreeSet, fs};

use ::document::Rule;
use serde_json::{Value, json};

use super::recording::{body, entry, header, order, report};
use support::document;

const FOLDER: &str = "codegen/reality/rules";

fn rules() -> Vec<&'static Rule> {
    xtask::registry_of_traffic().rules().collect()
}

/// Returns an entry with a message, which is either a response of `getOrder` or a request.
fn parsed(message: &str) -> Value {
    let (head, text) = message.split_once("\n\n").unwrap();
    let mut lines = head.lines();
    let start: Vec<&str> = lines.next().unwrap().split(' ').collect();
    let headers: Vec<Value> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| header(name, value))
        .collect();
    let text = text.trim_end();
    match start.as_slice() {
        ["HTTP/1.1", status, ..] => order(json!({
            "status": status.parse::<u16>().unwrap(),
            "headers": headers,
            "content": { "size": text.len(), "text": text },
        })),
        [method, target, "HTTP/1.1"] => entry(
            method,
            &format!("https://orders.example.com{target}"),
            json!({ "headers": headers }),
            body(200, r#"{"id":"11111111-1111-1111-1111-111111111111"}"#),
        ),
        _ => panic!("{head}"),
    }
}

/// Returns the rules that a message breaks.
fn broken(message: &str) -> Vec<&'static str> {
    let report = report(&[parsed(message)]);
    report.observations().map(|observation| observation.diagnostic.rule).collect()
}

#[test]
fn each_wrong_example_breaks_only_its_rule() {
    for rule in rules() {
        assert_eq!(broken(rule.wrong), [rule.id]);
    }
}

#[test]
fn each_right_example_breaks_no_rule() {
    for rule in rules() {
        assert_eq!(broken(rule.right), [""; 0], "{}", rule.id);
    }
}

#[test]
fn each_rule_page_belongs_to_a_listed_rule() {
    let pages = fs::read_dir(document::path(FOLDER)).unwrap();
    let pages: BTreeSet<String> = pages
        .map(|page| page.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let listed: BTreeSet<String> = rules().iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(pages, listed);
}

#[test]
fn no_rule_shares_its_id_with_a_lint_rule() {
    let registry = xtask::registry();
    for rule in rules() {
        assert!(registry.rule(rule.id).is_none(), "{}", rule.id);
    }
}

#[test]
fn each_rule_page_has_the_required_form() {
    for Rule { id, summary, why, .. } in rules() {
        assert!(summary.starts_with(char::is_uppercase) && !summary.ends_with('.'), "{id}");
        assert!(why.ends_with('.') && why.lines().all(|line| line.chars().count() <= 80), "{id}");
    }
}
