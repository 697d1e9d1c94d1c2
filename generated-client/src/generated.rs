//! The code that `cargo xtask codegen` generates: types, and above them the operations.

#[rustfmt::skip]
mod operations;
/// Types used as operation parameters and responses.
#[rustfmt::skip]
pub mod types;

pub use operations::{codes, statuses};
