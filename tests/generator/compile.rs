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
    let workspace = workspace(name, generated, &["generated-client"]);
    let features = ["--no-default-features", "--features", "mock,schemars,rust_decimal"];
    let mut check = cargo(&workspace, "check");
    check.args(features);
    succeed(check).map(drop)
}

/// Writes a workspace that contains the client crate with the given generated code, and returns its path.
pub(crate) fn workspace(name: &str, generated: &Generated, members: &[&str]) -> PathBuf {
    let workspace = folder().join(name);
    let client = workspace.join("generated-client");
    copy("generated-client", &client);
    fs::copy(document::path("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    fs::write(workspace.join("Cargo.toml"), manifest(members)).unwrap();
    fs::write(client.join("src/generated/types.rs"), &generated.types).unwrap();
    fs::write(client.join("src/generated/operations.rs"), &generated.operations).unwrap();
    let support = generated.support.as_ref().unwrap();
    fs::write(client.join("src/mock/generated.rs"), &support.mock).unwrap();
    fs::write(client.join("src/mock/examples/generated.rs"), &support.examples).unwrap();
    workspace
}

/// Returns a Cargo command that prints only warnings and errors. It shares the target folder and the flags of the tests,
/// so that dependencies are not compiled again.
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

/// Returns this workspace's manifest with its members replaced.
fn manifest(members: &[&str]) -> String {
    let mut manifest: toml::Table = document::read("Cargo.toml").parse().unwrap();
    let workspace = manifest["workspace"].as_table_mut().unwrap();
    let members = members.iter().map(|member| (*member).into()).collect();
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

#[test]
fn a_client_with_every_kind_of_schema_compiles() {
    let text = document_with(include_str!("../documents/additions/schemas_of_every_kind.yaml"));
    let generated = codegen::generate("document.yaml", &text).unwrap();
    compile("schemas", &generated).unwrap_or_else(|message| panic!("{message}"));
}
