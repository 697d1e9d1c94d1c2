//! Escapes the document's Markdown for the documentation of a crate. Otherwise, rustdoc would compile code blocks,
//! resolve words in brackets as items of the crate, and warn about HTML tags and bare URLs.

mod code;
mod inline;

use std::ops::Range;

use code::Block;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A replacement for a range of bytes of a text.
type Edit = (Range<usize>, String);

/// The maximum number of passes. Escaping can turn text into markup: the content of an escaped HTML tag needs another
/// pass. Only deliberately crafted text exceeds the maximum.
const PASSES: usize = 20;

/// Escapes text of one or more paragraphs.
pub(crate) fn text(text: &str) -> String {
    let mut text = with_plain_spaces(text);
    for _ in 0..PASSES {
        let edits = edits(&text);
        if edits.is_empty() {
            break;
        }
        apply(&mut text, edits);
    }
    text
}

/// Escapes text and joins its lines.
pub(crate) fn line(text: &str) -> String {
    self::text(&in_one_line(text))
}

/// Escapes text that continues a line. If the text begins with a code block, it starts a new paragraph.
pub(crate) fn continuation(text: &str) -> String {
    let own = self::text(text);
    match Parser::new(&own).next() {
        Some(Event::Start(Tag::CodeBlock(_))) => format!("\n\n{own}"),
        _ => inline(text),
    }
}

/// Escapes text that continues a line, and joins its lines.
pub(crate) fn phrase(text: &str) -> String {
    inline(&in_one_line(text))
}

pub(crate) fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn inline(text: &str) -> String {
    // After this prefix, no character can begin a block.
    const START: &str = "x: ";
    let text = self::text(&format!("{START}{}", text.trim_start()));
    text.strip_prefix(START).unwrap_or(&text).to_owned()
}

/// Escapes the label of a link, which must not contain another link.
pub(crate) fn label(text: &str) -> String {
    let words = in_one_line(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
    let link = self::text(&format!("[{words}](https://)"));
    let label = link.strip_prefix('[').and_then(|link| link.strip_suffix("](https://)"));
    label.unwrap_or(&words).to_owned()
}

/// Formats a name or value from the document as inline code. Escapes control characters, so that it stays on one line.
pub(crate) fn code(text: &str) -> String {
    let escaped = |character: char| match character.is_control() {
        true => character.escape_default().to_string(),
        false => character.to_string(),
    };
    let code: String = text.chars().map(escaped).collect();
    if !code.contains('`') && !code.trim().is_empty() {
        return format!("`{code}`");
    }
    let longest = code.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let mark = "`".repeat(longest + 1);
    format!("{mark} {code} {mark}")
}

/// Normalizes line endings, removes other control characters, and replaces tabs with spaces, because the indentation of
/// the text may change.
fn with_plain_spaces(text: &str) -> String {
    const TAB: usize = 4;
    let mut spaced = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.replace("\r\n", "\n").replace('\r', "\n").chars() {
        match character {
            '\t' => {
                let width = TAB - column % TAB;
                spaced.push_str(&" ".repeat(width));
                column += width;
            }
            character if character.is_ascii_control() && character != '\n' => {}
            _ => {
                spaced.push(character);
                column = if character == '\n' { 0 } else { column + 1 };
            }
        }
    }
    spaced
}

fn edits(text: &str) -> Vec<Edit> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut edits = Vec::new();
    let mut words = inline::Words::new(text);
    let mut block: Option<Block<'_>> = None;
    let events = Parser::new_ext(text, options).into_offset_iter();
    for (_, definition) in events.reference_definitions().iter() {
        words.push_definition(&definition.dest, definition.span.start);
    }
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => block = Some(Block::new(text, kind, range)),
            Event::End(TagEnd::CodeBlock) => {
                edits.extend(block.take().into_iter().flat_map(Block::into_edits));
            }
            Event::Text(code) if block.is_some() => {
                block.iter_mut().for_each(|block| block.push(&code, &range));
            }
            event => words.push(&event, range),
        }
    }
    edits.extend(words.into_edits());
    edits
}

fn apply(text: &mut String, mut edits: Vec<Edit>) {
    edits.sort_by_key(|(range, _)| range.start);
    for (range, replacement) in edits.into_iter().rev() {
        text.replace_range(range, &replacement);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_value_can_be_formatted_as_code() {
        assert_eq!(code("Calling Plans"), "`Calling Plans`");
        assert_eq!(code("a\nb"), "`a\\nb`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code(" "), "`   `");
    }
}
