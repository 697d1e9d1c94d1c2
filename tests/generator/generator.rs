//! What does a maintainer see when the generator fails on a document that no rule rejects?
//!
//! By now, rules reject most of these documents. The test passes them to the generator without linting them.

use std::fs;

use xtask::render::{Color, Source};

#[test]
fn each_document_on_which_the_generator_fails() {
    insta::glob!("../documents/lint", "generator-failure/*.yaml", |path| {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let diagnostics = codegen::generate(&name, &text).expect_err("the generator should fail");
        let shown = Source::new(&name, text.as_bytes()).text(&diagnostics, Color::Plain);
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(shown) });
    });
}
