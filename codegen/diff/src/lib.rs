//! Determines what an edit of the document breaks, and for whom.
//!
//! [`compare`] compares two documents (`wire`), the public items of the clients generated from them (`rust`), and their
//! evidence (`evidence`). The [`Report`] contains the verdicts, each [`Change`] with its rule and its locations, the
//! version that the changes require, and lines for the changelog. A break can be declared (`breaks`).

mod breaks;
mod canonical;
mod change;
mod changelog;
mod changes;
mod evidence;
mod pages;
mod report;
mod rule;
pub mod rules;
mod rust;
mod side;
mod version;
mod wire;

pub use breaks::{Breaks, Problem};
pub use change::{Change, Location};
pub use evidence::Evidence;
pub use pages::{Finding, Pages};
pub use report::{Input, Report, Status, Verdict, compare, read};
pub use rule::{Area, Effect, Rule, Severity};
pub use rust::{Api, Sources};
pub use side::Side;
pub use version::{Bump, Versions};
