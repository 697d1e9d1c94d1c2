//! What does a maintainer read when the generator stops at something that no rule foresees?
//!
//! The rules foresee these documents too; here they go to the generator all the same.

use std::fs;

use xtask::render::{Color, Source};

#[test]
fn each_document_at_which_the_generator_stops() {
    insta::glob!("../documents/lint", "generator-failure/*.yaml", |path| {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let diagnostics = codegen::generate(&name, &text).expect_err("the generator did not stop");
        let shown = Source::new(&name, text.as_bytes()).text(&diagnostics, Color::Plain);
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(shown) });
    });
}
