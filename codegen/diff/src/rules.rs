//! The rules, by area. If a rule has two effects, the first applies to requests and the second to responses.

pub(crate) mod evidence;
pub(crate) mod operations;
pub(crate) mod rust;
pub(crate) mod schemas;

use document::spelling;

use crate::rule::Rule;

/// Returns all rules, by area.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [operations::ALL, schemas::ALL, rust::ALL, evidence::ALL].into_iter().flatten().copied()
}

/// Returns the rule with an ID.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// Suggests an ID for one that does not exist.
pub fn nearest(id: &str) -> Option<&'static str> {
    spelling::nearest(id, all().map(|rule| rule.id))
}
