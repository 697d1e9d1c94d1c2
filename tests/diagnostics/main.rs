//! Tests of the diagnostics that a maintainer reads, and of the document's agreement with the vendor's messages.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod evidence;
mod lint;
mod rules;
mod structure;
mod taken_names;
