//! One of the two states to compare.

use document::Tree;

use crate::{evidence::Evidence, rust::Api};

/// A document with its client and its evidence.
#[derive(Clone, Copy)]
pub struct Side<'i> {
    /// The name of the document, as the report shows it.
    pub name: &'i str,
    /// The document.
    pub tree: &'i Tree,
    /// The public items of its client.
    pub api: &'i Api,
    /// Its evidence; `None` if there is none to compare.
    pub evidence: Option<&'i Evidence>,
}
