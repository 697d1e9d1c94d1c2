//! The code that `cargo xtask codegen` generates: the types, and the operations, which depend on the types.

#[rustfmt::skip]
mod operations;
/// Types used as operation parameters and responses.
#[rustfmt::skip]
pub mod types;

pub use operations::{codes, statuses};
