//! Diagnostics: violations of rules, with their locations and remedies.

use std::ops::Range;

use crate::{span, tree::Tree};

/// A violation of a rule at a location in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The ID of the violated rule, such as `duplicate-key`.
    pub rule: &'static str,
    pub severity: Severity,
    /// The problem, in lower case without a period.
    pub message: String,
    /// The remedy, if one is known.
    pub help: Option<String>,
    /// The byte range in the text; empty only if the text is empty.
    pub span: Range<usize>,
    /// Another location that explains the diagnostic, such as the first of two duplicate keys.
    pub related: Option<Box<Related>>,
    /// The JSON pointer of the location; empty for the whole document.
    pub pointer: String,
}

/// A location that explains a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub span: Range<usize>,
    /// True if the span is in the document, although the diagnostic is in another file.
    pub in_document: bool,
    /// A few words that describe the location, in lower case.
    pub label: String,
}

impl Related {
    /// Returns the location of a JSON pointer in the document, for a diagnostic in another file. If there is no such
    /// node, returns the location of its nearest ancestor.
    pub fn in_document(tree: &Tree, pointer: &str, label: &str) -> Option<Box<Self>> {
        let span = span::first_line(tree.text(), &tree.nearest(pointer)?.primary_span());
        Some(Box::new(Self { span, in_document: true, label: label.to_owned() }))
    }
}

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A part of the document has no effect, or probably not the effect that its author expects.
    Warning,
    /// The document violates OpenAPI 3.0, or no correct client can be generated from it.
    Error,
}

impl Severity {
    /// Returns the name of the severity: `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
