//! Can a page be rendered for every document that can be read?

use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, RngSeed, TestRunner},
};
use reference::{BEGIN, END};
use serde_json::Value;
use support::{
    document,
    mutation::{Change, pointers},
};

use crate::{FIXED, page::Page, with_document};

/// The number of documents, each with three changes.
const CASES: u32 = 40;

#[test]
fn each_link_on_the_page_of_a_changed_document_has_a_target() {
    let fixed: Value = serde_yaml::from_str(&document::FIXED).unwrap();
    let changes = prop::collection::vec((any::<Index>(), select(&Change::ALL[..])), 3);
    let set = Config {
        cases: CASES,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::default()
    };
    let run = TestRunner::new(set).run(&changes, |changes| {
        let mut changed = fixed.clone();
        for (index, change) in changes {
            let pointers = pointers(&changed);
            change.apply(&mut changed, &pointers[index.index(pointers.len())]);
        }
        let text = serde_yaml::to_string(&changed).unwrap();
        if ::document::read(text.as_bytes()).is_ok() {
            Page::new(&text, &FIXED).assert_linked();
            let readme = format!("{BEGIN}\n{END}");
            assert!(with_document(&text, |document| reference::readme(&readme, document)).is_ok());
        }
        Ok(())
    });
    run.unwrap();
}
