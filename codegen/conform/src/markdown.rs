//! Reads the parts of a Markdown page that are compared: headings, tables and code blocks.

use std::ops::Range;

use evidence::documented::Repaired;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::plain_text::plain_text;

/// The member of the front matter that names the locale of a translation.
const LOCALE: &str = "ms.contentlocale:";

/// The parts of a page, in page order.
#[derive(Debug, Default)]
pub(crate) struct Markdown {
    /// The locale that the front matter names.
    pub(crate) locale: Option<String>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) tables: Vec<Table>,
    pub(crate) blocks: Vec<Block>,
}

#[derive(Debug, Default)]
pub(crate) struct Heading {
    pub(crate) is_title: bool,
    pub(crate) text: String,
    /// The name of an anchor in the heading, which translations keep.
    pub(crate) anchor: Option<String>,
    pub(crate) span: Range<usize>,
}

#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The rows, beginning with the header.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// The index of the heading above the table.
    pub(crate) heading: Option<usize>,
}

#[derive(Debug, Default)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

/// A code block.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) text: Repaired,
    /// The spans of the lines, without the indentation of the block.
    pub(crate) lines: Vec<Range<usize>>,
    /// True if the block ends without a closing fence.
    pub(crate) is_open: bool,
}

/// Reads a page.
pub(crate) fn read(page: &str) -> Markdown {
    let start = if page.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader { page, ..Reader::default() };
    for (event, span) in Parser::new_ext(&page[start..], options).into_offset_iter() {
        reader.read(event, whole(page, span.start + start..span.end + start));
    }
    Markdown { locale: locale(&page[start..]), ..reader.markdown }
}

/// Shrinks a span to exclude the whitespace around its text.
fn without_white_space(page: &str, span: Range<usize>) -> Range<usize> {
    let text = &page[span.clone()];
    let start = span.end - text.trim_start().len();
    start..start + text.trim().len()
}

/// Extends a span to character boundaries.
fn whole(page: &str, span: Range<usize>) -> Range<usize> {
    let is_boundary = |at: &usize| page.is_char_boundary(*at);
    let end = span.end.min(page.len());
    let start = (0..=span.start.min(end)).rev().find(is_boundary).unwrap_or_default();
    let end = (end..page.len()).find(is_boundary).unwrap_or(page.len());
    start..end.max(start)
}

/// Returns the locale in the front matter.
fn locale(page: &str) -> Option<String> {
    let mut lines = page.lines();
    if lines.next()?.trim_end() != "---" {
        return None;
    }
    let mut members = lines.take_while(|line| line.trim_end() != "---");
    let locale = members.find_map(|line| line.strip_prefix(LOCALE))?;
    Some(locale.trim().trim_matches(['"', '\'']).to_lowercase())
}

/// The part of a page that is being read.
#[derive(Default)]
enum Open {
    #[default]
    Prose,
    Heading(Heading),
    Cell(Cell),
    Code {
        spans: Vec<Range<usize>>,
        is_fenced: bool,
    },
}

#[derive(Default)]
struct Reader<'p> {
    page: &'p str,
    markdown: Markdown,
    open: Open,
}

impl Reader<'_> {
    fn read(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.begin(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) | Event::Code(text) => self.text(&text, span),
            Event::InlineHtml(html) => self.anchor(&html),
            Event::SoftBreak | Event::HardBreak => self.text(" ", span),
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                let is_title = *level == HeadingLevel::H1;
                let span = without_white_space(self.page, span);
                self.open = Open::Heading(Heading { is_title, span, ..Heading::default() });
            }
            Tag::Table(_) => {
                let heading = self.markdown.headings.len().checked_sub(1);
                self.markdown.tables.push(Table { rows: Vec::new(), heading });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = self.markdown.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => {
                let span = without_white_space(self.page, span);
                self.open = Open::Cell(Cell { text: String::new(), span });
            }
            Tag::CodeBlock(kind) => {
                let is_fenced = matches!(kind, CodeBlockKind::Fenced(_));
                self.open = Open::Code { spans: Vec::new(), is_fenced };
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        match &mut self.open {
            Open::Heading(Heading { text: open, .. }) | Open::Cell(Cell { text: open, .. }) => {
                open.push_str(text);
            }
            Open::Code { spans, .. } => spans.push(span),
            Open::Prose => {}
        }
    }

    fn anchor(&mut self, html: &str) {
        let Open::Heading(heading) = &mut self.open else { return };
        let name = ["name=\"", "id=\""].iter().find_map(|name| html.split_once(name));
        let name = name.and_then(|(_, rest)| rest.split('"').next());
        if let Some(name) = name.filter(|_| heading.anchor.is_none()) {
            heading.anchor = Some(name.to_owned());
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match (tag, std::mem::take(&mut self.open)) {
            (TagEnd::Heading(_), Open::Heading(heading)) => self.markdown.headings.push(heading),
            (TagEnd::TableCell, Open::Cell(cell)) => {
                let row = self.markdown.tables.last_mut().and_then(|table| table.rows.last_mut());
                row.into_iter().for_each(|row| row.push(trimmed(&cell)));
            }
            (TagEnd::CodeBlock, Open::Code { spans, is_fenced }) => {
                let is_open = is_fenced && !is_closed(&self.page[span.clone()]);
                let text = plain_text(self.page, &spans);
                self.markdown.blocks.push(Block { text, lines: spans, is_open });
            }
            (_, open) => self.open = open,
        }
    }
}

fn trimmed(cell: &Cell) -> Cell {
    Cell { text: cell.text.trim().to_owned(), span: cell.span.clone() }
}

impl Block {
    /// Returns a part of the block as the page prints it, with LF line endings.
    pub(crate) fn printed(&self, page: &str, part: &Range<usize>) -> String {
        let part = whole(page, part.clone());
        let parts =
            self.lines.iter().map(|line| line.start.max(part.start)..line.end.min(part.end));
        let parts = parts.filter(|part| part.start < part.end).map(|part| &page[part]);
        parts.collect::<String>().replace("\r\n", "\n")
    }
}

/// Returns true if a fenced block ends with a closing fence.
fn is_closed(block: &str) -> bool {
    let mut lines = block.trim_end().lines();
    let fence = |line: &str| line.trim_start_matches([' ', '\t', '>']).trim_end().to_owned();
    let opening = lines.next().map(fence).unwrap_or_default();
    let Some(mark) = opening.chars().next() else { return true };
    let length = opening.chars().take_while(|char| *char == mark).count();
    lines
        .last()
        .map(fence)
        .is_some_and(|last| last.chars().count() >= length && last.chars().all(|char| char == mark))
}
