//! Determines the lines that each erratum changes.

use std::iter::repeat_n;

use document::span;
use evidence::documented::{Erratum, Evidence, Message};

use crate::{basis::Basis, page::Page};

/// An erratum, and the lines of its message that it changes.
#[derive(Debug)]
pub(crate) struct Correction<'e> {
    pub(crate) erratum: &'e Erratum,
    /// The message; `None` if the index has no such message.
    pub(crate) message: Option<&'e Message>,
    /// The lines as the page prints them, or as earlier errata left them.
    pub(crate) before: String,
    /// The same lines after the repair; empty if they are removed.
    pub(crate) after: String,
    /// The number of the first of these lines in the file of the message, counted from 1.
    pub(crate) line: usize,
    /// True if the lines belong to the body and not to the head.
    pub(crate) is_in_body: bool,
}

impl<'e> Correction<'e> {
    pub(crate) fn basis(&self) -> Basis<'e> {
        Basis::of_erratum(&self.erratum.evidence)
    }

    /// Returns true if the erratum changes a line that contains a text, in any letter case.
    pub(crate) fn changes(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let with_text = |lines: &'e str| -> Vec<&'e str> {
            lines
                .lines()
                .map(str::trim)
                .filter(|line| line.to_lowercase().contains(&text))
                .collect()
        };
        with_text(&self.erratum.found) != with_text(&self.erratum.repair)
    }
}

/// Returns the errata in file order.
pub(crate) fn corrections<'e>(evidence: &'e Evidence) -> Vec<Correction<'e>> {
    let mut messages: Vec<Repaired<'e>> = evidence.messages.iter().map(Repaired::new).collect();
    let correction = |erratum: &'e Erratum| {
        let of_message = messages.iter_mut().find(|it| it.message.file == erratum.message);
        let applied = of_message.and_then(|message| message.apply(erratum));
        applied.unwrap_or_else(|| unapplied(erratum))
    };
    evidence.errata.iter().map(correction).collect()
}

/// A message after some of its errata are applied.
struct Repaired<'e> {
    message: &'e Message,
    text: String,
    /// For each byte of the text, its line in the file, counted from 1; for a repair, the first line that it replaced.
    lines: Vec<usize>,
}

impl<'e> Repaired<'e> {
    fn new(message: &'e Message) -> Self {
        let text = String::from_utf8_lossy(&message.bytes).into_owned();
        let number = |(index, line): (usize, &str)| repeat_n(index + 1, line.len());
        let lines = text.split_inclusive('\n').enumerate().flat_map(number).collect();
        Self { message, text, lines }
    }

    /// Applies an erratum, and returns the lines that it changes.
    fn apply(&mut self, erratum: &'e Erratum) -> Option<Correction<'e>> {
        let Erratum { found, repair, .. } = erratum;
        let start = self.text.find(found.as_str()).filter(|_| !found.is_empty())?;
        let end = start + found.len();
        let (first, last) = self.lines_around(start, end, found.ends_with('\n'));
        let without_end = |lines: &str| lines.strip_suffix('\n').unwrap_or(lines).to_owned();
        let before = without_end(&self.text[first..last]);
        let after = format!("{}{repair}{}", &self.text[first..start], &self.text[end..last]);
        let after = without_end(&after);
        let line = self.lines[first];
        let is_in_body = self.text.find("\n\n").is_some_and(|head| head < start);
        let replaced = self.lines[start];
        self.lines.splice(start..end, repeat_n(replaced, repair.len()));
        self.text.replace_range(start..end, repair);
        Some(Correction { erratum, message: Some(self.message), before, after, line, is_in_body })
    }

    /// Returns the start of the first line and the end of the last line of a part of the text.
    fn lines_around(&self, start: usize, end: usize, has_end: bool) -> (usize, usize) {
        let last = if has_end { end } else { span::line_end(&self.text, end) };
        (span::line_start(&self.text, start), last)
    }
}

/// Shows an erratum that does not apply, which lint reports.
fn unapplied(erratum: &Erratum) -> Correction<'_> {
    let (before, after) = (erratum.found.clone(), erratum.repair.clone());
    Correction { erratum, message: None, before, after, line: 1, is_in_body: false }
}

/// The sentence for a page without errata.
pub(crate) const NO_MISTAKE: &str = "No mistake is recorded.";

/// The errata of a page.
pub(crate) struct OfPage<'c, 'e> {
    pub(crate) page: Page<'e>,
    pub(crate) corrections: Vec<&'c Correction<'e>>,
}

/// Groups the errata by page, in file order. Pages without errata are included.
///
/// The order of the pages is that of their messages, so that an erratum moves no other page.
pub(crate) fn by_page<'c, 'e>(
    corrections: &'c [Correction<'e>],
    evidence: &'e Evidence,
) -> Vec<OfPage<'c, 'e>> {
    let messages = evidence.messages.iter().map(|it| Page { title: &it.title, url: &it.page });
    let urls = corrections.iter().map(|it| it.erratum.page.as_str());
    let mut pages: Vec<OfPage<'c, 'e>> = Vec::new();
    for page in messages.chain(urls.map(|url| Page { title: url, url })) {
        if pages.iter().all(|group| group.page.url != page.url) {
            let of_page = corrections.iter().filter(|it| it.erratum.page == page.url);
            pages.push(OfPage { page, corrections: of_page.collect() });
        }
    }
    pages
}

/// Describes a message, such as `response 200`.
pub(crate) fn describe(message: &Message) -> String {
    message.status.map_or_else(|| "request".to_owned(), |status| format!("response {status}"))
}
