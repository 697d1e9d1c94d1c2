//! What keeps a text from being YAML or JSON, in words that help.
//!
//! The parser says where it stopped and what it expected there. The mistake is often another, some lines
//! above: a quote that was not closed, a colon that was forgotten.

use std::ops::Range;

use crate::{
    diagnostic::Diagnostic,
    rule::{Rule, rule},
};

/// A text is YAML or JSON.
pub static SYNTAX: Rule = rule!("yaml-syntax");

/// Lines are indented with spaces.
pub static TAB_IN_INDENTATION: Rule = rule!("tab-in-indentation");

const OPEN_QUOTE: &str = "the quote that opens here is not closed";
const CLOSE_QUOTE: &str = "close it at the end of the text";
const ENDS: &str = "the text ends before the brackets that it opens are closed";
const CLOSE: &str = "close them; perhaps the file was cut off";

/// What is wrong where the parser stopped, for a reason, after it had read all that is before `after`.
pub(super) fn explained(text: &str, reason: &str, at: usize, after: usize) -> Diagnostic {
    if let Some(tabs) = tabs_in_indentation(text, reason, at) {
        let message = "a tab in the indentation";
        return TAB_IN_INDENTATION.spanning(tabs, message, Some("indent with spaces"));
    }
    let (message, help, span) = conflict(text)
        .or_else(|| open_quote(text, at, after))
        .or_else(|| misplaced_colon(text, reason, at))
        .or_else(|| tab_after_colon(text, reason, at))
        .or_else(|| text_after_bracket(text, reason, at))
        .or_else(|| cut_off(text, at))
        .unwrap_or_else(|| by_reason(text, reason, at));
    SYNTAX.spanning(span, message, help)
}

