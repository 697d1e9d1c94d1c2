//! Are the generated files in `spec` up to date?

use support::document;

use crate::{SPEC, with_document};

#[track_caller]
fn assert_fresh(name: &str, fresh: &str) {
    let found = document::read(name).replace("\r\n", "\n");
    let message = "is out of date; run `cargo xtask codegen` and commit the result";
    assert!(found == fresh, "{name} {message}");
}

#[test]
fn the_errata_page_is_fresh() {
    assert_fresh("spec/ERRATA.md", &reference::errata(&SPEC));
}

#[test]
fn the_list_of_the_evidence_is_fresh() {
    let readme = document::read("spec/README.md");
    let fresh = with_document(&document::TEXT, |document| reference::readme(&readme, document));
    assert_fresh("spec/README.md", &fresh.unwrap());
}
