//! Does a client send and read the right values, whichever serde_json features other crates enable?

use std::fs;

use crate::compile;

const MANIFEST: &str = r#"
[package]
name = "probe"
edition = "2024"

[features]
arbitrary_precision = ["serde_json/arbitrary_precision"]

[dependencies]
partner-center-client = { workspace = true }
serde = { workspace = true }
serde_json = { workspace = true }
tokio = { workspace = true, features = ["macros", "rt"] }
"#;

/// Runs a program that calls each operation of the probe document, and returns its output.
fn printed(features: &[&str]) -> String {
    let text = compile::document_with(include_str!("probe/document.yaml"));
    let generated = codegen::generate("document.yaml", &text).unwrap();
    let workspace = compile::workspace("probe", &generated, &["probe"]);
    let source = workspace.join("probe/src");
    fs::create_dir_all(&source).unwrap();
    fs::write(workspace.join("probe/Cargo.toml"), MANIFEST).unwrap();
    fs::write(source.join("main.rs"), include_str!("probe/main.rs")).unwrap();
    let mut run = compile::cargo(&workspace, "run");
    run.args(["--package", "probe"]).args(features);
    compile::succeed(run).unwrap_or_else(|message| panic!("{message}"))
}

#[test]
fn names_numbers_and_alternatives() {
    let plain = printed(&[]);
    insta::assert_snapshot!(plain);
    assert_eq!(printed(&["--features", "arbitrary_precision"]), plain);
}
