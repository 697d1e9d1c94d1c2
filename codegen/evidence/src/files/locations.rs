//! Where in a file something is wrong.

use std::ops::Range;

use document::{Related, Tree, span};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{File, Files};
use crate::documented::{Evidence, Location, Part, Repaired, Source};

/// A file, the bytes in question, and the JSON pointer if it is the document.
pub(super) type Found = (File, Range<usize>, String);

/// The files, read so that everything has its place.
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

    /// Where a place is.
    pub(super) fn find(&self, place: &Location) -> Found {
        let Files { index, errata, .. } = self.files;
        match place {
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

    fn in_document(&self, pointer: &str) -> Found {
        let node = self.document.and_then(|tree| tree.at(pointer));
        let span = node.map_or(0..0, |node| node.primary_span());
        (File::Document, first_line(self.files.document, &span), pointer.to_owned())
    }

    /// Shows a place in the document beside a problem in one of the files; what is missing there is shown by
    /// what should contain it.
    pub(super) fn related(&self, file: &File, pointer: &str, label: &str) -> Option<Box<Related>> {
        let tree = self.document.as_ref()?;
        let node = around(pointer).find_map(|pointer| tree.at(pointer))?;
        let span = first_line(self.files.document, &node.primary_span());
        Some(Box::new(Related {
            span,
            label: label.to_owned(),
            in_document: *file != File::Document,
        }))
    }

    /// The text of the index or of the errata.
    pub(super) fn text(&self, file: &File) -> &'a str {
        match file {
            File::Index => self.files.index,
            _ => self.files.errata,
        }
    }

    /// A member of an entry in a list of TOML, or the entry's head if it has none.
    fn member(&self, file: File, list: &str, number: usize, member: &str) -> Found {
        let text = self.text(&file);
        let table = DeTable::parse(text).ok();
        let span = table.and_then(|table| span_of_member(&table, list, number, member));
        (file, first_line(text, &span.unwrap_or_default()), String::new())
    }

    /// A part of a message, or the repair that has made it.
    fn part(&self, file: &str, part: &Part) -> Found {
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

    /// The first line of a message, which stands for what is missing in it.
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

/// The bytes of a part in a message's text; nothing if the message lacks it.
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
    let is_meant = |line: &Range<usize>| {
        let name_of_line = text[line.clone()].split(':').next().unwrap_or_default();
        name_of_line.eq_ignore_ascii_case(name)
    };
    lines.filter(is_meant).last()
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

/// A value of the body, or its key; if there is none, what should contain it.
fn value(text: &str, pointer: &str, key: bool) -> Option<Range<usize>> {
    let body = body(text)?;
    let tree = Tree::parse(&text[body.clone()]).ok()??;
    let node = around(pointer).find_map(|pointer| tree.at(pointer))?;
    let place = match node.key() {
        Some(key_of_node) if key => key_of_node.primary_span(),
        _ => node.primary_span(),
    };
    Some(body.start + place.start..body.start + place.end)
}

/// A JSON pointer, and those of all that contains its place, from the inside.
fn around(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |pointer| {
        pointer.rfind('/').map(|slash| &pointer[..slash])
    })
}

/// The part of a span in its first line, or that whole line if the span is empty.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = span.start.min(text.len());
    let end = if span.is_empty() { text.len() } else { span.end.min(text.len()) };
    let rest = &text[start..end];
    let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
    span::visible(text.as_bytes(), &(start..start + length))
}
