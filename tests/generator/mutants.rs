//! Does each random edit of the document result either in a diagnostic with a location or in a valid client?
//!
//! `PROPTEST_CASES=10000 cargo test --package tests mutants` tries more edits.

use std::{fs, iter, path::Path};

use ::document::{Diagnostic, Severity};
use codegen::Generated;
use proptest::{
    prelude::*,
    sample::{Index, select},
    strategy::ValueTree as _,
    test_runner::{Config, RngSeed, TestError, TestRunner},
};
use serde_json::Value;

use crate::compile::compile;
use support::{
    document,
    mutation::{Change, pointers},
};

/// The number of mutants, unless `PROPTEST_CASES` is set.
const CASES: u32 = 200;

/// The number of clients to compile. Clients that equal the fixed document's client do not count.
const COMPILED: usize = 4;

/// Strings that replace a few bytes, as a typing error would.
const SLIPS: [&str; 24] = [
    "", " ", "  ", "\n", "\t", ":", ": ", "- ", "\"", "'", "{", "}", "[", "]", ",", "&a ", "*a ",
    "<<: ", "!x ", "#", "|", "---\n", "\u{0}", "é",
];

/// Returns a runner that tries the same mutants in every run.
fn runner() -> TestRunner {
    let set = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { CASES };
    TestRunner::new(Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..set })
}

/// Changes one or two nodes of the document.
fn changed_nodes() -> impl Strategy<Value = Vec<u8>> {
    let document: Value = serde_yaml::from_str(&document::FIXED).unwrap();
    let change = (any::<Index>(), select(&Change::ALL[..]));
    prop::collection::vec(change, 1..=2).prop_map(move |changes| {
        let mut document = document.clone();
        for (index, change) in changes {
            let pointers = pointers(&document);
            change.apply(&mut document, &pointers[index.index(pointers.len())]);
        }
        serde_yaml::to_string(&document).unwrap().into_bytes()
    })
}

/// Replaces a few bytes of the document.
fn changed_bytes() -> impl Strategy<Value = Vec<u8>> {
    let slip = select(&SLIPS[..]).prop_map(|slip| slip.as_bytes().to_vec());
    let slip = prop_oneof![9 => slip, 1 => any::<[u8; 1]>().prop_map(|byte| byte.to_vec())];
    (any::<Index>(), 0..8usize, slip).prop_map(|(index, length, slip)| {
        let mut text = document::FIXED.clone().into_bytes();
        let start = index.index(text.len());
        let end = text.len().min(start + length);
        text.splice(start..end, slip);
        text
    })
}

/// Repeats or removes lines of the document.
fn changed_lines() -> impl Strategy<Value = Vec<u8>> {
    (any::<Index>(), 1..6usize, 0..3usize).prop_map(|(index, length, times)| {
        let lines: Vec<&str> = document::FIXED.lines().collect();
        let start = index.index(lines.len());
        let end = lines.len().min(start + length);
        let repeated = lines[start..end].repeat(times);
        [&lines[..start], &repeated, &lines[end..]].concat().join("\n").into_bytes()
    })
}

/// Truncates the document.
fn truncated() -> impl Strategy<Value = Vec<u8>> {
    any::<Index>().prop_map(|index| {
        let text = document::FIXED.as_bytes();
        text[..index.index(text.len())].to_vec()
    })
}

fn mutants() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![8 => changed_nodes(), 4 => changed_bytes(), 2 => changed_lines(), 1 => truncated()]
}

/// Returns the code that is generated from a document, or `None` if lint reports an error in the document.
///
/// Fails if a diagnostic has no valid span, or if the generator rejects a document that lint accepts.
fn generated(document: &[u8]) -> Result<Option<Generated>, String> {
    let diagnostics = lint::lint(document, true);
    if let Some(misplaced) =
        diagnostics.iter().find(|diagnostic| !has_valid_span(diagnostic, document))
    {
        return Err(format!("no location in the document: {misplaced:?}"));
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Ok(None);
    }
    match codegen::generate(document::NAME, str::from_utf8(document).unwrap()) {
        Ok(generated) => Ok(Some(generated)),
        Err(refused) => Err(format!("no rule covers {refused:?}")),
    }
}

fn has_valid_span(Diagnostic { span, .. }: &Diagnostic, document: &[u8]) -> bool {
    span.end <= document.len() && (span.start < span.end || document.is_empty())
}

#[test]
fn each_mutant_is_rejected_or_yields_a_client_that_parses() {
    let outcome = runner().run(&mutants(), |mutant| {
        let generated = generated(&mutant).map_err(TestCaseError::fail)?;
        let parses = |source: &str| syn::parse_file(source).is_ok();
        let parse = generated.is_none_or(|it| {
            let support = it.support.unwrap();
            let sources = [it.types, it.operations, support.mock, support.examples];
            sources.iter().all(|source| parses(source))
        });
        prop_assert!(parse, "the client does not parse");
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{}", shown(failure));
    }
}

/// Describes a failure, and saves the smallest mutant that causes it.
fn shown(failure: TestError<Vec<u8>>) -> String {
    let TestError::Fail(reason, mutant) = failure else { return failure.to_string() };
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutant.yaml");
    fs::write(&path, mutant).unwrap();
    format!("{reason}; see {}", path.display())
}

#[test]
fn a_sample_of_the_clients_compiles() {
    let (mutants, mut runner) = (mutants(), runner());
    let unchanged = codegen::generate(document::NAME, &document::FIXED).unwrap();
    let all = iter::repeat_with(|| mutants.new_tree(&mut runner).unwrap().current());
    let clients = all.filter_map(|mutant| Some((generated(&mutant).unwrap()?, mutant)));
    let others = clients.filter(|(generated, _)| *generated != unchanged);
    for (generated, mutant) in others.take(COMPILED) {
        if let Err(message) = compile("mutants", &generated) {
            panic!("{}: {message}", String::from_utf8_lossy(&mutant));
        }
    }
}
