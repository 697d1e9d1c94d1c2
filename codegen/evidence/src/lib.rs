//! The evidence for the document: the messages that the vendor documents, the errata that repair them, and what
//! is allowed to be wrong in the document.
//!
//! [`check`] reports in which file the document and its evidence disagree.

mod allowances;
pub mod conflicts;
pub mod conform;
pub mod documented;
mod files;
mod malformed;
mod rules;

use document::Group;

pub use allowances::Allowances;
pub use files::{File, Files, check};

/// Returns every group of rules about the evidence and the allowances.
pub fn groups() -> impl Iterator<Item = &'static Group> {
    [&rules::GROUP, &allowances::GROUP].into_iter()
}
