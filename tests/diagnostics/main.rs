//! The diagnostics that a maintainer reads, and the agreement of the document with the vendor's messages.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod evidence;
mod lint;
mod rules;
mod structure;
mod taken_names;
