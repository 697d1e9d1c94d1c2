//! Renders an OpenAPI document and its evidence for people: what is known, from where, and how well.
//!
//! All functions take and return text. They expect a document and evidence that lint accepts; on any other they still
//! return, but may leave things out.

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
