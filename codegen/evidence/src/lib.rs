//! Compares an OpenAPI document with its evidence: the messages in the vendor's documentation, and the errata for them.
//!
//! [`check`] reports each disagreement in the file that causes it. [`Allowances`] accept violations of rules.

mod allowances;
pub mod conform;
pub mod documented;
mod files;
mod malformed;
mod rules;

use document::Group;

pub use allowances::Allowances;
pub use files::{File, Files, check, check_past_errata, check_read};

/// Returns the groups of rules about the evidence and the allowances.
pub fn groups() -> impl Iterator<Item = &'static Group> {
    [&rules::GROUP, &allowances::GROUP].into_iter()
}
