//! The diagnostics that a maintainer reads, and the agreement of the document with the vendor's messages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod evidence;
mod lint;
mod rules;
mod structure;
mod taken_names;
