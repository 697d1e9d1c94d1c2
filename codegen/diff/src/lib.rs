//! Says what an edit of the document breaks, and for whom.
//!
//! [`compare`] compares two documents (`wire`), the public items of the clients that they yield (`rust`), and what
//! their statements rest on (`evidence`). The [`Report`] has the verdicts, each [`Change`] with its rule and its places,
//! the version that is due, and lines for the changelog. A break can be declared (`breaks`).

mod breaks;
mod canonical;
mod change;
mod changelog;
mod changes;
mod evidence;
mod place;
mod report;
mod rule;
pub mod rules;
mod rust;
mod version;
mod wire;

pub use breaks::Breaks;
pub use change::Change;
pub use evidence::Evidence;
pub use place::Place;
pub use report::{Input, Problem, Report, Side, Status, Verdict, compare};
pub use rule::{Area, Effect, Rule, Severity};
pub use rust::Sources;
pub use version::{Bump, Versions};
