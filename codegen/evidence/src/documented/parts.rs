//! Locates the parts of a message.

use std::ops::Range;

use document::{
    Tree,
    span::{self, first_line, line_end, line_start, lines},
};

use super::{Part, Repaired};

impl Repaired {
    /// Returns the span, within the page, of a part. If none of it comes from the page, returns the span of the rest of
    /// its line, or else of the whole line.
    pub fn location_of(&self, part: &Part) -> Option<Range<usize>> {
        let span = self.span_of(part)?;
        let start = line_start(&self.text, span.start);
        let end = line_end(&self.text, span.start);
        [span.clone(), span.start..end, start..end].iter().find_map(|span| self.in_page(span))
    }

    /// Returns the span of a part in the text of the message, if it has the part.
    pub fn span_of(&self, part: &Part) -> Option<Range<usize>> {
        let text = &self.text;
        let start = first_line(text, &(0..0));
        match part {
            Part::Start => Some(start),
            Part::Word(number) => Some(word(&text[start.clone()], *number).unwrap_or(start)),
            Part::Line(number) => line(text, *number),
            Part::Header(name) => header(text, name),
            Part::Body => body(text).map(|body| first_line(text, &body)),
            Part::Position(line, column) => {
                body(text).map(|body| position(text, body, *line, *column))
            }
            Part::InBody(span) => {
                body(text).map(|body| body.start + span.start..body.start + span.end)
            }
            Part::Value(pointer) => value(text, pointer, false),
            Part::Member(pointer) => value(text, pointer, true),
            Part::InPage(part) => self.span_of(part),
        }
    }
}

fn line(text: &str, number: usize) -> Option<Range<usize>> {
    let (start, _) = lines(text).nth(number)?;
    Some(first_line(text, &(start..text.len())))
}

fn word(line: &str, number: usize) -> Option<Range<usize>> {
    let word = line.split(' ').nth(number)?;
    let start = line.split(' ').take(number).map(|word| word.len() + 1).sum();
    Some(start..start + word.len())
}

fn header(text: &str, name: &str) -> Option<Range<usize>> {
    let head = body(text).map_or(text, |body| &text[..body.start]);
    let is_match = |(_, line): &(usize, &str)| {
        line.trim_end().split(':').next().unwrap_or_default().eq_ignore_ascii_case(name)
    };
    let (start, line) = lines(head).filter(is_match).last()?;
    Some(start..start + line.trim_end().len())
}

fn body(text: &str) -> Option<Range<usize>> {
    let start = text.find("\n\n")? + 2;
    (start < text.trim_end().len()).then_some(start..text.len())
}

fn position(text: &str, body: Range<usize>, line: usize, column: usize) -> Range<usize> {
    let lines = text[body.clone()].split_inclusive('\n').take(line.saturating_sub(1));
    let offset = body.start + lines.map(str::len).sum::<usize>() + column.saturating_sub(1);
    // The column counts bytes, so it can be inside a multi-byte character.
    let start =
        (0..=offset).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or_default();
    span::visible(text.as_bytes(), &(start..start))
}

/// Returns the span of a value of the body, or of its key. If the value is missing, returns the span of its nearest
/// ancestor.
fn value(text: &str, pointer: &str, key: bool) -> Option<Range<usize>> {
    let body = body(text)?;
    let tree = Tree::parse(&text[body.clone()]).ok()??;
    let node = tree.nearest(pointer)?;
    let span = match node.key() {
        Some(key_of_node) if key => key_of_node.primary_span(),
        _ => node.primary_span(),
    };
    Some(body.start + span.start..body.start + span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_within_a_character_moves_to_its_start() {
        let text = "{\"name\": \"\u{4f8b}";
        for column in 1..=text.len() + 1 {
            let span = position(text, 0..text.len(), 1, column);
            assert!(text.get(span.clone()).is_some(), "{column}: {span:?}");
        }
    }
}
