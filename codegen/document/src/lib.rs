//! An OpenAPI 3.0 document as a tree in which everything has its location, and what rules about it are made of.
//!
//! [`read`] turns a text into a [`Tree`]; [`Document`] knows what each node is by the object model of OpenAPI. A
//! [`Rule`] reports what breaks it as a [`Diagnostic`], which a [`Report`] collects.

mod characters;
mod conditions;
mod diagnostic;
pub mod disguise;
pub mod exact;
mod failure;
mod format_detection;
pub mod integers;
mod model;
mod openapi;
mod other_version_keys;
pub mod page;
pub mod pages;
pub mod phrasing;
pub mod plain;
pub mod pointer;
pub mod printable;
mod reading;
mod registry;
pub mod repeats;
mod report;
mod rule;
pub mod span;
pub mod spelling;
pub mod status;
pub mod structure;
pub mod syntax;
pub mod text;
mod tree;
mod walk;

pub use diagnostic::{Diagnostic, Related, Severity};
pub use failure::GENERATOR_FAILURE;
pub use model::{Field, Kind, Object, Shape, methods};
pub use openapi::{Document, Operation};
pub use reading::read;
pub use registry::Registry;
pub use report::Report;
pub use rule::{DiagnosticBuilder, Group, Rule};
pub use tree::{
    Entry, MAX_DEPTH, Node, NodeId, ParseError, ParseErrorKind, Reading, Scalar, Size, Style, Tree,
    Value,
};
pub use walk::Reference;
