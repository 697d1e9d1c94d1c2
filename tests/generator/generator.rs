//! What does a maintainer read if the generator fails on something that no rule covers?
//!
//! Rules cover most of these documents by now. Here they are passed to the generator without lint.

use std::fs;

use xtask::render::{Color, Source};

#[test]
fn each_document_on_which_the_generator_fails() {
    insta::glob!("../documents/lint", "generator-failure/*.yaml", |path| {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let diagnostics = codegen::generate(&name, &text).expect_err("the generator does not fail");
        let shown = Source::new(&name, text.as_bytes()).text(&diagnostics, Color::Plain);
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(shown) });
    });
}
