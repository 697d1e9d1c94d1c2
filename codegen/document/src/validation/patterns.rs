//! Checks strings against patterns.

use std::collections::HashMap;

use jsonschema::{Draft, Validator, error::ValidationErrorKind};
use serde_json::json;

/// A cache of compiled patterns.
#[derive(Default)]
pub(super) struct Patterns<'t>(HashMap<&'t str, Option<Validator>>);

impl<'t> Patterns<'t> {
    /// Returns false if a pattern matches no part of a string.
    ///
    /// A pattern that is invalid or takes too long counts as matching.
    pub(super) fn matches(&mut self, pattern: &'t str, text: &str) -> bool {
        let validator = self.0.entry(pattern).or_insert_with(|| compile_pattern(pattern));
        let Some(validator) = validator else { return true };
        let text = text.into();
        let error = validator.validate(&text).err();
        !error.is_some_and(|error| matches!(error.kind(), ValidationErrorKind::Pattern { .. }))
    }
}

fn compile_pattern(pattern: &str) -> Option<Validator> {
    // typify compiles patterns with regress; what regress rejects is reported as `invalid-pattern`.
    regress::Regex::new(pattern).ok()?;
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    options.build(&json!({ "pattern": pattern })).ok()
}
