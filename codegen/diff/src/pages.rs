//! The result of comparing the vendor's pages with the new document, which the caller provides.

use document::phrasing::counted;
use serde::Serialize;

use crate::change::Location;

/// The pages by outcome, and their differences from the new document. Every page was comparable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// The number of pages that do not differ from the document.
    pub clean: usize,
    /// The number of pages that differ.
    pub with_findings: usize,
    /// The number of pages that describe nothing in the document.
    pub other: usize,
    /// The differences, by page.
    pub findings: Vec<Finding>,
}

/// A difference between a page and the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The ID of the rule.
    pub rule: &'static str,
    /// The difference, in lowercase and without a period.
    pub message: String,
    /// The location in the page.
    pub page: Location,
    /// The location in the document: what the page differs from, or else the operation; `None` if neither is known.
    pub document: Option<Location>,
}

impl Pages {
    /// Returns the number of pages by outcome, in words.
    pub fn counts(&self) -> String {
        let Self { clean, with_findings, other, findings: _ } = self;
        let pages = counted(clean + with_findings + other, "page");
        format!("{pages}: {clean} clean, {with_findings} with findings, {other} other")
    }
}
