//! What does a maintainer read when a document cannot become a client?

use std::fs;

#[test]
fn each_document_that_cannot_become_a_client() {
    insta::glob!("documents/*.yaml", |path| {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let problems = codegen::generate(&name, &text).expect_err("the document has no problem");
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(lines.join("\n")) });
    });
}
