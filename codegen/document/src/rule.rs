//! Rules, and the builder of their diagnostics.

use std::ops::Range;

use super::{pointer, printable::printable, tree::Node};
use crate::diagnostic::{Diagnostic, Related, Severity};

/// A requirement on a document.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The ID in kebab case, which names the mistake and the page of the rule.
    pub id: &'static str,
    pub severity: Severity,
    /// The requirement, as a sentence without a period.
    pub summary: &'static str,
    /// The reason for the rule: the consequences of a violation, as Markdown.
    pub why: &'static str,
    /// Top-level members of a document that violate the rule.
    pub wrong: &'static str,
    pub right: &'static str,
}

/// Rules about one subject.
#[derive(Debug)]
pub struct Group {
    pub title: &'static str,
    pub rules: &'static [&'static Rule],
}

impl Rule {
    /// Starts a diagnostic at a node. It points at a scalar, or at the key of a collection.
    pub fn at<'t>(
        &'static self,
        node: Node<'t>,
        message: impl Into<String>,
    ) -> DiagnosticBuilder<'t> {
        let diagnostic = Diagnostic {
            rule: self.id,
            severity: self.severity,
            message: printable(&message.into()),
            help: None,
            span: node.primary_span(),
            related: None,
            pointer: node.pointer(),
        };
        DiagnosticBuilder { node, diagnostic }
    }

    /// Returns a diagnostic at a span of a text that has not been parsed into a tree.
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

/// A diagnostic under construction.
#[derive(Clone, Debug)]
#[must_use]
pub struct DiagnosticBuilder<'t> {
    node: Node<'t>,
    diagnostic: Diagnostic,
}

impl<'t> DiagnosticBuilder<'t> {
    /// Returns the node that violates the rule.
    pub fn node(&self) -> Node<'t> {
        self.node
    }

    /// Returns true for a violation of this rule.
    pub fn breaks(&self, rule: &Rule) -> bool {
        self.diagnostic.rule == rule.id
    }

    /// Sets the remedy.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic.help = Some(printable(&help.into()));
        self
    }

    /// Suggests a name as the remedy, or else gives general advice.
    pub fn suggest(self, meant: Option<&str>, otherwise: impl Into<String>) -> Self {
        match meant {
            Some(meant) => self.help(format!("write `{meant}`")),
            None => self.help(otherwise),
        }
    }

    /// Shows another node that explains the diagnostic, if there is one.
    pub fn related<'n>(
        mut self,
        node: impl Into<Option<Node<'n>>>,
        label: impl Into<String>,
    ) -> Self {
        self.diagnostic.related = node.into().map(|node| {
            let span = node.primary_span();
            Box::new(Related { span, label: label.into(), in_document: false })
        });
        self
    }

    /// Appends a missing member to the JSON pointer, so an allowance can be limited to this member.
    pub fn of_member(mut self, name: &str) -> Self {
        self.diagnostic.pointer += &pointer::step(name);
        self
    }

    pub fn build(self) -> Diagnostic {
        self.diagnostic
    }

    /// Points at a span of the text instead of the node.
    pub fn spanning(mut self, span: Range<usize>) -> Self {
        self.diagnostic.span = span;
        self
    }

    /// Points at a part of the scalar, if the source contains it verbatim.
    pub fn on(mut self, part: &str) -> Self {
        if let Some(at) = self.node.source().find(part) {
            let start = self.node.span().start + at;
            self.diagnostic.span = start..start + part.len();
        }
        self
    }
}
