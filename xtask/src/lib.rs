//! The parts of the tasks that tests use: the rules, and the rendering of diagnostics.

mod rules;

pub mod render;

pub use rules::registry;
