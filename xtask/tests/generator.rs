//! Tests that every document on which the generator fails gets a diagnostic with a location.
//!
//! `PROPTEST_CASES=1000 cargo test --package xtask --test generator` tries more random documents.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use proptest::{
    prelude::*,
    sample::select,
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::{Map, Value, json};

/// The number of random documents, unless `PROPTEST_CASES` is set.
const CASES: u32 = 20;

const SCHEMAS: [&str; 3] = ["A", "B", "C"];

fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn generate(document: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["codegen", "--document"]).arg(document);
    let folder = temporary("generator");
    fs::create_dir_all(&folder).unwrap();
    command.arg("--output").arg(folder).output().unwrap()
}

/// Describes what is wrong with the outcome of a run, or returns `None` if nothing is.
fn fault(document: &Path, output: &Output) -> Option<String> {
    let errors = String::from_utf8_lossy(&output.stderr);
    let name = format!("{}:", document.file_name().unwrap().display());
    let is_placed = errors.lines().any(|line| {
        let location =
            line.trim_start().strip_prefix("--> ").and_then(|line| line.split_once(&name));
        location
            .is_some_and(|(_, location)| location.starts_with(|digit: char| digit.is_ascii_digit()))
    });
    let is_right = match output.status.code() {
        Some(0) => true,
        Some(1) => is_placed && !errors.contains("panicked"),
        _ => false,
    };
    (!is_right).then(|| format!("{}: {errors}", output.status))
}

#[test]
fn documents_that_overflow_the_stack() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/overflow");
    for document in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let output = generate(&document);
        assert_eq!(fault(&document, &output), None);
        let errors = String::from_utf8_lossy(&output.stderr);
        let message =
            "error[generator-failure]: the generator cannot process this: it overflows the stack";
        assert!(errors.contains(message), "{}: {errors}", document.display());
    }
}

/// If its parent is killed, the generator sees the end of its input.
#[test]
fn a_generator_that_never_finishes_ends_with_its_parent() {
    let schema = |level: u32| {
        let next = json!({ "$ref": format!("#/components/schemas/S{}", level + 1) });
        (format!("S{level}"), json!({ "allOf": [next, next] }))
    };
    let mut schemas: Map<String, Value> = (0..24).map(schema).collect();
    schemas.insert("S24".to_owned(), json!({ "type": "object" }));
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Test", "version": "1.0.0" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let tree = document::read(document.to_string().as_bytes()).unwrap().to_bytes();
    let mut generator = Command::new(env!("CARGO_BIN_EXE_xtask"));
    generator.args(["run-generator", "--", "document.json"]).stdin(Stdio::piped());
    let mut generator = generator.spawn().unwrap();
    let mut input = generator.stdin.take().unwrap();
    input.write_all(&(tree.len() as u64).to_le_bytes()).unwrap();
    input.write_all(&tree).unwrap();
    drop(input);
    assert_eq!(generator.wait().unwrap().code(), Some(1));
}

#[test]
fn documents_of_schemas_that_contain_each_other() {
    let set = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { CASES };
    let config = Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..set };
    let path = temporary("generator.json");
    let outcome = TestRunner::new(config).run(&documents(), |document| {
        fs::write(&path, document.to_string()).unwrap();
        match fault(&path, &generate(&path)) {
            Some(fault) => Err(TestCaseError::fail(fault)),
            None => Ok(()),
        }
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}; see {}", path.display()));
}

fn documents() -> impl Strategy<Value = Value> {
    let component = schema().prop_filter("no reference", |schema| schema.get("$ref").is_none());
    prop::collection::vec(component, SCHEMAS.len()).prop_map(|schemas| {
        let schemas: Map<String, Value> =
            SCHEMAS.iter().map(|name| (*name).to_owned()).zip(schemas).collect();
        json!({
            "openapi": "3.0.3",
            "info": { "title": "Parts", "version": "1.0.0" },
            "paths": {},
            "components": { "schemas": schemas },
        })
    })
}

/// Generates a schema that is composed of others.
fn schema() -> impl Strategy<Value = Value> {
    let reference = select(&SCHEMAS[..])
        .prop_map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }));
    let plain = select(vec![
        json!({}),
        json!({ "type": "string" }),
        json!({ "type": "integer" }),
        json!({ "type": "string", "enum": ["a", "b"] }),
    ]);
    prop_oneof![3 => reference, 1 => plain].prop_recursive(4, 16, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 1..=3);
        let composed = (select(vec!["allOf", "anyOf", "oneOf"]), list)
            .prop_map(|(keyword, members)| json!({ keyword: members }));
        let array = inner.clone().prop_map(|items| json!({ "type": "array", "items": items }));
        let object = object(inner).boxed();
        let both = (composed.clone(), object.clone()).prop_map(|(mut composed, mut object)| {
            composed.as_object_mut().unwrap().append(object.as_object_mut().unwrap());
            composed
        });
        prop_oneof![4 => composed, 3 => object, 2 => both, 1 => array]
    })
}

fn object(member: impl Strategy<Value = Value> + Clone + 'static) -> impl Strategy<Value = Value> {
    let properties =
        prop::collection::btree_map(select(vec!["x", "y", "z"]), member.clone(), 0..=3);
    let additional = prop_oneof![
        3 => Just(None),
        1 => any::<bool>().prop_map(|flag| Some(json!(flag))),
        1 => member.prop_map(Some)
    ];
    (properties, additional, any::<bool>()).prop_map(|(properties, additional, is_required)| {
        let mut object = json!({ "type": "object", "properties": properties });
        if let Some(name) = properties.keys().next().filter(|_| is_required) {
            object["required"] = json!([name]);
        }
        if let Some(additional) = additional {
            object["additionalProperties"] = additional;
        }
        object
    })
}
