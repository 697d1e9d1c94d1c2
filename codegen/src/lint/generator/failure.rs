//! What no other rule foresees.

use crate::lint::rule::{Rule, rule};

/// A part of the document at which the generator stops; [`generate`](crate::generate) reports it.
pub(crate) static GENERATOR_FAILURE: Rule = rule!("generator-failure");
