//! What the tasks print and know, for tests to read.

mod rules;

pub mod render;

pub use rules::registry;
