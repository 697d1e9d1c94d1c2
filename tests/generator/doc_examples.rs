//! Do the examples in the operations' documentation compile, whatever operations are added to the document?

use std::fs;

use serde_yaml::Value;

use crate::compile::{cargo, document_with_every_kind, package, succeed, workspace};

/// Returns the code of each example in the method documentation.
fn examples(client: &str) -> Vec<String> {
    let lines: Vec<&str> =
        client.lines().filter_map(|line| line.trim().strip_prefix("///")).collect();
    let sections = lines.split(|line| *line == " # Examples").skip(1);
    let code = |section: &[&str]| {
        let fenced = section.iter().skip_while(|line| !line.starts_with(" ```")).skip(1);
        let code = fenced.take_while(|line| !line.starts_with(" ```"));
        code.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
    };
    sections.map(code).collect()
}

/// Wraps an example in a module that can be compiled as part of the client crate.
fn module((number, code): (usize, &String)) -> String {
    let lines = code.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
    let lines = lines.filter(|line| !line.starts_with("#[tokio::main"));
    let code: String = lines.map(|line| format!("{line}\n")).collect();
    format!("mod example_{number} {{\n{}}}\n", code.replace("partner_center_client::", "crate::"))
}

/// Adds an example to the request body of `PUT /v1/boxes`, which has nested members and decimal numbers.
fn with_request_example(document: &str) -> String {
    let mut document: Value = serde_yaml::from_str(document).unwrap();
    let media = &mut document["paths"]["/v1/boxes"]["put"]["requestBody"]["content"];
    let example = "{price: 100.10, inside: {price: 5, whole: {price: 1}}}";
    media["application/json"]["example"] = serde_yaml::from_str(example).unwrap();
    serde_yaml::to_string(&document).unwrap()
}

#[test]
fn examples_of_every_kind_of_operation_compile() {
    let text = with_request_example(&document_with_every_kind());
    let generated = codegen::generate("document.yaml", &text).unwrap();
    let examples = examples(&generated.operations);
    assert_eq!(examples.len(), generated.operations.matches("\n    pub ").count());
    let modules: Vec<String> = examples.iter().enumerate().map(module).collect();
    let workspace = workspace("doc_examples", &generated, &[]);
    let source = workspace.join(package("doc_examples")).join("src");
    fs::write(source.join("doc_examples.rs"), modules.join("\n")).unwrap();
    let library = fs::read_to_string(source.join("lib.rs")).unwrap();
    let library = format!("{library}\n#[allow(unused)]\nmod doc_examples;\n");
    fs::write(source.join("lib.rs"), library).unwrap();
    let mut check = cargo(&workspace, "check");
    check.args(["--no-default-features", "--features", "mock,schemars,rust_decimal"]);
    succeed(check).unwrap_or_else(|message| panic!("{message}"));
}
