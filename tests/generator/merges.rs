//! Do edits to different parts of the document merge without conflicts in the generated files?

use std::collections::BTreeSet;

use serde_yaml::Value;
use similar::{ChangeTag, TextDiff};

use crate::compile;
use support::document;

fn client(document: &Value) -> String {
    compile::client(&serde_yaml::to_string(document).unwrap())
}

/// Returns the line numbers in `before` at which the two texts differ.
fn changed_lines(before: &str, after: &str) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    let mut line = 0;
    for change in TextDiff::from_lines(before, after).iter_all_changes() {
        if change.tag() != ChangeTag::Equal {
            lines.insert(line);
        }
        if change.tag() != ChangeTag::Insert {
            line += 1;
        }
    }
    lines
}

/// Returns one client per operation, generated after changing only that operation's summary.
fn edited_clients(document: &Value) -> Vec<String> {
    let paths = document["paths"].as_mapping().unwrap();
    let members = paths.iter().flat_map(|(path, item)| {
        item.as_mapping().unwrap().iter().map(move |(method, value)| (path, method, value))
    });
    let operations = members.filter(|(_, _, value)| value.get("operationId").is_some());
    let edited = operations.map(|(path, method, _)| {
        let mut edited = document.clone();
        edited["paths"][path][method]["summary"] = "Another summary".into();
        client(&edited)
    });
    edited.collect()
}

#[test]
fn edits_to_summaries_of_different_operations_do_not_conflict() {
    let document: Value = serde_yaml::from_str(&document::FIXED).unwrap();
    let before = client(&document);
    let mut changed = BTreeSet::new();
    for after in edited_clients(&document) {
        let lines = changed_lines(&before, &after);
        assert!(!lines.is_empty() && lines.is_disjoint(&changed), "{lines:?}");
        // Git reports a conflict even if only adjacent lines change.
        changed.extend(lines.iter().flat_map(|line| [line.saturating_sub(1), *line, line + 1]));
    }
    assert!(!changed.is_empty());
}
