//! Renders a diagnostic in the style of rustc: message, location, affected lines and help.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};
use document::{Diagnostic, Position, Related, Severity};

use super::Source;

/// How text is colored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Plain text without control characters.
    Plain,
    /// Text with ANSI escape codes, for a terminal.
    Ansi,
}

/// The maximum distance, in lines, between two locations that are shown in one part.
const NEAR: usize = 100;

/// The number of bytes of a long line that are shown before and after a location.
const AROUND: usize = 200;

pub(super) fn render(source: &Source<'_>, diagnostic: &Diagnostic, color: Color) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let parts = parts(source, diagnostic);
    let report = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.rule)
        .elements(parts.iter().map(Part::snippet));
    let help = diagnostic.help.as_deref().map(|help| Level::HELP.message(help));
    let renderer = match color {
        Color::Plain => Renderer::plain(),
        Color::Ansi => Renderer::styled(),
    };
    let text = renderer.render(&[report.elements(help)]) + "\n\n";
    parts.iter().fold(text, |text, part| part.with_whole_columns(text))
}

/// A part of the text that is shown without gaps.
struct Part<'a> {
    source: &'a Source<'a>,
    /// The marked spans. The first one is the location that is printed.
    marks: Vec<Mark<'a>>,
    bytes: Range<usize>,
}

type Mark<'a> = (AnnotationKind, Range<usize>, Option<&'a str>);

fn parts<'a>(source: &'a Source<'_>, diagnostic: &'a Diagnostic) -> Vec<Part<'a>> {
    let span = beginning(source, &diagnostic.span);
    let primary = (AnnotationKind::Primary, span.clone(), None);
    let Some(related) = &diagnostic.related else {
        return vec![Part::new(source, vec![primary])];
    };
    if related.in_document {
        let part = source.document.map(|document| Part::of_related(document, related));
        return [Part::new(source, vec![primary])].into_iter().chain(part).collect();
    }
    let location = beginning(source, &related.span);
    let lines = source.line(location.start).abs_diff(source.line(span.start));
    let is_near = lines <= NEAR && (lines > 0 || location.start.abs_diff(span.start) <= AROUND);
    let related = (AnnotationKind::Context, location, Some(related.label.as_str()));
    match is_near {
        true => vec![Part::new(source, vec![primary, related])],
        false => vec![Part::new(source, vec![primary]), Part::new(source, vec![related])],
    }
}

/// Returns the beginning of a span. Only this much of it is marked.
fn beginning(source: &Source<'_>, span: &Range<usize>) -> Range<usize> {
    source.whole_characters(&(span.start..span.end.min(span.start + AROUND)))
}

impl<'a> Part<'a> {
    /// Selects the lines with the marks, and only a section of a long line. The renderer gets no more text than that,
    /// because its run time depends on the length of its input.
    fn new(source: &'a Source<'_>, marks: Vec<Mark<'a>>) -> Self {
        let first = marks.iter().map(|(_, span, _)| span.start).min().unwrap_or_default();
        let last = marks.iter().map(|(_, span, _)| span.end).max().unwrap_or_default();
        let (line, last_line) = (source.line(first), source.line(last));
        let end = source.start(last_line + 1);
        let whole = source.start(line)..end;
        let around = source.whole_characters(&(first.saturating_sub(AROUND)..last + AROUND));
        let bytes = match line == last_line {
            true => whole.start.max(around.start)..whole.end.min(around.end),
            false => whole,
        };
        Self { source, marks, bytes }
    }

    /// Selects the lines of a related location.
    fn of_related(source: &'a Source<'_>, related: &'a Related) -> Self {
        let mark = (AnnotationKind::Context, beginning(source, &related.span));
        Self::new(source, vec![(mark.0, mark.1, Some(related.label.as_str()))])
    }

    fn snippet(&self) -> Snippet<'a, Annotation<'a>> {
        let source = self.source;
        let start = self.bytes.start;
        let annotations = self.marks.iter().map(|(kind, span, label)| {
            kind.span(span.start - start..span.end - start).label(*label)
        });
        Snippet::source(&source.text[self.bytes.clone()])
            .path(source.name)
            .line_start(source.line(start) + 1)
            .annotations(annotations)
    }

    /// Corrects the column in the rendered text if the renderer got only a section of the line.
    fn with_whole_columns(&self, mut text: String) -> String {
        let source = self.source;
        let Some((_, span, _)) = self.marks.first() else { return text };
        let Position { line, column } = source.position(span.start);
        if source.position(self.bytes.start).column > 1 {
            let seen = source.text[self.bytes.start..span.start].chars().count() + 1;
            let location = |column| format!("{}:{line}:{column}\n", source.name);
            text = text.replacen(&location(seen), &location(column), 1);
        }
        text
    }
}
