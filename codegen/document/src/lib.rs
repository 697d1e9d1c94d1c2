//! Parses an OpenAPI 3.0 document into a tree of nodes with locations, and provides the types for rules about it.
//!
//! [`read`] parses a text into a [`Tree`]. [`Document`] adds the object model of OpenAPI: the kinds of the nodes, the
//! operations and the references. A violation of a [`Rule`] is a [`Diagnostic`], and a [`Report`] collects diagnostics.

mod characters;
pub mod codes;
pub mod collection;
pub mod compositions;
mod conditions;
pub mod conflicts;
mod diagnostic;
pub mod duplicates;
pub mod exact;
pub mod formats;
pub mod integers;
pub mod look_alikes;
pub mod markdown;
mod model;
pub mod number;
mod openapi;
mod other_version_keys;
pub mod page;
pub mod pages;
pub mod parts;
pub mod phrasing;
pub mod pointer;
mod positions;
pub mod printable;
mod registry;
mod report;
mod rule;
pub mod span;
pub mod spelling;
pub mod status;
pub mod structure;
pub mod syntax;
pub mod text;
mod tree;
pub mod unambiguous;
pub mod validation;
mod walk;

pub use diagnostic::{Diagnostic, Related, Severity};
pub use model::{Field, Kind, Object, Shape, methods};
pub use openapi::{Document, Operation};
pub use positions::{Position, Positions};
pub use registry::Registry;
pub use report::Report;
pub use rule::{DiagnosticBuilder, Group, Rule};
pub use structure::GENERATOR_FAILURE;
pub use text::read;
pub use tree::{
    Entry, MAX_DEPTH, Node, NodeId, ParseError, ParseErrorKind, Resolution, Scalar, Size, Style,
    Tree, Value,
};
pub use walk::Reference;
