//! Writes Markdown in which text from the document or a message cannot become markup.

use document::markdown::link_target;
use pulldown_cmark::{Event, Parser};

use crate::{page::Page, printable};

/// Escapes text, joins its lines, and keeps its inline markup. HTML becomes text.
pub(crate) fn line(text: &str) -> String {
    // After this prefix, no character can begin a block.
    const START: &str = "x: ";
    let mut line = format!("{START}{}", printable::in_one_line(&printable::printable(text)));
    // An escape can turn the content of a tag into another tag, which requires another pass.
    for _ in 0..PASSES {
        let tags = tags(&line);
        if tags.is_empty() {
            break;
        }
        tags.into_iter().rev().for_each(|start| line.insert(start, '\\'));
    }
    line.split_off(START.len())
}

/// The maximum number of passes. Only deliberately crafted text needs more passes.
const PASSES: usize = 20;

/// Returns the positions of the tags in a text.
fn tags(text: &str) -> Vec<usize> {
    let events = Parser::new(text).into_offset_iter();
    let tags = events.filter(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    tags.map(|(_, range)| range.start).collect()
}

/// Formats text as inline code.
pub(crate) fn code(text: &str) -> String {
    let text = printable::in_one_line(&printable::printable(text));
    let fence = "`".repeat(longest_run(&text) + 1);
    let space =
        if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Formats lines as a code block that no line can close.
pub(crate) fn block(text: &str, language: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
}

/// Formats a link to a page, or only its title if the URL has an unknown scheme.
pub(crate) fn link(page: Page<'_>) -> String {
    let title = line(page.title).replace('[', "\\[").replace(']', "\\]");
    if !Page::is_safe(page.url) {
        return title;
    }
    format!("[{title}]({})", link_target(page.url))
}

fn longest_run(text: &str) -> usize {
    text.split(|it| it != '`').map(str::len).max().unwrap_or_default()
}
