//! Checks a page: identifies it, compares its messages, and decides the outcome.

mod assign;
mod outcome;

use document::{Diagnostic, span, text};
use evidence::conform::Aspect;
use similar::TextDiff;

use crate::{
    Checked, Outcome, Page, PrintedMessage,
    blocks::{self, Kind, Printed},
    codes,
    compare::{self, Compared, Target},
    identify, locale,
    lookup::{Lookup, Pair},
    markdown::{self, Markdown},
    reference::{Reference, Subject},
    rules::{UNDECLARED_OPERATION, UNREADABLE_PAGE, UNRECORDED_MESSAGE},
};
use assign::{Assigned, Role};

/// Compares a page with the document.
pub(crate) fn check(reference: &Reference<'_>, page: &Page<'_>) -> Checked {
    if text::is_utf_16(page.content) {
        return not_utf_8(reference, page, 0, "the page is UTF-16");
    }
    let text = match str::from_utf8(page.content) {
        Ok(text) => text,
        Err(error) => {
            return not_utf_8(reference, page, error.valid_up_to(), "the page is not UTF-8");
        }
    };
    let is_candidate = identify::by_name(reference, page.name).is_some()
        || reference.is_mentioned(page.content)
        || codes::is_candidate(reference, page.name, text);
    if !is_candidate {
        return Checked::default();
    }
    let markdown = markdown::read(text);
    let messages = blocks::messages(&markdown.blocks);
    let locale = locale::of(page.name, markdown.locale.as_deref());
    let identity = identify::identify(reference, page, &markdown, &messages);
    let checked = identity.map(|identity| {
        let subject = &reference.subjects[identity.subject];
        let is_named = identity.is_named;
        Comparison { reference, page: text, markdown: &markdown, messages, is_named, subject }.run()
    });
    let relevant = checked.filter(|checked| checked.outcome != Outcome::Other);
    let mut checked =
        relevant.unwrap_or_else(|| codes::check(reference, page.name, text, &markdown));
    sort(&mut checked.findings);
    sort(&mut checked.advisories);
    Checked { locale, ..checked }
}

fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.span.start, a.rule).cmp(&(b.span.start, b.rule)));
    diagnostics.dedup_by(|a, b| (a.rule, &a.span, &a.message) == (b.rule, &b.span, &b.message));
}

fn not_utf_8(reference: &Reference<'_>, page: &Page<'_>, at: usize, message: &str) -> Checked {
    let span = span::visible(page.content, &(at..at + 1));
    let finding = UNREADABLE_PAGE.spanning(span, message, Some("save it as UTF-8"));
    let subject = identify::by_name(reference, page.name);
    Checked {
        outcome: Outcome::Unable,
        subject: subject.map(|subject| reference.subjects[subject].name.clone()),
        locale: locale::of(page.name, None),
        findings: vec![finding],
        ..Checked::default()
    }
}

/// The comparison of a page with its subject.
struct Comparison<'a> {
    reference: &'a Reference<'a>,
    page: &'a str,
    markdown: &'a Markdown,
    messages: Vec<Printed>,
    /// True if the page's name or title identifies the subject.
    is_named: bool,
    subject: &'a Subject,
}

