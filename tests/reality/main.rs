//! Tests of the comparison of recorded traffic with the document, and of the client's recorder.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod bodies;
mod headers;
mod malformed;
mod mutants;
mod operations;
mod recorder;
mod recording;
mod recordings;
mod rules;
mod secrets;
