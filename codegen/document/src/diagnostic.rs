//! What is wrong with a document, where, and how to mend it.

use std::ops::Range;

/// One thing that is wrong, at one place of the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The id of the rule that is broken, such as `duplicate-key`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: lower case, no period.
    pub message: String,
    /// How to mend it, where that can be said.
    pub help: Option<String>,
    /// The bytes of the text that are wrong; empty only if the text is.
    pub span: Range<usize>,
    /// A second place that explains the first, such as the other of two equal keys.
    pub related: Option<Box<Related>>,
    /// The JSON pointer of the place; empty for the document as a whole.
    pub pointer: String,
}

/// A place that explains another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The bytes of the text.
    pub span: Range<usize>,
    /// Whether the text is the document's, although the problem is in another file.
    pub in_document: bool,
    /// What is to be seen there: a few words in lower case.
    pub label: String,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document says something that its author cannot have meant, or that will have no effect.
    Warning,
    /// The document breaks OpenAPI 3.0, or no right client can be made of it.
    Error,
}

impl Severity {
    /// The word for it: `warning` or `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