impl Comparison<'_> {
    fn run(&self) -> Checked {
        let mut checked =
            Checked { subject: Some(self.subject.name.clone()), ..Checked::default() };
        if let Some(unable) = self.unreadable_block() {
            checked.outcome = Outcome::Unable;
            checked.findings.push(unable);
            return checked;
        }
        let assigned = assign::assign(self);
        for (index, message) in self.messages.iter().enumerate() {
            let Assigned { role, pair } = &assigned[index];
            let pair = pair.as_ref();
            let Some(mut compared) = self.compared(message, role, pair) else {
                checked.findings.extend(self.undeclared(message));
                continue;
            };
            if has_separate_body(&self.messages, &assigned, index) {
                compared.drop_aspect(Aspect::Body);
            }
            if message.is_request() {
                self.drop_consequences(message, &mut compared);
            }
            self.add(&mut checked, message, &assigned[index], compared);
        }
        self.decide(&mut checked, &assigned);
        checked
    }

    fn compared(
        &self,
        message: &Printed,
        role: &Role,
        pair: Option<&Pair<'_>>,
    ) -> Option<Compared> {
        let compare = |target| compare::compare(self.reference, self.page, message, pair, target);
        Some(match role {
            Role::Request(id) => compare(Target::Request(id)),
            Role::Response(id) => compare(Target::Response(&[id])),
            Role::Shared(status) => {
                let ids: Vec<&str> =
                    self.reference.structure.operations_with_response(*status).collect();
                compare(Target::Response(&ids))
            }
            Role::Unrelated => return None,
        })
    }

    /// Reports a request to a declared path with a method that is not declared for it.
    fn undeclared(&self, message: &Printed) -> Option<Diagnostic> {
        let Kind::Request { method, target } = &message.kind else { return None };
        let structure = &self.reference.structure;
        let is_at_path = structure.operations().any(|it| structure.is_at(it.id, target));
        (is_at_path && !self.is_declared(method, target)).then(|| {
            let span = span::visible(self.page.as_bytes(), &message.start());
            let what = format!("`{method}` is not declared for this path");
            UNDECLARED_OPERATION.spanning(span, what, Some("declare the operation"))
        })
    }

    /// If a request belongs to another operation, reports only that and drops the differences that follow from it.
    fn drop_consequences(&self, message: &Printed, compared: &mut Compared) {
        let Kind::Request { method, target } = &message.kind else { return };
        let has = |aspect| compared.has(aspect);
        let Some(cause) = [Aspect::Path, Aspect::Method].into_iter().find(|it| has(*it)) else {
            return;
        };
        if self.is_declared(method, target) {
            compared.keep_aspect(cause);
        }
    }

    /// Returns true if a request has the method and the path of an operation.
    fn is_declared(&self, method: &str, target: &str) -> bool {
        let structure = &self.reference.structure;
        structure.operations().any(|it| structure.is_request_of(it.id, method, target))
    }

    /// Adds a compared message to the result.
    fn add(
        &self,
        checked: &mut Checked,
        message: &Printed,
        Assigned { role, pair }: &Assigned<'_>,
        compared: Compared,
    ) {
        let lookup = pair.as_ref().map_or(Lookup::New, |pair| pair.lookup);
        let printed = self.printed(message, role, pair.as_ref(), lookup);
        if lookup >= Lookup::Values {
            checked.advisories.push(self.unrecorded(message, pair.as_ref(), &printed));
        }
        checked.messages.push(printed);
        checked.advisories.extend(compared.advisories.iter().cloned());
        if let Some(cut_off) = self.cut_off(message, compared.is_cut_off) {
            checked.outcome = Outcome::Unable;
            checked.findings.push(cut_off);
        } else {
            // Differences in a truncated message only follow from the truncation, so they are not reported.
            checked.findings.extend(compared.findings());
        }
    }

    fn printed(
        &self,
        message: &Printed,
        role: &Role,
        pair: Option<&Pair<'_>>,
        lookup: Lookup,
    ) -> PrintedMessage {
        let block = &self.markdown.blocks[message.block];
        let span = message.span();
        let operation = match role {
            Role::Request(id) | Role::Response(id) => Some(id.clone()),
            Role::Shared(_) | Role::Unrelated => None,
        };
        let status = match message.kind {
            Kind::Response { status } => Some(status),
            Kind::Request { .. } => None,
            Kind::Body => pair.and_then(|pair| pair.known.message.status),
        };
        PrintedMessage {
            lookup,
            file: pair.map(|pair| pair.known.message.file.clone()),
            operation,
            status,
            text: block.printed(self.page, &span),
            offset: span.start,
            is_partial: message.kind == Kind::Body,
        }
    }

    /// Reports a message that is not recorded, or that differs from the recorded message.
    fn unrecorded(
        &self,
        message: &Printed,
        pair: Option<&Pair<'_>>,
        printed: &PrintedMessage,
    ) -> Diagnostic {
        let (what, diff) = match pair {
            None => ("the message is not recorded".to_owned(), None),
            Some(pair) => {
                let file = &pair.known.message.file;
                let what = match pair.lookup {
                    Lookup::Values => format!("only values differ from spec/documented/{file}"),
                    _ => format!("the message differs from spec/documented/{file}"),
                };
                let recorded = match printed.is_partial {
                    true => &pair.known.recorded.text()[pair.known.recorded.head().len()..],
                    false => pair.known.recorded.text(),
                };
                let diff = TextDiff::from_lines(recorded, &message.text.text);
                let diff =
                    diff.unified_diff().context_radius(0).header(file, "the page").to_string();
                (what, Some(diff))
            }
        };
        let help = "record it with `cargo xtask conform --accept`";
        let help = diff.map_or(help.to_owned(), |diff| format!("{help}\n{}", diff.trim_end()));
        let span = span::visible(self.page.as_bytes(), &message.start());
        UNRECORDED_MESSAGE.spanning(span, what, Some(&help))
    }
}

/// Returns true if the body of a message is in another block.
fn has_separate_body(messages: &[Printed], assigned: &[Assigned<'_>], index: usize) -> bool {
    let role = &assigned[index].role;
    messages[index].kind != Kind::Body
        && messages.iter().zip(assigned).any(|(message, other)| {
            message.kind == Kind::Body && other.role == *role && *role != Role::Unrelated
        })
}
