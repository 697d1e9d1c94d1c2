//! Locates problems in the files of the evidence.

use std::ops::Range;

use document::{
    Related, Tree,
    span::{self, first_line},
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{File, Files};
use crate::documented::{Evidence, Location, Part, Source};

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

    /// Returns a related location in the document for a problem in a file.
    pub(super) fn related(&self, file: &File, pointer: &str, label: &str) -> Option<Box<Related>> {
        let related = Related::in_document(self.document?, pointer, label)?;
        Some(Box::new(Related { in_document: *file != File::Document, ..*related }))
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
            match part {
                Part::InPage(part) => repaired.location_of(part).map(Source::Page),
                part => repaired.source(&repaired.span_of(part)?),
            }
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

    /// Returns the first line of a message, which is the location of a missing part.
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
