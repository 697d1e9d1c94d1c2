//! Measures the time of the pipeline and of its stages, for documents of different sizes.
//!
//! The throughput column shows operations per second, which should not depend on the size.

use std::{fs, path::Path};

use divan::{Bencher, black_box, counter::ItemsCount};
use document::{Document, Tree};
use evidence::{Files, documented};
use serde_yaml::Value;

use codegen::{
    Scope,
    stages::{self, Lowered, Polished, Raw},
};

const DOCUMENT: &str = include_str!("../../spec/partner-center.yaml");

/// The folder of the document and its evidence.
const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec");

/// The factors by which the operations of the document are multiplied.
const SIZES: [usize; 4] = [1, 10, 100, 1000];

fn main() {
    divan::main();
}

/// Measures the whole pipeline, from the document's text to the sources.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn generate(bencher: Bencher<'_, '_>, times: usize) {
    let (text, operations) = multiplied(times);
    bencher.counter(operations).bench(|| {
        codegen::generate("document.yaml", black_box(&text)).expect("the document has no errors")
    });
}

/// Measures the lint rules on the parsed tree.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn lint(bencher: Bencher<'_, '_>, times: usize) {
    let (text, operations) = multiplied(times);
    let tree = tree(&text);
    bencher.counter(operations).bench_local(|| {
        lint::lint_read(Ok(&Document::new(black_box(&tree))), text.as_bytes(), true)
    });
}

/// Measures the comparison with the messages, whose number does not grow with the document.
#[divan::bench]
fn evidence(bencher: Bencher<'_, '_>) {
    let folder = Path::new(SPEC).join(documented::FOLDER);
    let names = fs::read_dir(&folder).expect("the folder of the messages exists");
    let names = names.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let read = |path| fs::read_to_string(Path::new(SPEC).join(path)).expect("the file exists");
    let files = Files {
        document: DOCUMENT,
        index: &read(documented::INDEX),
        errata: &read(documented::ERRATA),
        folder: &names.collect::<Vec<_>>(),
        message: &|name| fs::read(folder.join(name)).ok(),
    };
    let tree = tree(DOCUMENT);
    let document = Document::new(&tree);
    bencher.bench_local(|| evidence::check_read(black_box(&files), Ok(&document)));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn parse(bencher: Bencher<'_, '_>, times: usize) {
    let (text, operations) = multiplied(times);
    bencher.counter(operations).bench(|| tree(black_box(&text)));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn lower(bencher: Bencher<'_, '_>, times: usize) {
    let (text, operations) = multiplied(times);
    let tree = tree(&text);
    let document = Document::new(&tree);
    bencher.counter(operations).bench(|| stages::lower(black_box(&document)));
}

/// Measures progenitor for the client alone. The difference from `mock` is the time for the mock.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn client(bencher: Bencher<'_, '_>, times: usize) {
    progenitor(bencher, times, Scope::Client);
}

/// Measures progenitor for the client and the mock.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn mock(bencher: Bencher<'_, '_>, times: usize) {
    progenitor(bencher, times, Scope::All);
}

fn progenitor(bencher: Bencher<'_, '_>, times: usize, scope: Scope) {
    let (text, operations) = multiplied(times);
    let tree = tree(&text);
    let lowered = stages::lower(&Document::new(&tree)).expect("the document has no errors");
    bencher
        .counter(operations)
        .with_inputs(|| lowered.clone())
        .bench_local_refs(|lowered| stages::generate(lowered, scope).map(drop));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn polish(bencher: Bencher<'_, '_>, times: usize) {
    let (text, operations) = multiplied(times);
    let tree = tree(&text);
    let document = Document::new(&tree);
    let mut lowered = stages::lower(&document).expect("the document has no errors");
    let raw = raw(&mut lowered);
    bencher
        .counter(operations)
        .with_inputs(|| raw.clone())
        .bench_local_values(|raw| stages::polish(raw, &lowered, &document));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn print(bencher: Bencher<'_, '_>, times: usize) {
    let (text, operations) = multiplied(times);
    let tree = tree(&text);
    let polished = polished(&Document::new(&tree));
    bencher
        .counter(operations)
        .bench_local(|| stages::print(black_box(&polished), "document.yaml"));
}

fn tree(text: &str) -> Tree {
    document::read(text.as_bytes()).expect("the document is YAML")
}

fn raw(lowered: &mut Lowered) -> Raw {
    stages::generate(lowered, Scope::All).expect("the document has no errors")
}

fn polished(document: &Document<'_>) -> Polished {
    let mut lowered = stages::lower(document).expect("the document has no errors");
    let raw = raw(&mut lowered);
    stages::polish(raw, &lowered, document).expect("the document has no errors")
}

/// Returns the document with its operations repeated under different paths and names, and the number of operations.
fn multiplied(times: usize) -> (String, ItemsCount) {
    let mut document: Value = serde_yaml::from_str(DOCUMENT).expect("the document is YAML");
    let paths = document["paths"].as_mapping_mut().expect("the document has paths");
    let originals = std::mem::take(paths);
    let mut operations = 0;
    for number in 0..times {
        for (path, item) in &originals {
            let mut item = item.clone();
            operations += rename(&mut item, number);
            let path = path.as_str().expect("a path is text").replacen(
                "/v1/",
                &format!("/v1/part{number}/"),
                1,
            );
            paths.insert(path.into(), item);
        }
    }
    let text = serde_yaml::to_string(&document).expect("the document is YAML");
    (text, ItemsCount::new(operations))
}

/// Gives the operations of a path unique operation IDs, and returns their number.
fn rename(item: &mut Value, number: usize) -> usize {
    let members = item.as_mapping_mut().expect("a path item is a mapping");
    let ids = members.values_mut().filter_map(|member| member.get_mut("operationId"));
    ids.map(|id| *id = format!("{}Part{number}", id.as_str().expect("an id is text")).into())
        .count()
}
