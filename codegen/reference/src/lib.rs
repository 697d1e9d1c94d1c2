//! Renders an OpenAPI document for readers, with the evidence for each statement.
//!
//! The functions do no I/O. They expect a document and evidence that lint accepts. For any other input, the result may
//! be incomplete.

mod basis;
mod corrections;
mod errata;
mod html;
mod markdown;
mod model;
mod page;
mod printable;
mod readme;
mod types;

pub use errata::errata;
pub use html::html;
pub use readme::{BEGIN, END, MarkerError, readme};
