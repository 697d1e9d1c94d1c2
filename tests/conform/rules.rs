//! Does the wrong example on the page of each rule break only this rule, and the right example none?

use std::{collections::BTreeSet, fs};

use conform::{Checked, Page, Reference};
use document::{Document, Rule, Tree};
use evidence::documented::Evidence;

use support::document as files;

const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
servers: [{ url: 'https://example.com' }]
paths:
  /v1/orders:
    get:
      operationId: getOrders
      externalDocs: { url: 'https://example.com/get-orders', description: Get orders }
      responses:
        '200':
          description: The orders.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
              examples:
                documented: { value: { total: 1.50 } }
        '400':
          description: The request is wrong. Codes `2000` (the input), `3000` (more) and `4000` (more).
components:
  schemas:
    Order:
      type: object
      required: [total]
      properties:
        total: { type: number }
        note: { type: string }
";

const REQUEST: &str = "GET https://example.com/v1/orders HTTP/1.1\n";

const RESPONSE: &str =
    "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\n  \"totl\": 1.50\n}\n";

const INDEX: &str = "
[[message]]
file = 'request'
operation = 'getOrders'
page = 'https://example.com/get-orders'
title = 'Get orders'
sha256 = ''

[[message]]
file = 'response'
operation = 'getOrders'
status = 200
page = 'https://example.com/get-orders'
title = 'Get orders'
sha256 = ''
";

const ERRATA: &str = "
[[erratum]]
id = 'total'
message = 'response'
found = '\"totl\"'
repair = '\"total\"'
reason = 'It is misspelled.'
evidence = 'page: its table'
page = 'https://example.com/get-orders'
";

/// Compares a rule's example with the document. An example that is only part of a page is completed first.
fn check(example: &str) -> Checked {
    let tree = Tree::parse(DOCUMENT).unwrap().unwrap();
    let read = |file: &str| Some(if file == "request" { REQUEST } else { RESPONSE }.into());
    let evidence = Evidence::parse(INDEX, ERRATA, read).unwrap();
    let block = |message: &str| format!("```http\n{message}```\n\n");
    let text = if example.starts_with("# ") {
        format!("{example}\n{}{}", block(REQUEST), block(RESPONSE))
    } else if example.starts_with('|') {
        format!("# Codes\n\n{example}| 400 | 3000 | |\n| 400 | 4000 | |\n")
    } else if example.starts_with("HTTP/") {
        format!("# Get orders\n\n{}{}", block(REQUEST), block(example))
    } else if example.starts_with("The page") {
        let messages = if example.contains("in a block") {
            block(REQUEST) + &block(RESPONSE)
        } else {
            String::new()
        };
        format!("# Get orders\n\n{example}\n{messages}")
    } else {
        format!("# Get orders\n\n{}{}", block(example), block(RESPONSE))
    };
    let name = if example.starts_with('|') { "codes.md" } else { "get-orders.md" };
    Reference::new(&Document::new(&tree), &evidence).check(&Page { name, content: text.as_bytes() })
}

fn broken_by(rule: &Rule, example: &str) -> BTreeSet<&'static str> {
    let Checked { findings, advisories, .. } = check(example);
    // An example of a finding can also cause advisories, because it repairs an erratum or has different values.
    let is_advisory = advisory_rules().contains(&rule.id);
    let advisories = advisories.iter().filter(|it| is_advisory && it.rule == rule.id);
    findings.iter().chain(advisories).map(|it| it.rule).collect()
}

fn rules() -> Vec<&'static Rule> {
    xtask::registry_of_pages().rules().collect()
}

fn advisory_rules() -> Vec<&'static str> {
    let groups = xtask::registry_of_pages();
    let groups = groups.groups().filter(|group| group.title.contains("advisories"));
    groups.flat_map(|group| group.rules).map(|rule| rule.id).collect()
}

#[test]
fn wrong_examples_break_one_rule_and_right_examples_break_none() {
    for rule in rules() {
        assert_eq!(broken_by(rule, rule.wrong), BTreeSet::from([rule.id]), "{}: wrong", rule.id);
        assert_eq!(broken_by(rule, rule.right), BTreeSet::new(), "{}: right", rule.id);
    }
}

#[test]
fn each_page_is_listed_by_exactly_one_group() {
    for page in fs::read_dir(files::path("codegen/conform/rules")).unwrap() {
        let page = page.unwrap().path();
        let id = page.file_stem().unwrap().to_string_lossy();
        assert_eq!(rules().iter().filter(|rule| rule.id == id).count(), 1, "{id}");
    }
}

#[test]
fn no_rule_shares_its_id_with_a_lint_rule() {
    let others: BTreeSet<&str> = xtask::registry().rules().map(|rule| rule.id).collect();
    for rule in rules() {
        assert!(!others.contains(rule.id), "{}", rule.id);
    }
}

#[test]
fn each_reason_consists_of_sentences_on_short_lines() {
    for Rule { id, why, summary, .. } in rules() {
        assert!(why.ends_with('.') && !summary.ends_with('.'), "{id}");
        assert!(why.lines().all(|line| line.chars().count() <= 80), "{id}: wrap the reason");
    }
}
