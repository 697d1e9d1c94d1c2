//! Collects all rules of the project, in the order in which they are listed.

use document::Registry;

/// Returns the registry of all rules: about a document, the evidence for it and the allowances in it.
#[must_use]
pub fn registry() -> Registry {
    Registry::new(lint::groups().chain(evidence::groups()))
}
