//! Escapes brackets and tags in running text, and turns bare URLs into links.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::Edit;

/// The running text of a document, and the edits to it.
pub(super) struct Words<'t> {
    text: &'t str,
    edits: Vec<Edit>,
    /// The current run of text. The parser returns a run in several pieces.
    run: Range<usize>,
    /// The number of links and images around the current position.
    depth: usize,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, edits: Vec::new(), run: 0..0, depth: 0 }
    }

    pub(super) fn push(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(_) if range.start == self.run.end => self.run.end = range.end,
            Event::Text(_) => {
                self.end_run();
                self.run = range;
            }
            _ => {
                self.end_run();
                self.push_markup(event, range);
            }
        }
    }

    /// Reads the definition of a link target, such as `[name]: target`.
    pub(super) fn push_definition(&mut self, target: &str, start: usize) {
        if !is_address(LinkType::Reference, target) {
            self.escape(start);
        }
    }

    pub(super) fn into_edits(mut self) -> Vec<Edit> {
        self.end_run();
        self.edits
    }

    fn push_markup(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                self.depth += 1;
                if !is_address(*link_type, dest_url) {
                    self.escape(range.start);
                }
            }
            Event::Start(Tag::Image { .. }) => self.depth += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => self.depth -= 1,
            Event::Html(_) | Event::InlineHtml(_) => {
                let tag = self.text[range.clone()].find('<');
                tag.into_iter().for_each(|at| self.escape(range.start + at));
            }
            Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => {
                self.escape(range.start);
            }
            _ => {}
        }
    }

    fn end_run(&mut self) {
        let run = std::mem::replace(&mut self.run, 0..0);
        let addresses = match self.depth {
            0 => addresses(self.text, &run),
            _ => Vec::new(),
        };
        for (at, _) in self.text[run.clone()].match_indices('[') {
            let at = run.start + at;
            let is_in_address = addresses.iter().any(|address| address.contains(&at));
            let is_escaped = at == run.start && self.text[..at].ends_with('\\');
            if !is_in_address && !is_escaped {
                self.escape(at);
            }
        }
        for address in addresses {
            self.edits.push((address.start..address.start, "<".to_owned()));
            self.edits.push((address.end..address.end, ">".to_owned()));
        }
    }

    fn escape(&mut self, at: usize) {
        self.edits.push((at..at, "\\".to_owned()));
    }
}

/// Returns true if a link points to a page. rustdoc reads any other target as a Rust path.
fn is_address(kind: LinkType, target: &str) -> bool {
    kind == LinkType::Email
        || target.contains('/')
        || target.starts_with('#')
        || target.starts_with("mailto:")
}

/// Returns the bare URLs in a run of text.
fn addresses(text: &str, run: &Range<usize>) -> Vec<Range<usize>> {
    let mut addresses = Vec::new();
    let mut start = run.start;
    while let Some(found) = next(&text[start..run.end]) {
        let found = start + found.start..start + found.end;
        start = found.end;
        addresses.push(found);
    }
    addresses
}

fn next(words: &str) -> Option<Range<usize>> {
    const SCHEMES: [&str; 2] = ["http://", "https://"];
    let mut starts = words.match_indices("http");
    starts.find_map(|(start, _)| {
        let rest = &words[start..];
        let scheme = SCHEMES.into_iter().find(|scheme| rest.starts_with(scheme))?;
        let ends = |it: char| it.is_whitespace() || it.is_control() || "<>\"`|\\".contains(it);
        let whole = rest.split(ends).next().unwrap_or_default();
        let address = whole.trim_end_matches(|it| ends_sentence(it, whole));
        (address.len() > scheme.len()).then(|| start..start + address.len())
    })
}

/// Returns true if a character at the end of a URL belongs to the surrounding sentence.
fn ends_sentence(character: char, address: &str) -> bool {
    let closes = |open: char| !address.contains(open);
    match character {
        ')' => closes('('),
        ']' => closes('['),
        '}' => closes('{'),
        _ => ".,;:!?'*_~".contains(character),
    }
}
