//! Makes invisible characters in messages and errata visible.

use document::printable::is_bidi_control;

/// Replaces characters that are invisible or change the order of others.
pub(crate) fn printable(text: &str) -> String {
    let is_hidden = |it: char| it.is_control() && !matches!(it, '\n' | '\t') || is_bidi_control(it);
    let lines = text.replace("\r\n", "\n");
    lines.strip_suffix('\r').unwrap_or(&lines).replace(is_hidden, "\u{fffd}")
}

/// Shows trailing spaces as `·`, because editors and Git remove or hide them.
pub(crate) fn with_visible_ends(text: &str) -> String {
    let line = |line: &str| {
        let kept = line.trim_end_matches(' ');
        format!("{kept}{}", "·".repeat(line.len() - kept.len()))
    };
    printable(text).split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Joins the lines and words of a text with single spaces.
pub(crate) fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Turns a phrase into a sentence.
pub(crate) fn sentence(phrase: &str) -> String {
    let mut rest = phrase.chars();
    let Some(first) = rest.next() else { return String::new() };
    let end = if phrase.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), rest.as_str())
}
