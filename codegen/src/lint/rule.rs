//! What a rule is, and how its breach is reported.

use std::{collections::HashSet, ops::Range};

use super::{
    names::turns,
    openapi::Document,
    structure::WRONG_TYPE,
    tree::{Node, NodeId},
    yaml::ambiguous_text::AMBIGUOUS_TEXT,
};
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
macro_rules! rule {
    ($id:literal) => {
        $crate::lint::page::read(
            $id,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lint/rules/", $id, ".md")),
        )
    };
}
pub(crate) use rule;

/// Rules about one subject.
pub struct Group {
    /// The subject.
    pub title: &'static str,
    /// Its rules, in the order in which they are listed.
    pub rules: &'static [&'static Rule],
    /// Reports every breach of its rules.
    pub(crate) check: fn(&Document<'_>, &mut Report),
}

impl Rule {
    /// A breach at a node; points at a collection by its key.
    pub(crate) fn at<'t>(&'static self, node: Node<'t>, message: impl Into<String>) -> Finding<'t> {
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
}

/// A message on one line that nobody minds reading, whatever it quotes from the document.
fn printable(message: &str) -> String {
    const LONGEST: usize = 300;
    let sign = |sign: char| if sign.is_control() || turns(sign) { ' ' } else { sign };
    let mut short: String = message.chars().take(LONGEST).map(sign).collect();
    if message.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// A breach of a rule, to be completed and reported.
#[derive(Clone, Debug)]
#[must_use]
pub(crate) struct Finding<'t> {
    node: Node<'t>,
    diagnostic: Diagnostic,
}

impl<'t> Finding<'t> {
    /// What is wrong.
    pub(crate) fn node(&self) -> Node<'t> {
        self.node
    }

    /// Whether it is a breach of a rule.
    pub(crate) fn breaks(&self, rule: &Rule) -> bool {
        self.diagnostic.rule == rule.id
    }

    /// Says how to mend it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic.help = Some(printable(&help.into()));
        self
    }

    /// Suggests the name that was probably meant, or else gives general advice.
    pub(crate) fn suggest(self, meant: Option<&str>, otherwise: impl Into<String>) -> Self {
        match meant {
            Some(meant) => self.help(format!("write `{meant}`")),
            None => self.help(otherwise),
        }
    }

    /// Shows another node that explains the breach.
    pub(crate) fn related(mut self, node: Node<'_>, label: impl Into<String>) -> Self {
        self.diagnostic.related =
            Some(Box::new(Related { span: node.place(), label: label.into(), in_document: false }));
        self
    }

    /// Names a member that is missing as the place of the breach, so that each can be allowed by itself.
    pub(crate) fn of_member(mut self, name: &str) -> Self {
        let step = name.replace('~', "~0").replace('/', "~1");
        self.diagnostic.pointer += &format!("/{step}");
        self
    }

    /// The breach by itself.
    pub(crate) fn into_diagnostic(self) -> Diagnostic {
        self.diagnostic
    }

    /// Points at other text, for what is no node.
    pub(crate) fn spanning(mut self, span: Range<usize>) -> Self {
        self.diagnostic.span = span;
        self
    }

    /// Points at a part of the scalar only, if it stands there as it is.
    pub(crate) fn on(mut self, part: &str) -> Self {
        if let Some(at) = self.node.source().find(part) {
            let start = self.node.span().start + at;
            self.diagnostic.span = start..start + part.len();
        }
        self
    }
}

/// What is found, in the order of the groups.
#[derive(Default)]
pub(crate) struct Report {
    diagnostics: Vec<Diagnostic>,
    /// What is wrong in itself, so that nothing more is to be said there: scalars and what is of the wrong type,
    /// with their keys, and objects of which nobody knows what belongs to them.
    unsound: HashSet<NodeId>,
    found_now: Vec<NodeId>,
}

impl Report {
    /// Reports a breach, unless an earlier group has found the same node unsound.
    pub(crate) fn add(&mut self, finding: Finding<'_>) {
        let Finding { node, diagnostic } = finding;
        if self.has_condemned(node) {
            return;
        }
        let is_whole = node.scalar().is_some() || diagnostic.rule == WRONG_TYPE.id;
        if is_whole && diagnostic.severity == Severity::Error {
            self.found_now.push(node.id());
            self.found_now.extend(node.key().map(Node::id));
        }
        self.diagnostics.push(diagnostic);
    }

    /// Reports several breaches.
    pub(crate) fn extend<'t>(&mut self, findings: impl IntoIterator<Item = Finding<'t>>) {
        findings.into_iter().for_each(|finding| self.add(finding));
    }

    /// Lets later groups say nothing of a node and its members.
    pub(super) fn condemn(&mut self, node: Node<'_>) {
        let members = node.entries().flat_map(|entry| [entry.key.id(), entry.value.id()]);
        self.found_now.extend(members.chain([node.id()]).chain(node.key().map(Node::id)));
    }

    /// Whether an earlier group has found a node unsound.
    pub(super) fn has_condemned(&self, node: Node<'_>) -> bool {
        self.unsound.contains(&node.id())
    }

    /// Ends a group on whose findings the later ones depend.
    pub(super) fn seal(&mut self) {
        self.unsound.extend(self.found_now.drain(..));
    }

    /// What was found, in the document's order, nothing twice.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        drop_explained(&mut diagnostics);
        diagnostics.sort_by(|a, b| {
            let key = |of: &Diagnostic| (of.span.start, of.span.end);
            key(a)
                .cmp(&key(b))
                .then_with(|| a.rule.cmp(b.rule))
                .then_with(|| a.message.cmp(&b.message))
        });
        diagnostics.dedup_by(|a, b| (a.rule, &a.span, &a.message) == (b.rule, &b.span, &b.message));
        diagnostics
    }
}

/// Drops the doubt about a scalar that is an error for its type; the help of that says what to write.
fn drop_explained(diagnostics: &mut Vec<Diagnostic>) {
    let errors: HashSet<Range<usize>> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| diagnostic.span.clone())
        .collect();
    diagnostics.retain(|it| it.rule != AMBIGUOUS_TEXT.id || !errors.contains(&it.span));
}
