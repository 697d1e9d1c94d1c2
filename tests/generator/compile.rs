//! Does the generated client compile, whatever operations and schemas are added to the document?

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use codegen::Generated;
use serde_yaml::Value;

use support::document;

/// Returns the folder of the workspaces in which clients are compiled, separate from the tests' own workspace.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("clients")
}

/// Returns a document with every kind of operation that might be added to the project's document.
pub(crate) fn document_with_every_kind() -> String {
    document_with(include_str!("../documents/additions/operations_of_every_kind.yaml"))
}

/// Returns the fixed document with additional paths and component schemas.
pub(crate) fn document_with(additions: &str) -> String {
    let mut document: Value = serde_yaml::from_str(&document::FIXED).unwrap();
    let additions: Value = serde_yaml::from_str(additions).unwrap();
    add(&mut document["paths"], &additions["paths"]);
    add(&mut document["components"]["schemas"], &additions["components"]["schemas"]);
    serde_yaml::to_string(&document).unwrap()
}

fn add(target: &mut Value, additions: &Value) {
    let members = additions.as_mapping().unwrap();
    target
        .as_mapping_mut()
        .unwrap()
        .extend(members.iter().map(|(name, value)| (name.clone(), value.clone())));
}

/// Returns the source of a document's client: its types, followed by its operations.
pub(crate) fn client(document: &str) -> String {
    let generated = codegen::generate("document.yaml", document).unwrap();
    generated.types + &generated.operations
}

/// Compiles the client crate with the given generated code; returns the compiler's output if it fails.
pub(crate) fn compile(name: &str, generated: &Generated) -> Result<(), String> {
    let workspace = workspace(name, generated, &[]);
    let features = ["--no-default-features", "--features", "mock,schemars,rust_decimal"];
    let mut check = cargo(&workspace, "check");
    check.args(features);
    succeed(check).map(drop)
}

/// Returns the folder of a client crate within its workspace.
///
/// Each has its own name, because cargo identifies a package by this path. With the same path, one crate would count as
/// up to date after another one has been compiled.
pub(crate) fn package(name: &str) -> String {
    format!("client-{name}")
}

/// Writes a workspace that contains the client crate with the given generated code, and returns its path. Further
/// members can be added to it.
pub(crate) fn workspace(name: &str, generated: &Generated, further: &[&str]) -> PathBuf {
    let workspace = folder().join(name);
    let client = workspace.join(package(name));
    copy("generated-client", &client);
    fs::copy(document::path("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    fs::write(workspace.join("Cargo.toml"), manifest(&package(name), further)).unwrap();
    fs::write(client.join("src/generated/types.rs"), &generated.types).unwrap();
    fs::write(client.join("src/generated/operations.rs"), &generated.operations).unwrap();
    let support = generated.support.as_ref().unwrap();
    fs::write(client.join("src/mock/generated.rs"), &support.mock).unwrap();
    fs::write(client.join("src/mock/examples/generated.rs"), &support.examples).unwrap();
    workspace
}

/// Returns a Cargo command that prints only warnings and errors. It usually shares the target folder and the flags of
/// the tests, so that few dependencies are compiled again.
pub(crate) fn cargo(workspace: &Path, command: &str) -> Command {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([command, "--offline", "--quiet"]);
    cargo.current_dir(workspace).env("CARGO_TARGET_DIR", target);
    cargo
}

/// Runs a Cargo command; returns its output, or its warnings and errors if there are any.
pub(crate) fn succeed(mut command: Command) -> Result<String, String> {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let is_clean = output.status.success() && output.stderr.is_empty();
    if is_clean { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

/// Returns this workspace's manifest with other members: the client in its folder, and further ones.
fn manifest(client: &str, further: &[&str]) -> String {
    let mut manifest: toml::Table = document::read("Cargo.toml").parse().unwrap();
    let workspace = manifest["workspace"].as_table_mut().unwrap();
    workspace["dependencies"]["partner-center-client"]["path"] = client.into();
    let members = [client].iter().chain(further).map(|member| (*member).into()).collect();
    workspace.insert("members".to_owned(), toml::Value::Array(members));
    workspace.remove("default-members");
    toml::to_string(&manifest).unwrap()
}

fn copy(from: &str, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(document::path(from)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let (from, to) = (format!("{from}/{name}"), to.join(&name));
        if document::path(&from).is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(document::path(&from), to).unwrap();
        }
    }
}

#[test]
fn a_client_with_every_kind_of_operation_compiles() {
    let text = document_with_every_kind();
    let generated = codegen::generate("document.yaml", &text).unwrap();
    compile("operations", &generated).unwrap_or_else(|message| panic!("{message}"));
}

/// Asserts that the compiler rejects a client with this item.
fn assert_rejected(name: &str, item: &str, reason: &str) {
    let mut generated = codegen::generate("document.yaml", &document::FIXED).unwrap();
    generated.operations.push_str(item);
    let message = compile(name, &generated).unwrap_err();
    assert!(message.contains(reason), "{message}");
}

#[test]
fn a_client_with_an_error_does_not_compile() {
    assert_rejected("error", "const NUMBER: u8 = \"a text\";\n", "mismatched types");
}

#[test]
fn a_client_with_a_warning_does_not_compile() {
    assert_rejected("warning", "fn unused() {}\n", "never used");
}

#[test]
fn a_client_with_every_kind_of_schema_compiles() {
    let text = document_with(include_str!("../documents/additions/schemas_of_every_kind.yaml"));
    let generated = codegen::generate("document.yaml", &text).unwrap();
    compile("schemas", &generated).unwrap_or_else(|message| panic!("{message}"));
}
