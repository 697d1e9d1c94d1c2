//! Does the comparison of equivalent documents report nothing, regardless of their layout?

use serde::Serialize as _;
use serde_json::{Serializer, Value, ser::PrettyFormatter};
use support::document;

use crate::{
    patch::EDITS,
    states::{State, compared},
};

/// Asserts that a document equals the fixed one on the wire, in its evidence and, if `is_same_in_rust`, in Rust.
fn assert_same(text: &str, is_same_in_rust: bool) {
    let (old, new) = (State::new(&document::FIXED), State::new(text));
    for report in [compared(&old, &new), compared(&new, &old)] {
        let is_other = |it: &&diff::Change| is_same_in_rust || it.area != diff::Area::Rust;
        let changes: Vec<_> = report.changes.iter().filter(is_other).collect();
        assert!(changes.is_empty(), "{changes:#?}");
    }
}

fn value() -> Value {
    let value: serde_yaml::Value = serde_yaml::from_str(&document::FIXED).unwrap();
    serde_json::to_value(value).unwrap()
}

#[test]
fn the_same_text() {
    assert_same(&document::FIXED, true);
}

#[test]
fn different_indentation() {
    let mut text = Vec::new();
    let formatter = PrettyFormatter::with_indent(b"\t");
    value().serialize(&mut Serializer::with_formatter(&mut text, formatter)).unwrap();
    assert_same(&String::from_utf8(text).unwrap(), true);
}

#[test]
fn windows_line_endings_and_a_byte_order_mark() {
    assert_same(&format!("\u{feff}{}", document::FIXED.replace('\n', "\r\n")), true);
}

#[test]
fn printed_as_json() {
    assert_same(&serde_json::to_string_pretty(&value()).unwrap(), true);
}

#[test]
fn printed_by_another_yaml_library() {
    let value: serde_yaml::Value = serde_yaml::from_str(&document::FIXED).unwrap();
    assert_same(&serde_yaml::to_string(&value).unwrap(), true);
}

/// Prints a value as JSON with members in reverse order, and also the items of lists whose order has no meaning.
fn reversed(value: &Value, name: &str) -> String {
    const SETS: [&str; 6] =
        ["enum", "parameters", "required", "security", "tags", "x-extensible-enum"];
    match value {
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .rev()
                .map(|(name, value)| {
                    format!("{}:{}", Value::from(name.as_str()), reversed(value, name))
                })
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => {
            let mut items: Vec<String> = items.iter().map(|item| reversed(item, "")).collect();
            if SETS.contains(&name) {
                items.reverse();
            }
            format!("[{}]", items.join(","))
        }
        other => other.to_string(),
    }
}

#[test]
fn a_different_order_of_members_and_items() {
    // Constructor arguments follow the order of required members, but no model of this document has two of them.
    assert_same(&reversed(&value(), ""), true);
}

#[test]
fn moved_components() {
    let text = document::FIXED.as_str();
    let (rest, schemas) = text.split_once("  schemas:\n").unwrap();
    let (schemas, others) = schemas.split_once("  responses:\n").unwrap();
    assert_same(&format!("{rest}  responses:\n{others}\n  schemas:\n{schemas}"), true);
}

/// Replaces each reference to a section of the components with its target.
fn inlined(value: &Value, document: &Value, section: &str) -> Value {
    match value {
        Value::Object(members) => match members.get("$ref").and_then(Value::as_str) {
            Some(reference) if reference.starts_with(&format!("#/components/{section}/")) => {
                inlined(document.pointer(&reference[1..]).unwrap(), document, section)
            }
            _ => members
                .iter()
                .map(|(name, value)| (name.clone(), inlined(value, document, section)))
                .collect(),
        },
        Value::Array(items) => items.iter().map(|item| inlined(item, document, section)).collect(),
        other => other.clone(),
    }
}

#[test]
fn inlined_parameters_headers_and_responses() {
    for section in ["parameters", "headers", "responses"] {
        let document = value();
        assert_same(&inlined(&document, &document, section).to_string(), true);
    }
}

/// An inline schema becomes a type with a different name, so the Rust client does change.
#[test]
fn inlined_schemas_are_the_same_on_the_wire() {
    let document = value();
    assert_same(&inlined(&document, &document, "schemas").to_string(), false);
}

#[test]
fn each_edited_document_equals_itself() {
    for edit in EDITS.values() {
        let state = State::new(&edit.after);
        let report = compared(&state, &state);
        assert!(report.changes.is_empty(), "{}: {:#?}", edit.name, report.changes);
    }
}
