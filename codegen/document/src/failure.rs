//! What no other rule foresees.

use crate::rule::{Rule, rule};

/// A part of the document at which the generator stops; the generator reports it.
pub static GENERATOR_FAILURE: Rule = rule!("generator-failure");
