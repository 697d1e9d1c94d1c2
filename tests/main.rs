//! What a reviewer reads. One binary, a module per question; `generated` is the list of what to ask.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod document;
mod mutation;
mod operation;
#[cfg(target_os = "linux")]
mod script;
mod server;
#[macro_use]
mod table;
#[rustfmt::skip]
mod generated;

mod amount;
mod client;
mod compile;
mod conflicts;
mod credentials;
mod definitions;
mod documentation;
mod edits;
mod errors;
mod evidence;
mod examples;
mod extra;
mod freshness;
mod generator;
mod independence;
#[cfg(target_os = "linux")]
mod limits;
mod lint;
#[cfg(target_os = "linux")]
mod matrix;
mod merges;
mod mock;
mod mutants;
mod numbers;
#[cfg(target_os = "linux")]
mod permanent;
mod probe;
mod requests;
#[cfg(target_os = "linux")]
mod retries;
mod rules;
mod rustdoc;
mod schemas;
#[cfg(target_os = "linux")]
mod store;
mod structure;
mod taken_names;
#[cfg(target_os = "linux")]
mod telemetry;
mod tolerance;
#[cfg(target_os = "linux")]
mod wait_until;
mod wire;
mod wire_names;
