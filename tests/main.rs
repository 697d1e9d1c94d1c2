//! What a reviewer reads. One binary, a module per question; `generated` is the list of what to ask.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod document;
mod mutation;
mod server;
#[macro_use]
mod table;
#[rustfmt::skip]
mod generated;

mod amount;
mod client;
mod compile;
mod definitions;
mod documentation;
mod edits;
mod errors;
mod evidence;
mod examples;
mod freshness;
mod generator;
mod lint;
mod mock;
mod mutants;
mod requests;
mod schemas;
mod structure;
mod taken_names;
mod tolerance;
mod wire;
