//! What a rule is, and how its breach is reported.

use std::ops::Range;

use super::{pointer, printable::printable, tree::Node};
use crate::diagnostic::{Diagnostic, Related, Severity};

/// A requirement on a document.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The id in kebab case: a name for the mistake, and for the page of the rule.
    pub id: &'static str,
    /// The severity of each violation.
    pub severity: Severity,
    /// The requirement, as one sentence without a period.
    pub summary: &'static str,
    /// What happens to an author who breaks the rule, as Markdown.
    pub why: &'static str,
    /// Top-level members of a document that break the rule.
    pub wrong: &'static str,
    /// The same members, corrected.
    pub right: &'static str,
}

/// Reads a rule from its page, `codegen/lint/rules/<id>.md`.
#[macro_export]
macro_rules! rule {
    ($id:literal) => {
        $crate::page::read(
            $id,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../lint/rules/", $id, ".md")),
        )
    };
}
pub(crate) use rule;

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
pub struct DiagnosticBuilder<'t> {
    node: Node<'t>,
    diagnostic: Diagnostic,
}

impl<'t> DiagnosticBuilder<'t> {
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

    /// Suggests the name that was probably meant, or else gives general advice.
    pub fn suggest(self, meant: Option<&str>, otherwise: impl Into<String>) -> Self {
        match meant {
            Some(meant) => self.help(format!("write `{meant}`")),
            None => self.help(otherwise),
        }
    }

    /// Shows another node that explains the breach.
    pub fn related(mut self, node: Node<'_>, label: impl Into<String>) -> Self {
        self.diagnostic.related = Some(Box::new(Related {
            span: node.primary_span(),
            label: label.into(),
            in_document: false,
        }));
        self
    }

    /// Names a member that is missing as the place of the breach, so that each can be allowed by itself.
    pub fn of_member(mut self, name: &str) -> Self {
        self.diagnostic.pointer += &pointer::step(name);
        self
    }

    /// The breach by itself.
    pub fn build(self) -> Diagnostic {
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
