//! What a rule is, and how its breach is reported.

use std::ops::Range;

use super::{printable::printable, tree::Node};
use crate::diagnostic::{Diagnostic, Related, Severity};

/// Something that a document must keep to.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, in kebab-case: what is wrong where it is broken.
    pub id: &'static str,
    /// How bad a breach is.
    pub severity: Severity,
    /// What it demands: one sentence without a period.
    pub summary: &'static str,
    /// What happens to an author who breaks it: whole sentences.
    pub why: &'static str,
    /// Top-level members of a document that break it.
    pub wrong: &'static str,
    /// The same members as they should be.
    pub right: &'static str,
}

/// Rules about one subject.
#[derive(Debug)]
pub struct Group {
    /// The subject.
    pub title: &'static str,
    /// Its rules, in the order in which they are listed.
    pub rules: &'static [&'static Rule],
}

impl Rule {
    /// A breach at a node; points at a collection by its key.
    pub fn at<'t>(&'static self, node: Node<'t>, message: impl Into<String>) -> Finding<'t> {
        let diagnostic = Diagnostic {
            rule: self.id,
            severity: self.severity,
            message: printable(&message.into()),
            help: None,
            span: node.place(),
            related: None,
            pointer: node.pointer(),
        };
        Finding { node, diagnostic }
    }

    /// Returns a breach at bytes of a text that is no document, or not yet.
    pub fn spanning(
        &'static self,
        span: Range<usize>,
        message: impl Into<String>,
        help: Option<&str>,
    ) -> Diagnostic {
        Diagnostic {
            rule: self.id,
            severity: self.severity,
            message: message.into(),
            help: help.map(ToOwned::to_owned),
            span,
            related: None,
            pointer: String::new(),
        }
    }
}

/// A breach of a rule, to be completed and reported.
#[derive(Clone, Debug)]
#[must_use]
pub struct Finding<'t> {
    node: Node<'t>,
    diagnostic: Diagnostic,
}

impl<'t> Finding<'t> {
    /// What is wrong.
    pub fn node(&self) -> Node<'t> {
        self.node
    }

    /// Whether it is a breach of a rule.
    pub fn breaks(&self, rule: &Rule) -> bool {
        self.diagnostic.rule == rule.id
    }

    /// Says how to mend it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic.help = Some(printable(&help.into()));
        self
    }

    /// Shows another node that explains the breach.
    pub fn related(mut self, node: Node<'_>, label: impl Into<String>) -> Self {
        self.diagnostic.related =
            Some(Box::new(Related { span: node.place(), label: label.into() }));
        self
    }

    /// The breach by itself.
    pub fn into_diagnostic(self) -> Diagnostic {
        self.diagnostic
    }

    /// Points at other text, for what is no node.
    pub fn spanning(mut self, span: Range<usize>) -> Self {
        self.diagnostic.span = span;
        self
    }

    /// Points at a part of the scalar only, if it stands there as it is.
    pub fn on(mut self, part: &str) -> Self {
        if let Some(at) = self.node.source().find(part) {
            let start = self.node.span().start + at;
            self.diagnostic.span = start..start + part.len();
        }
        self
    }
}
