//! Collects the rules of the project in the order in which they are listed.

use document::Registry;

/// Returns the registry of the rules about a document, its evidence and its allowances.
#[must_use]
pub fn registry() -> Registry {
    Registry::new(lint::groups().chain(evidence::groups()))
}

/// Returns the registry of the rules about recorded traffic.
#[must_use]
pub fn registry_of_traffic() -> Registry {
    Registry::new(reality::groups())
}

/// Returns the registry of the rules about the vendor's pages.
#[must_use]
pub fn registry_of_pages() -> Registry {
    Registry::new(conform::groups())
}
