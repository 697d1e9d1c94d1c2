//! The parts of the tasks that the tests use: the rules, and the rendering of diagnostics and reports.

mod rules;

pub mod render;
pub mod report;

pub use rules::{registry, registry_of_pages, registry_of_traffic};
