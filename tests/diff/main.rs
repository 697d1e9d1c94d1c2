//! Does the report state what an edit of the document breaks?

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod clients;
mod declarations;
mod edits;
mod hostile;
mod operations;
mod patch;
mod random;
mod reports;
mod schemas;
mod sentences;
mod small;
mod states;
mod symmetry;
