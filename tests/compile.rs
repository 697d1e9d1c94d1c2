//! Does the generated client compile, whatever operations the document gains?

use std::{env, fs, path::PathBuf, process::Command};

use codegen::Generated;
use serde_yaml::Value;

use crate::document;

/// The folder in which clients are compiled, apart from the workspace that compiles the tests.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("clients")
}

/// A document with operations and schemas of every kind that ours may gain.
pub(crate) fn document_with_every_kind() -> String {
    document_with(include_str!("documents/additions/operations_of_every_kind.yaml"))
}

/// The document that only tests read with further paths and component schemas.
fn document_with(additions: &str) -> String {
    let mut document: Value = serde_yaml::from_str(&document::FIXED).unwrap();
    let additions: Value = serde_yaml::from_str(additions).unwrap();
    add(&mut document["paths"], &additions["paths"]);
    add(&mut document["components"]["schemas"], &additions["components"]["schemas"]);
    serde_yaml::to_string(&document).unwrap()
}

fn add(place: &mut Value, additions: &Value) {
    let members = additions.as_mapping().unwrap();
    place
        .as_mapping_mut()
        .unwrap()
        .extend(members.iter().map(|(name, value)| (name.clone(), value.clone())));
}

/// Compiles the client crate with other generated sources; what the compiler says if it fails.
pub(crate) fn compile(name: &str, generated: &Generated) -> Result<(), String> {
    let workspace = folder().join(name);
    let client = workspace.join("generated-client");
    copy("generated-client", &client);
    fs::copy(document::path("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    fs::write(workspace.join("Cargo.toml"), manifest()).unwrap();
    fs::write(client.join("src/generated.rs"), &generated.client).unwrap();
    fs::write(client.join("src/mock/generated.rs"), &generated.mock).unwrap();

    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([
        "check",
        "--offline",
        "--quiet",
        "--no-default-features",
        "--features",
        "mock,schemars,rust_decimal",
    ]);
    cargo.current_dir(&workspace).env("CARGO_TARGET_DIR", folder().join("target"));
    cargo.env("RUSTFLAGS", "--deny warnings");
    let output = cargo.output().unwrap();
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// The workspace's manifest with the client as its one member.
fn manifest() -> String {
    let mut manifest: toml::Table = document::read("Cargo.toml").parse().unwrap();
    let workspace = manifest["workspace"].as_table_mut().unwrap();
    workspace.insert("members".to_owned(), toml::Value::Array(vec!["generated-client".into()]));
    workspace.remove("default-members");
    toml::to_string(&manifest).unwrap()
}

fn copy(from: &str, to: &std::path::Path) {
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
fn a_client_with_operations_of_every_kind() {
    let text = document_with_every_kind();
    let generated = codegen::generate("document.yaml", &text).unwrap();
    compile("operations", &generated).unwrap_or_else(|message| panic!("{message}"));
}

#[test]
fn a_client_with_schemas_of_every_kind() {
    let text = document_with(include_str!("documents/additions/schemas_of_every_kind.yaml"));
    let generated = codegen::generate("document.yaml", &text).unwrap();
    compile("schemas", &generated).unwrap_or_else(|message| panic!("{message}"));
}
