//! Does comparing invalid, recursive or hostile documents always end with a report or an error, never with a panic?

use std::fs;

use support::document;

use crate::small::documents;

/// Returns the YAML documents with which lint is tested, except documents that are not UTF-8.
fn files() -> Vec<String> {
    let folders = fs::read_dir(document::path("tests/documents/lint")).unwrap();
    let files = folders
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path());
    let yaml = files.filter(|path| path.extension().is_some_and(|it| it == "yaml"));
    yaml.filter_map(|path| fs::read_to_string(path).ok()).collect()
}

#[test]
fn each_document_is_compared_with_the_fixed_one_and_itself() {
    let files = files();
    assert!(files.len() > 100);
    for text in &files {
        for (old, new) in [(&*document::FIXED, text), (text, &*document::FIXED)] {
            if let Ok(report) = documents(old, new) {
                assert!(!report.changes.is_empty(), "{text}");
            }
        }
        if let Ok(report) = documents(text, text) {
            assert!(report.changes.is_empty(), "{text}\n{:#?}", report.changes);
        }
    }
}

#[test]
fn an_unreadable_document_is_reported_with_its_location() {
    let reason = documents("openapi: [", &document::FIXED).unwrap_err();
    assert!(reason.starts_with("document.yaml:1:"), "{reason}");
    assert!(documents(&document::FIXED, "").is_err());
    assert!(documents(&document::FIXED, "swagger: '2.0'").is_err());
}

/// Returns a document whose schemas reference each other in a cycle of this length.
fn cycle(length: usize, kind: &str) -> String {
    let schemas: String = (0..length)
        .map(|index| {
            let next = (index + 1) % length;
            format!(
                "    S{index}:\n      type: object\n      properties:\n        next: {{ $ref: '#/components/schemas/S{next}' }}\n        value: {{ type: {kind} }}\n"
            )
        })
        .collect();
    format!(
        "openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\npaths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '200':\n          description: A.\n          content:\n            application/json:\n              schema: {{ $ref: '#/components/schemas/S0' }}\ncomponents:\n  schemas:\n{schemas}"
    )
}

#[test]
fn a_long_cycle_of_references_is_compared_without_recursion() {
    let report = documents(&cycle(2_000, "string"), &cycle(2_000, "integer")).unwrap();
    let breaks = report.changes.iter().filter(|it| it.rule == "type-changed");
    assert_eq!(breaks.count(), 2_000);
}

#[test]
fn cycles_of_different_lengths_are_the_same_type() {
    let report = documents(&cycle(3, "string"), &cycle(4, "string")).unwrap();
    let wire = report.changes.iter().filter(|it| it.area == diff::Area::Wire);
    assert_eq!(wire.count(), 0);
}

#[test]
fn control_characters_in_names_are_not_printed() {
    let hostile = document::FIXED.replace("azureEntitlementId", "\"a\\e[31m|`<b>\"");
    let report = documents(&document::FIXED, &hostile).unwrap();
    assert!(report.changes.iter().all(|it| !it.message.contains(char::is_control)));
    let page = xtask::report::compared(&report, xtask::report::Format::Markdown);
    assert!(!page.contains("<b>"), "{page}");
}
