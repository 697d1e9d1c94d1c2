//! Tests of the code that the generator produces, and of the generated files.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod compile;
mod conflicts;
mod definitions;
mod doc_examples;
mod documentation;
mod edits;
#[path = "../reference/folder.rs"]
mod folder;
mod freshness;
mod generator;
mod independence;
mod merges;
mod mutants;
mod numbers;
mod pages;
mod probe;
mod rustdoc;
mod security;
mod table;
mod wire_names;
