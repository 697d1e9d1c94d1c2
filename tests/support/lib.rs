//! Support for the tests: the document, the generated table of its models and operations, and servers to call.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

pub mod collection;
pub mod document;
pub mod mutation;
pub mod operation;
pub mod requests;
#[cfg(target_os = "linux")]
pub mod script;
pub mod server;
#[macro_use]
pub mod table;
#[rustfmt::skip]
#[allow(clippy::clone_on_copy, reason = "the table clones enum arguments, and some of them are `Copy`")]
pub mod generated;
