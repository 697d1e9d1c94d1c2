//! What the tasks print, for tests to read.

pub mod render;
