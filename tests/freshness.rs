//! Is what is checked in what the document yields?

use codegen::Cause;

use crate::document;

fn generated() -> codegen::Generated {
    codegen::generate(document::NAME, &document::TEXT).unwrap()
}

fn assert_fresh(name: &str, fresh: &str) {
    let found = document::read(name);
    assert!(
        found == fresh,
        "{name} is out of date; run `cargo xtask codegen` and commit the result"
    );
}

#[test]
fn the_client_is_fresh() {
    assert_fresh("generated-client/src/generated.rs", &generated().client);
}

#[test]
fn the_table_of_the_tests_is_fresh() {
    assert_fresh("tests/generated.rs", &generated().table);
}

#[test]
fn the_mock_server_is_fresh() {
    assert_fresh("generated-client/src/mock/generated.rs", &generated().mock);
}

#[test]
fn generating_twice_yields_the_same() {
    assert_eq!(generated(), generated());
}

#[test]
fn line_endings_of_the_document_do_not_matter() {
    let document = document::TEXT.replace('\n', "\r\n");
    assert!(codegen::generate(document::NAME, &document).unwrap() == generated());
}

#[test]
fn the_generator_in_the_header_is_the_one_that_is_locked() {
    let lock: toml::Table = document::read("Cargo.lock").parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let progenitor =
        packages.iter().find(|package| package["name"].as_str() == Some("progenitor")).unwrap();
    let line = format!("// generator: progenitor {}", progenitor["version"].as_str().unwrap());
    assert!(generated().client.lines().any(|found| found == line), "no line `{line}`");
}

#[test]
fn a_fresh_file_has_no_cause_of_staleness() {
    let fresh = generated().client;
    assert_eq!(codegen::causes(&fresh, &fresh), []);
}

#[test]
fn an_edited_document_is_named_as_the_cause() {
    let edited = document::TEXT.replace("version: 1.0.0", "version: 1.0.1");
    let fresh = codegen::generate(document::NAME, &edited).unwrap().client;
    assert_eq!(codegen::causes(&generated().client, &fresh), [Cause::DocumentEdited]);
}

#[test]
fn an_edit_by_hand_is_named_as_the_cause() {
    let fresh = generated().client;
    let found = fresh.replacen("pub struct", "pub  struct", 1);
    assert_eq!(codegen::causes(&found, &fresh), [Cause::EditedByHand]);
}

#[test]
fn a_changed_generator_is_named_as_the_cause() {
    let fresh = generated().client;
    let found = fresh.replace("// generator: progenitor", "// generator: earlier progenitor");
    assert_eq!(codegen::causes(&found, &fresh), [Cause::GeneratorChanged]);
}

#[test]
fn a_file_without_its_header_counts_as_edited_by_hand() {
    let fresh = generated().client;
    for found in [
        "",
        "// another file\n",
        &format!("<<<<<<< HEAD\n{fresh}"),
        &fresh.replace("// generator:", "//"),
    ] {
        assert_eq!(codegen::causes(found, &fresh), [Cause::EditedByHand]);
    }
}

#[test]
fn a_byte_order_mark_before_the_document_does_not_matter() {
    let document = format!("\u{feff}{}", *document::TEXT);
    assert!(codegen::generate(document::NAME, &document).unwrap() == generated());
}

#[test]
fn both_causes_are_named() {
    let edited = document::TEXT.replace("version: 1.0.0", "version: 1.0.1");
    let fresh = codegen::generate(document::NAME, &edited).unwrap().client;
    let found = generated().client.replacen("pub struct", "pub  struct", 1);
    assert_eq!(codegen::causes(&found, &fresh), [Cause::DocumentEdited, Cause::EditedByHand]);
}
