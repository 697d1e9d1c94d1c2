//! A change in the form in which it is reported.

use serde::Serialize;

use crate::{
    location::Location,
    rule::{Area, Severity},
};

/// A change: the difference, its locations, and who breaks and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The area that changes.
    pub area: Area,
    /// The ID of the rule.
    pub rule: &'static str,
    /// The severity of the change.
    pub severity: Severity,
    /// The difference, and who breaks and how.
    pub message: String,
    /// The location in the old document or file. For an addition, the object that lacks the new part.
    pub old: Option<Location>,
    /// The location in the new document or file. For a removal, the object that lacks the old part.
    pub new: Option<Location>,
    /// The JSON pointer of the statement in the new document, or else in the old one.
    pub pointer: String,
    /// The operations that the change reaches.
    pub operations: Vec<String>,
    /// The type, member or function that changes, as a caller writes it.
    pub item: Option<String>,
    /// True if the item exists only with the feature `mock`.
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
