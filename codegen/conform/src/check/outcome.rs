//! Decides the outcome of a page, and reports pages that cannot be compared.

use std::ops::Range;

use document::{Diagnostic, span};

use super::{
    Comparison,
    assign::{Assigned, Role},
};
use crate::{
    Checked, Outcome,
    blocks::{self, Printed},
    cells,
    rules::UNREADABLE_PAGE,
};

impl Comparison<'_> {
    /// Reports a page whose blocks do not show where its messages begin and end, or contain none although they should.
    pub(super) fn unreadable_block(&self) -> Option<Diagnostic> {
        if let Some(second) = self.second_in_open_block() {
            let message = "a block without a closing fence contains several messages";
            return Some(self.unreadable(second.start(), message));
        }
        let is_without_messages = self.messages.is_empty() && self.is_named;
        is_without_messages.then(|| self.at_title("the page has no block with an HTTP message"))
    }

    fn second_in_open_block(&self) -> Option<&Printed> {
        let blocks = self.markdown.blocks.iter().enumerate();
        let mut open =
            blocks.filter(|(_, block)| block.is_open || has_opening_fence(&block.text.text));
        open.find_map(|(index, _)| {
            self.messages.iter().filter(|message| message.block == index).nth(1)
        })
    }

    fn at_title(&self, message: &str) -> Diagnostic {
        let title = self.markdown.headings.iter().find(|heading| heading.is_title);
        self.unreadable(title.map_or(0..0, |title| title.span.clone()), message)
    }

    fn unreadable(&self, at: Range<usize>, message: &str) -> Diagnostic {
        let line = self.page[at.clone()].split(['\r', '\n']).next().unwrap_or_default().len();
        let span = span::visible(self.page.as_bytes(), &(at.start..at.start + line));
        UNREADABLE_PAGE.spanning(span, message, Some("compare this page by hand"))
    }

    /// Reports a page that ends within a message.
    pub(super) fn cut_off(&self, message: &Printed, ends_early: bool) -> Option<Diagnostic> {
        let is_open = self.markdown.blocks[message.block].is_open;
        let is_cut_off = is_open && (ends_early || self.is_beginning_of_recorded(message));
        is_cut_off.then(|| self.unreadable(message.start(), "the page ends within this message"))
    }

    fn is_beginning_of_recorded(&self, message: &Printed) -> bool {
        let compact = |text: &str| text.split_whitespace().collect::<String>();
        let printed = compact(&message.text.text);
        self.subject.known.iter().any(|index| {
            let recorded = compact(self.reference.known[*index].recorded.text());
            recorded.len() > printed.len() && recorded.starts_with(&printed)
        })
    }

    /// Decides the outcome, and adds the advisories about the page as a whole.
    pub(super) fn decide(&self, checked: &mut Checked, assigned: &[Assigned<'_>]) {
        if checked.outcome == Outcome::Unable {
            return;
        }
        if assigned.iter().all(|assigned| assigned.role == Role::Unrelated) && !self.lacks_all() {
            checked.outcome = Outcome::Other;
            return;
        }
        checked.advisories.extend(cells::advisories(self.reference, self.subject, self.markdown));
        checked.outcome = match (self.missing_kind(assigned), checked.findings.is_empty()) {
            (Some(missing), _) => {
                checked
                    .findings
                    .push(self.at_title(&format!("the page has no block with a {missing}")));
                Outcome::Unable
            }
            (None, true) => Outcome::Clean,
            (None, false) => Outcome::Findings,
        };
    }

    /// Returns true for a page that must contain a message of an operation.
    fn lacks_all(&self) -> bool {
        self.is_named && !self.subject.operations.is_empty()
    }

    /// Returns the kind of message that was recorded from this page but that the page now lacks.
    fn missing_kind(&self, assigned: &[Assigned<'_>]) -> Option<&'static str> {
        if !self.lacks_all() {
            return None;
        }
        let known = || self.subject.known.iter().map(|index| &self.reference.known[*index]);
        let has = |is_kind: fn(&Role) -> bool| assigned.iter().any(|it| is_kind(&it.role));
        let has_request = has(|role| matches!(role, Role::Request(_)));
        let has_response = has(|role| matches!(role, Role::Response(_) | Role::Shared(_)));
        if !has_request && known().any(|known| known.message.status.is_none()) {
            return Some("request");
        }
        let lacks_response = !has_response && known().any(|known| known.message.status.is_some());
        lacks_response.then_some("response")
    }
}

/// Returns true if the text of a block contains the opening fence of another block.
fn has_opening_fence(text: &str) -> bool {
    let is_opening = |line: &str| {
        let info = ["```", "~~~"].iter().find_map(|fence| line.trim_start().strip_prefix(fence));
        info.is_some_and(|info| info.trim().chars().any(char::is_alphabetic))
    };
    blocks::starts(text).len() > 1 && text.lines().any(is_opening)
}
