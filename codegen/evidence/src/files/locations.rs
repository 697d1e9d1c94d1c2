//! Locates problems in the files of the evidence.

use std::ops::Range;

use document::{Related, Tree, span};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{File, Files};
use crate::documented::{Evidence, Location, Part, Repaired, Source};

/// A file, a span in it, and the JSON pointer if the file is the document.
pub(super) type FileSpan = (File, Range<usize>, String);

/// The files in which locations are looked up.
pub(super) struct Locations<'a> {
    files: &'a Files<'a>,
    evidence: Option<&'a Evidence>,
    document: Option<&'a Tree>,
}

impl<'a> Locations<'a> {
    pub(super) fn new(
        files: &'a Files<'a>,
        evidence: Option<&'a Evidence>,
        document: Option<&'a Tree>,
    ) -> Self {
        Self { files, evidence, document }
    }

    /// Returns the file and the span of a location.
    pub(super) fn find(&self, location: &Location) -> FileSpan {
        let Files { index, errata, .. } = self.files;
        match location {
            Location::Entry(number, member) => self.member(File::Index, "message", *number, member),
            Location::Erratum(number, _, member) => {
                self.member(File::Errata, "erratum", *number, member)
            }
            Location::Message(file, part) => self.part(file, part),
            Location::Document(pointer) => self.in_document(pointer),
            Location::Index(span) => (File::Index, first_line(index, span), String::new()),
            Location::Errata(span) => (File::Errata, first_line(errata, span), String::new()),
        }
    }

    fn in_document(&self, pointer: &str) -> FileSpan {
        let node = self.document.and_then(|tree| tree.at(pointer));
        let span = node.map_or(0..0, |node| node.primary_span());
        (File::Document, first_line(self.files.document, &span), pointer.to_owned())
    }

    /// Returns a related location in the document for a problem in a file. A missing node is shown by its nearest
    /// ancestor.
    pub(super) fn related(&self, file: &File, pointer: &str, label: &str) -> Option<Box<Related>> {
        let tree = self.document.as_ref()?;
        let node = ancestors(pointer).find_map(|pointer| tree.at(pointer))?;
        let span = first_line(self.files.document, &node.primary_span());
        Some(Box::new(Related {
            span,
            label: label.to_owned(),
            in_document: *file != File::Document,
        }))
    }

    /// Returns the text of the index or of the errata.
    pub(super) fn text(&self, file: &File) -> &'a str {
        match file {
            File::Index => self.files.index,
            _ => self.files.errata,
        }
    }

    /// Returns the span of a member of a TOML entry, or of the entry's header if the member is missing.
    fn member(&self, file: File, list: &str, number: usize, member: &str) -> FileSpan {
        let text = self.text(&file);
        let table = DeTable::parse(text).ok();
        let span = table.and_then(|table| span_of_member(&table, list, number, member));
        (file, first_line(text, &span.unwrap_or_default()), String::new())
    }

    /// Returns the span of a part of a message, or of the repair that produced it.
    fn part(&self, file: &str, part: &Part) -> FileSpan {
        let source = self.evidence.and_then(|evidence| {
            let message = evidence.messages.iter().find(|message| message.file == file)?;
            let repaired = evidence.traced(message).ok()?;
            repaired.source(&span_of_part(&repaired, part)?)
        });
        let span = match source {
            Some(Source::Erratum(number)) => {
                return self.member(File::Errata, "erratum", number, "repair");
            }
            Some(Source::Page(span)) => span,
            None => self.start(file),
        };
        (File::Message(file.to_owned()), span, String::new())
    }

    /// Returns the first line of a message, which is shown for a missing part.
    fn start(&self, file: &str) -> Range<usize> {
        let bytes = (self.files.message)(file).unwrap_or_default();
        let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        span::visible(&bytes, &(0..end.unwrap_or(bytes.len())))
    }
}

fn span_of_member(
    table: &Spanned<DeTable<'_>>,
    list: &str,
    number: usize,
    member: &str,
) -> Option<Range<usize>> {
    let entry = table.get_ref().get(list)?.get_ref().as_array()?.get(number)?;
    let value = entry.get_ref().as_table()?.get(member);
    Some(value.map_or_else(|| entry.span(), Spanned::<DeValue<'_>>::span))
}

/// Returns the span of a part in the text of a message, if it has the part.
fn span_of_part(Repaired { text, .. }: &Repaired, part: &Part) -> Option<Range<usize>> {
    let start = first_line(text, &(0..0));
    match part {
        Part::Start => Some(start),
        Part::Word(number) => Some(word(&text[start.clone()], *number).unwrap_or(start)),
        Part::Line(number) => line(text, *number),
        Part::Header(name) => header(text, name),
        Part::Body => body(text).map(|body| first_line(text, &body)),
        Part::Position(line, column) => body(text).map(|body| position(text, body, *line, *column)),
        Part::Value(pointer) => value(text, pointer, false),
        Part::Member(pointer) => value(text, pointer, true),
    }
}

fn line(text: &str, number: usize) -> Option<Range<usize>> {
    let length = text.split_inclusive('\n').take(number).map(str::len).sum::<usize>();
    (length < text.len()).then(|| first_line(text, &(length..text.len())))
}

fn word(line: &str, number: usize) -> Option<Range<usize>> {
    let word = line.split(' ').nth(number)?;
    let start = line.split(' ').take(number).map(|word| word.len() + 1).sum();
    Some(start..start + word.len())
}

fn header(text: &str, name: &str) -> Option<Range<usize>> {
    let head = body(text).map_or(text, |body| &text[..body.start]);
    let mut end = 0;
    let lines = head.split_inclusive('\n').map(|line| {
        end += line.len();
        end - line.len()..end - (line.len() - line.trim_end().len())
    });
    let is_match = |line: &Range<usize>| {
        let name_of_line = text[line.clone()].split(':').next().unwrap_or_default();
        name_of_line.eq_ignore_ascii_case(name)
    };
    lines.filter(is_match).last()
}

fn body(text: &str) -> Option<Range<usize>> {
    let start = text.find("\n\n")? + 2;
    (start < text.trim_end().len()).then_some(start..text.len())
}

fn position(text: &str, body: Range<usize>, line: usize, column: usize) -> Range<usize> {
    let lines = text[body.clone()].split_inclusive('\n').take(line.saturating_sub(1));
    let start = body.start + lines.map(str::len).sum::<usize>() + column.saturating_sub(1);
    span::visible(text.as_bytes(), &(start..start))
}

/// Returns the span of a value of the body, or of its key. A missing value is shown by its nearest ancestor.
fn value(text: &str, pointer: &str, key: bool) -> Option<Range<usize>> {
    let body = body(text)?;
    let tree = Tree::parse(&text[body.clone()]).ok()??;
    let node = ancestors(pointer).find_map(|pointer| tree.at(pointer))?;
    let span = match node.key() {
        Some(key_of_node) if key => key_of_node.primary_span(),
        _ => node.primary_span(),
    };
    Some(body.start + span.start..body.start + span.end)
}

/// Returns a JSON pointer and those of its ancestors, from the inside.
fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |pointer| {
        pointer.rfind('/').map(|slash| &pointer[..slash])
    })
}

/// Returns the part of a span on its first line, or the rest of the line if the span is empty.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = span.start.min(text.len());
    let end = if span.is_empty() { text.len() } else { span.end.min(text.len()) };
    let rest = &text[start..end];
    let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
    span::visible(text.as_bytes(), &(start..start + length))
}
