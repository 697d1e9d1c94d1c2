//! Tests that the vendor's messages, after their errata, conform to the document.

mod coverage;
mod digits;
mod documents;
mod errata;
mod messages;
mod schemas;

use std::{fs, sync::LazyLock};

use evidence::{
    Files, conform,
    documented::{Erratum, Evidence, Problem},
};
use serde_json::Value;

use support::document;

/// The folder of the document that only tests use. It has the same layout as `spec`.
const FIXED: &str = "tests/documents/fixed";

static EVIDENCE: LazyLock<Evidence> = LazyLock::new(|| evidence(FIXED));

fn evidence(folder: &str) -> Evidence {
    let documented = document::path(folder).join("documented");
    let text = |file: &str| document::read(&format!("{folder}/{file}"));
    let read = |file: &str| fs::read(documented.join(file)).ok();
    Evidence::parse(&text("documented/index.toml"), &text("errata.toml"), read)
        .expect("the evidence parses")
}

/// Returns the problems, one per line.
fn problems(document: &str, evidence: &Evidence) -> String {
    lines(&conform::problems(document, evidence))
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

/// Returns the problems after a change to the evidence.
fn problems_with(change: impl FnOnce(&mut Evidence)) -> String {
    let mut evidence = EVIDENCE.clone();
    change(&mut evidence);
    problems(&document::FIXED, &evidence)
}

/// Returns an erratum that edits a message after its other errata have been applied.
fn edit(message: &str, found: &str, repair: &str) -> Erratum {
    Erratum {
        id: "edit".to_owned(),
        message: message.to_owned(),
        found: found.to_owned(),
        repair: repair.to_owned(),
        reason: "A test breaks the message.".to_owned(),
        evidence: "inferred: nothing".to_owned(),
        page: "https://learn.microsoft.com/partner-center/developer/".to_owned(),
        is_left_out: false,
    }
}

#[test]
fn the_documented_messages_conform() {
    for (document, folder) in [(&document::TEXT, "spec"), (&document::FIXED, FIXED)] {
        let problems = problems(document, &evidence(folder));
        assert!(problems.is_empty(), "{folder}:\n{problems}");
    }
}

#[test]
fn every_file_is_in_the_index() {
    for (document, folder) in [(&document::TEXT, "spec"), (&document::FIXED, FIXED)] {
        let documented = document::path(folder).join("documented");
        let entries = fs::read_dir(&documented).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let files = Files {
            document,
            index: &document::read(&format!("{folder}/documented/index.toml")),
            errata: &document::read(&format!("{folder}/errata.toml")),
            folder: &names.collect::<Vec<_>>(),
            message: &|file| fs::read(documented.join(file)).ok(),
        };
        assert_eq!(evidence::check(&files), [], "{folder}");
    }
}

#[test]
fn changing_any_byte_of_a_message_fails() {
    for message in &EVIDENCE.messages {
        // Digests are checked independently of each other, and before the document is read. So a single message and an
        // empty document suffice, and are fast.
        let mut evidence = Evidence { messages: vec![message.clone()], ..Evidence::default() };
        for index in 0..message.bytes.len() {
            evidence.messages[0].bytes[index] ^= 1 << (index % 8);
            let problems = problems("", &evidence);
            assert!(problems.contains(": the sha256 of "), "byte {index} of {}", message.file);
            evidence.messages[0].bytes[index] = message.bytes[index];
        }
    }
}

#[test]
fn a_longer_or_shorter_message_fails() {
    for index in 0..EVIDENCE.messages.len() {
        let longer = problems_with(|evidence| evidence.messages[index].bytes.push(b'\n'));
        let shorter = problems_with(|evidence| {
            evidence.messages[index].bytes.pop();
        });
        assert!(longer.contains(": the sha256 of ") && shorter.contains(": the sha256 of "));
    }
}

#[test]
fn an_undeclared_member_is_reported() {
    for message in &EVIDENCE.messages {
        let text = EVIDENCE.repaired(message).unwrap();
        let Some((_, body)) = text.split_once("\n\n") else { continue };
        let value: Value = serde_json::from_str(body).unwrap();
        for pointer in objects("", &value) {
            let mut value = value.clone();
            value.pointer_mut(&pointer).unwrap()["undeclared"] = true.into();
            let edit = edit(&message.file, body, &value.to_string());
            let problems = problems_with(|evidence| evidence.errata.push(edit));
            let expected = format!("/{}: `{pointer}/undeclared` is not declared;", message.file);
            assert!(problems.contains(&expected), "expected {expected}\n{problems}");
        }
    }
}

/// Returns the JSON pointers of the objects in a value.
fn objects(pointer: &str, value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), value)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        _ => Vec::new(),
    };
    let own = value.is_object().then(|| pointer.to_owned());
    let below =
        children.iter().flat_map(|(step, value)| objects(&format!("{pointer}/{step}"), value));
    own.into_iter().chain(below).collect()
}
