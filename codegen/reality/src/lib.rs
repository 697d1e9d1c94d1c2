//! Compares recorded traffic with an OpenAPI document.
//!
//! *Traffic* is real requests and responses. A *recording* is a HAR file with traffic, the format in which browsers,
//! proxies and the client's recorder save it, and an *entry* of it is a request with its response. A [`Survey`] reads
//! recordings, finds the operation of each entry, and collects its *observations*: everything in the traffic that the
//! document does not declare.
//!
//! Recordings contain secrets, so a [`Report`] shows the kind of a value and never the value itself. It shows the name
//! of an undeclared member or header only if the name looks like an identifier.

mod compare;
mod har;
mod kind;
mod names;
mod observations;
mod report;
mod rules;
mod schema;
mod standard_headers;
mod survey;
mod surveyed;
mod target;

use document::Group;

pub use har::Malformed;
pub use report::{Observation, OperationReport, Report, UndeclaredCall};
pub use survey::Survey;
pub use surveyed::Confirmed;
pub use target::{BaseUrl, InvalidBaseUrl};

/// Returns the groups of rules about recorded traffic.
pub fn groups() -> impl Iterator<Item = &'static Group> {
    [&rules::GROUP].into_iter()
}