type Explanation = (String, Option<&'static str>, Range<usize>);

/// What git leaves in a file that two have changed.
fn conflict(text: &str) -> Option<Explanation> {
    let marker =
        ["<<<<<<< ", ">>>>>>> "].into_iter().filter_map(|marker| line_with(text, marker)).min()?;
    let message = "two versions of a merge stand here".to_owned();
    Some((
        message,
        Some("keep one of them, and remove the lines that mark them"),
        marker..marker + 7,
    ))
}

/// Where the first line begins that begins with some text.
fn line_with(text: &str, start: &str) -> Option<usize> {
    match text.starts_with(start) {
        true => Some(0),
        false => text.find(&format!("\n{start}")).map(|newline| newline + 1),
    }
}

/// A quoted text that goes on over the next lines to the quote that was meant to open another.
fn open_quote(text: &str, at: usize, after: usize) -> Option<Explanation> {
    let unread = text.get(after..at)?;
    let quote = unread.find(['\'', '"'])?;
    let is_on_a_line_above = unread[quote..].contains('\n');
    let quote = after + quote;
    is_on_a_line_above.then(|| (OPEN_QUOTE.to_owned(), Some(CLOSE_QUOTE), word(text, quote)))
}

/// A colon where no key can be: in a text, or because the line above lacks one.
fn misplaced_colon(text: &str, reason: &str, at: usize) -> Option<Explanation> {
    if !reason.starts_with("mapping values are not allowed") {
        return None;
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let key = start + indentation(&text[start..at])..at;
    if text[key.clone()].contains(": ") {
        let help = "put the text in quotes if the colon belongs to it";
        return Some(("a second colon in one line".to_owned(), Some(help), at..at + 1));
    }
    let above = text[..start].trim_end();
    let line = above.rfind('\n').map_or(0, |newline| newline + 1);
    let line = line + indentation(&above[line..])..above.len();
    if line.is_empty() {
        return None;
    }
    let (message, help, span) = match &text[line.clone()] {
        above if above.contains(": ") => {
            ("a key cannot stand below a text", "indent it like its siblings", key)
        }
        above if above.contains(':') => {
            let colon = line.start + above.find(':').unwrap_or_default();
            let help = "write a space after it, or put the text in quotes";
            ("a space is missing after this colon", help, line.start..colon + 1)
        }
        _ => ("a colon is missing after this key", "write `:` after it", line),
    };
    Some((message.to_owned(), Some(help), span))
}

/// A tab before a value, which most readers refuse.
fn tab_after_colon(text: &str, reason: &str, at: usize) -> Option<Explanation> {
    let before = text[..at].trim_end_matches('\t').len();
    let is_tab = reason.starts_with("':' must be followed") && before < at;
    is_tab
        .then(|| ("a tab follows the colon".to_owned(), Some("write a space instead"), before..at))
}

/// Brackets that were meant to be the beginning of a text.
fn text_after_bracket(text: &str, reason: &str, at: usize) -> Option<Explanation> {
    let line = &text[text[..at].rfind('\n').map_or(0, |newline| newline + 1)..at];
    let is_after =
        reason.starts_with("while parsing a block") && line.trim_end().ends_with([']', '}']);
    is_after.then(|| {
        let help = "put all of it in quotes if the brackets belong to a text";
        ("text goes on after the closing bracket".to_owned(), Some(help), word(text, at))
    })
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn cut_off(text: &str, at: usize) -> Option<Explanation> {
    let opened = text.matches(['{', '[']).count();
    let is_cut_off = text[at..].trim().is_empty() && opened > text.matches(['}', ']']).count();
    is_cut_off.then(|| (ENDS.to_owned(), Some(CLOSE), word(text, at)))
}

fn by_reason(text: &str, reason: &str, at: usize) -> Explanation {
    let known = EXPLANATIONS.iter().find(|(known, ..)| reason.starts_with(known));
    match known {
        Some((_, message, help)) => ((*message).to_owned(), Some(*help), word(text, at)),
        None => (format!("this is not YAML: {reason}"), None, word(text, at)),
    }
}

/// What the parser says, and what the author should hear and do.
static EXPLANATIONS: &[(&str, &str, &str)] = &[
    (
        "simple key expect",
        "this is neither a key nor a value",
        "put a colon after a key, a dash before an item, or more spaces before text that goes on",
    ),
    (
        "mapping values are not allowed",
        "a colon stands where no key can be",
        "put the text in quotes if the colon belongs to it",
    ),
    (
        "while parsing a block mapping",
        "this stands at the depth of no key above it",
        "indent it like its siblings",
    ),
    (
        "while parsing a block collection",
        "this stands in a list but is no item",
        "begin it with `- `, or indent it like what it belongs to",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "put it on a line of its own",
    ),
    (
        "while parsing a flow mapping",
        "a comma or `}` is missing before this",
        "separate members by commas, and close the object",
    ),
    (
        "while parsing a flow sequence",
        "a comma or `]` is missing before this",
        "separate items by commas, and close the array",
    ),
    (
        "illegal placement of ':'",
        "this colon is in the wrong place",
        "close the brackets that are open above, or put the text in quotes",
    ),
    (
        "invalid indentation in quoted scalar",
        "the quote that opens here is not closed before a line without indentation",
        "close it, or indent the lines on which its text goes on",
    ),
    ("while scanning a quoted scalar, found unexpected", OPEN_QUOTE, CLOSE_QUOTE),
    (
        "invalid trailing content after double-quoted",
        "text goes on after the closing quote",
        "put all of it in quotes; one that belongs to the text is `\\\"` in double quotes and `\'\'` in single",
    ),
    (
        "while scanning a block scalar, did not find expected comment",
        "text cannot begin in the line of `>` or `|`",
        "begin it in the next line, or put it in quotes",
    ),
    ("mapping keys are not allowed", "text cannot begin with `? `", "put the text in quotes"),
    (
        "while parsing a quoted scalar, found unknown escape",
        "this escape is not known",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "while parsing a quoted scalar, found invalid Unicode",
        "this escape is no character",
        "write the character itself",
    ),
    (
        "while parsing node, found unknown anchor",
        "there is no such anchor",
        "define it above with `&`, or put the text in quotes if it begins with an asterisk",
    ),
    ("unexpected character", "text cannot begin with this character", "put the text in quotes"),
    (
        "comment intercepting the multiline text",
        "a comment ends this text, which goes on in the next line",
        "put the text in quotes or after `>-`, or indent the next line less",
    ),
    ("recursion limit exceeded", "brackets lie in each other too deep", "close them"),
    (
        "comments must be separated",
        "a comment must begin after a space",
        "put a space before the `#`",
    ),
    ("unexpected eof", ENDS, CLOSE),
    (
        "misplaced bracket",
        "this bracket has no counterpart",
        "remove it, or put the text in quotes",
    ),
    (
        "invalid indentation",
        "this stands in brackets that open above, but is not indented",
        "close the brackets, or indent it more than the key above them",
    ),
];

/// The tabs that the parser minds in the indentation of a line, if it is they that stop it.
fn tabs_in_indentation(text: &str, reason: &str, at: usize) -> Option<Range<usize>> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    if reason.contains("tab") {
        // Text that goes on after the tabs is reported where it begins, some lines above.
        let next = text[start..].match_indices('\n').map(|(newline, _)| start + newline + 1);
        return [start].into_iter().chain(next).find_map(|start| tabs(text, start));
    }
    // In JSON tabs are as good as spaces.
    let is_json = text.trim_start().starts_with(['{', '[']);
    tabs(text, start).filter(|_| !is_json)
}

/// The tabs in the indentation of the line that begins at a byte.
fn tabs(text: &str, start: usize) -> Option<Range<usize>> {
    let line = &text[start..];
    let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let first = indentation.find('\t')?;
    let length = indentation[first..].bytes().take_while(|byte| *byte == b'\t').count();
    Some(start + first..start + first + length)
}

/// The word at a place, for a colon its key; where no word is, the last one before it.
fn word(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    match length {
        0 => last_word(text[..at].trim_end()),
        _ if rest.starts_with(':') => last_word(&text[..at]).start..at + 1,
        _ => at..at + length,
    }
}

/// The word with which a text ends.
fn last_word(text: &str) -> Range<usize> {
    let length = text.rsplit(char::is_whitespace).next().map_or(0, str::len);
    text.len() - length..text.len()
}
