//! A change as it is reported.

use serde::Serialize;

use crate::{
    place::Place,
    rule::{Area, Severity},
};

/// A change: what is different, who breaks and how, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What the change is about.
    pub area: Area,
    /// The ID of the rule.
    pub rule: &'static str,
    /// The weight of the change.
    pub severity: Severity,
    /// What changes, and who breaks and how.
    pub message: String,
    /// The place in the old document or file. If something is new, the place that lacks it.
    pub old: Option<Place>,
    /// The place in the new document or file. If something is gone, the place that lacks it.
    pub new: Option<Place>,
    /// The JSON pointer of the statement in the new document, or else in the old one.
    pub pointer: String,
    /// The operations that the change reaches.
    pub operations: Vec<String>,
    /// The type, member or function that changes, as a caller writes it.
    pub item: Option<String>,
    /// True if the item exists with the feature `mock` only.
    pub is_mock: bool,
    /// The version for which the change is declared as an intended break.
    pub declared: Option<String>,
}

impl Change {
    /// Returns true for a break that is not declared.
    #[must_use]
    pub fn is_undeclared_break(&self) -> bool {
        self.severity == Severity::Breaking && self.declared.is_none()
    }
}
