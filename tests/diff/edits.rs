//! Does each edit get the verdicts that its file states, in both directions?

use std::collections::BTreeSet;

use diff::{Area, Report, Severity};

use crate::{
    patch::{EDITS, Edit},
    states::{State, compared},
};

/// The minimum number of edits.
const LEAST: usize = 80;

/// Compares the states before and after an edit in both directions.
fn both(edit: &Edit) -> Result<(Report, Report), String> {
    let (before, after) = (State::shared(&edit.before)?, State::shared(&edit.after)?);
    Ok((compared(&before, &after), compared(&after, &before)))
}

/// Returns the verdicts that differ from the expected ones.
fn wrong(edit: &Edit, report: &Report, beginning: &str) -> Vec<String> {
    let found = [
        ("wire", report.wire.words()),
        ("rust", report.rust.words()),
        ("evidence", report.evidence.words()),
    ];
    let expected = |key: &str| edit.expected.get(&format!("{beginning}{key}"));
    let wrong = found.into_iter().filter_map(|(key, found)| {
        let expected = expected(key)?;
        (expected != found).then(|| format!("{}: {beginning}{key}: {found}", edit.name))
    });
    wrong.collect()
}

/// Returns the rules of the changes that affect more than documentation.
fn rules(report: &Report) -> String {
    let changes = report.changes.iter().filter(|it| {
        it.area != Area::Evidence && it.severity > Severity::Documentation && !it.is_mock
    });
    let rules: BTreeSet<&str> = changes.map(|it| it.rule).collect();
    rules.into_iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_edit_gets_the_expected_verdicts() {
    assert!(EDITS.len() >= LEAST, "there are only {} edits", EDITS.len());
    let mut failures = Vec::new();
    let mut text = String::new();
    for edit in EDITS.values() {
        for key in ["wire", "rust", "reversed wire", "reversed rust"] {
            assert!(edit.expected.contains_key(key), "{}: {key} is missing", edit.name);
        }
        let (forward, reverse) = match both(edit) {
            Ok(reports) => reports,
            Err(reason) => {
                failures.push(format!("{}: no client: {reason}", edit.name));
                continue;
            }
        };
        failures.extend(wrong(edit, &forward, ""));
        failures.extend(wrong(edit, &reverse, "reversed "));
        let (rules, reversed) = (rules(&forward), rules(&reverse));
        text += &format!("{}\n  {rules}\n  reversed {reversed}\n", edit.name);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(text) });
}
