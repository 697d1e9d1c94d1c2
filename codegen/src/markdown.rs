//! Markdown of the document's author in the documentation of a crate: rustdoc compiles its code, takes words in
//! brackets for items of the crate, and warns of tags and bare addresses. Here all of that becomes text.

mod code;
mod inline;

use std::ops::Range;

use code::Block;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A replacement for some bytes of a text.
type Edit = (Range<usize>, String);

/// An escape can reveal markup that was no markup before, such as what is inside of an HTML tag. Each pass leaves
/// less of it; a text that needs more passes was made for that.
const PASSES: usize = 20;

/// A text that stands by itself.
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

/// A text in one line that stands by itself.
pub(crate) fn line(text: &str) -> String {
    self::text(&in_one_line(text))
}

/// A text that continues a line; if it begins with a block of code, one that continues after the line.
pub(crate) fn continuation(text: &str) -> String {
    let own = self::text(text);
    match Parser::new(&own).next() {
        Some(Event::Start(Tag::CodeBlock(_))) => format!("\n\n{own}"),
        _ => inline(text),
    }
}

/// A text in one line that continues a line.
pub(crate) fn phrase(text: &str) -> String {
    inline(&in_one_line(text))
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn inline(text: &str) -> String {
    // What begins a block at the start of a line does not begin one behind these words.
    const START: &str = "x: ";
    let text = self::text(&format!("{START}{}", text.trim_start()));
    text.strip_prefix(START).unwrap_or(&text).to_owned()
}

/// A phrase between the brackets of a link, in which no other link can be.
pub(crate) fn label(text: &str) -> String {
    let words = in_one_line(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
    let link = self::text(&format!("[{words}](https://)"));
    let label = link.strip_prefix('[').and_then(|link| link.strip_suffix("](https://)"));
    label.unwrap_or(&words).to_owned()
}

/// A name or value of the document as code, in which it can end neither the line nor the code.
pub(crate) fn code(text: &str) -> String {
    let escaped = |sign: char| match sign.is_control() {
        true => sign.escape_default().to_string(),
        false => sign.to_string(),
    };
    let code: String = text.chars().map(escaped).collect();
    if !code.contains('`') && !code.trim().is_empty() {
        return format!("`{code}`");
    }
    let longest = code.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let mark = "`".repeat(longest + 1);
    format!("{mark} {code} {mark}")
}

/// The text with `\n` between its lines, and spaces in place of tabs, whose width depends on what is before them.
fn with_plain_spaces(text: &str) -> String {
    const TAB: usize = 4;
    let mut spaced = String::with_capacity(text.len());
    let mut column = 0;
    for sign in text.replace("\r\n", "\n").replace('\r', "\n").chars() {
        match sign {
            '\t' => {
                let width = TAB - column % TAB;
                spaced.push_str(&" ".repeat(width));
                column += width;
            }
            _ => {
                spaced.push(sign);
                column = if sign == '\n' { 0 } else { column + 1 };
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
    fn code_holds_any_value() {
        assert_eq!(code("Calling Plans"), "`Calling Plans`");
        assert_eq!(code("a\nb"), "`a\\nb`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code(" "), "`   `");
    }
}
