//! Compares the vendor's Markdown pages, in any language, with the OpenAPI document.
//!
//! Translations change prose, headings and table cells, but not the messages in fenced blocks. [`Reference::check`]
//! finds the operation of a page and compares its messages with the document after applying the errata of the recorded
//! messages. [`group`] then distinguishes defects of one translation from changes by the vendor.
//!
//! A *subject* is the page of an operation or of a shared message, of which each locale has a copy. A *variant* is a
//! printed message that is similar to a recorded one. A *finding* is a difference between a page and the document, and
//! an *advisory* is a remark that is not a difference.

mod accept;
mod blocks;
mod canonical;
mod cells;
mod check;
mod codes;
mod compare;
mod identify;
mod locale;
mod lookup;
mod markdown;
mod plain_text;
mod reference;
mod rules;
mod slug;

use document::{Diagnostic, Group};

pub use accept::{Accepted, Refusal, accept};
pub use locale::group;
pub use lookup::Lookup;
pub use reference::Reference;

/// A Markdown page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'p> {
    /// The path of the file, with forward slashes.
    pub name: &'p str,
    /// The bytes of the file.
    pub content: &'p [u8],
}

/// A page after its comparison with the document.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The outcome.
    pub outcome: Outcome,
    /// The name of the page without a locale, which its translations share; `None` if the page has nothing to do with
    /// the document.
    pub subject: Option<String>,
    /// The locale of the page, or else its folder.
    pub locale: String,
    /// The differences from the document, and the reason if the page could not be compared.
    pub findings: Vec<Diagnostic>,
    /// Advisories, which do not count as differences.
    pub advisories: Vec<Diagnostic>,
    /// The messages of the page, in page order.
    pub messages: Vec<PrintedMessage>,
}

impl Checked {
    /// Returns the reason why the page could not be compared.
    pub fn obstacle(&self) -> Option<&Diagnostic> {
        self.findings.iter().find(|finding| finding.rule == rules::UNREADABLE_PAGE.id)
    }
}

/// The outcome of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// The page does not differ from the document.
    Clean,
    /// The page differs from the document.
    Findings,
    /// The page could not be compared.
    Unable,
    /// The page describes nothing that is in the document.
    #[default]
    Other,
}

/// A message that a page prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedMessage {
    /// The result of looking up the message among the recorded messages.
    pub lookup: Lookup,
    /// The file of the recorded message; `None` for a new message.
    pub file: Option<String>,
    /// The operation; `None` for a response that operations share.
    pub operation: Option<String>,
    /// The status of a response; `None` for a request.
    pub status: Option<u16>,
    /// The text of the message, with LF line endings and without the indentation of its block.
    pub text: String,
    /// The offset of the message in the page.
    pub offset: usize,
    /// True if the page prints only the body of the message.
    pub is_partial: bool,
}

impl Reference<'_> {
    /// Compares a page with the document.
    pub fn check(&self, page: &Page<'_>) -> Checked {
        check::check(self, page)
    }
}

/// Returns the groups of rules about pages.
pub fn groups() -> impl Iterator<Item = &'static Group> {
    [&rules::FINDINGS, &rules::ADVISORIES].into_iter()
}
