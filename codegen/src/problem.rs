//! What is wrong, and where.

use std::fmt;

/// One thing that is wrong with a document or with the evidence for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place: `line:column`, an operation such as `GET /v1/customers`, a schema, a file.
    pub at: String,
    /// What is wrong there and how to mend it.
    pub message: String,
}

impl Problem {
    /// A problem at a place.
    pub(crate) fn new(at: impl Into<String>, message: impl Into<String>) -> Self {
        Self { at: at.into(), message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}
