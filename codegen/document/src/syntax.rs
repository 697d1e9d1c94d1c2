//! Explains why a text is not YAML or JSON.
//!
//! The parser reports where it stopped and what it expected there. Often the cause is some lines above, such as an
//! unclosed quote or a missing colon.

mod explanations;

use std::ops::Range;

use crate::{conflicts, diagnostic::Diagnostic, page::rule, rule::Rule, span::line_start};
use explanations::{CLOSE_BRACKETS, CLOSE_QUOTE, EXPLANATIONS, OPEN_BRACKETS, OPEN_QUOTE};

pub static SYNTAX: Rule = rule!("yaml-syntax");
pub static TAB_IN_INDENTATION: Rule = rule!("tab-in-indentation");

/// Explains a syntax error that the parser reports at an offset; `after` is the end of the last event before it.
pub(super) fn explain(text: &str, reason: &str, at: usize, after: usize) -> Diagnostic {
    let error = SyntaxError { text, reason, at, after };
    if let Some(tabs) = error.tabs_in_indentation() {
        let message = "a tab in the indentation";
        return TAB_IN_INDENTATION.spanning(tabs, message, Some("indent with spaces"));
    }
    match error.cause() {
        Some((message, help, span)) => SYNTAX.spanning(span, message, Some(help)),
        None => SYNTAX.spanning(word(text, at), format!("invalid YAML: {reason}"), None),
    }
}

/// Reports a comment in JSON, which only some parsers allow. The YAML parser would read it as part of a key.
pub(super) fn comment_in_json(text: &str) -> Option<Diagnostic> {
    let is_json = text.trim_start().strip_prefix('{')?.trim_start().starts_with(['"', '/']);
    let (mut is_text, mut before) = (false, ' ');
    for (at, char) in text.char_indices().take_while(|_| is_json) {
        let rest = &text[at..];
        let may_begin = before.is_whitespace() || "{[,:]}\"".contains(before);
        if !is_text && may_begin && (rest.starts_with("//") || rest.starts_with("/*")) {
            let length = rest.lines().next().unwrap_or_default().trim_end().len();
            let help = Some("remove it; JSON has no comments");
            return Some(SYNTAX.spanning(at..at + length, "a comment in JSON", help));
        }
        is_text ^= char == '"' && !(is_text && before == '\\');
        // An escaped backslash does not escape the next character.
        before = if (char, before) == ('\\', '\\') { ' ' } else { char };
    }
    None
}

struct SyntaxError<'t> {
    text: &'t str,
    reason: &'t str,
    at: usize,
    /// The end of the last event.
    after: usize,
}

/// A message, a help text, and the span of the cause.
type Explanation = (&'static str, &'static str, Range<usize>);

impl SyntaxError<'_> {
    /// Finds the most likely cause. Specific causes are tried before general ones.
    fn cause(&self) -> Option<Explanation> {
        self.merge_conflict()
            .or_else(|| self.open_quote())
            .or_else(|| self.misplaced_colon())
            .or_else(|| self.tab_after_colon())
            .or_else(|| self.text_after_bracket())
            .or_else(|| self.truncated())
            .or_else(|| self.by_reason())
    }

    fn merge_conflict(&self) -> Option<Explanation> {
        Some((conflicts::MESSAGE, conflicts::HELP, conflicts::first(self.text)?))
    }

    /// Finds an unclosed quote some lines above. Its text ends at a quote that was meant to open another text.
    fn open_quote(&self) -> Option<Explanation> {
        let unread = self.text.get(self.after..self.at)?;
        let quote = unread.find(['\'', '"'])?;
        let is_above = unread[quote..].contains('\n');
        is_above.then(|| (OPEN_QUOTE, CLOSE_QUOTE, word(self.text, self.after + quote)))
    }

    /// Explains a colon where no key is allowed: it is part of a text, or the line above lacks a colon.
    fn misplaced_colon(&self) -> Option<Explanation> {
        if !self.reason.starts_with("mapping values are not allowed") {
            return None;
        }
        let text = self.text;
        let start = self.line_start();
        let key = start + indentation(&text[start..self.at])..self.at;
        if text[key.clone()].contains(": ") {
            let help = "put the value in quotes if the colon is part of it";
            return Some(("a second colon on the same line", help, self.at..self.at + 1));
        }
        let above = text[..start].trim_end();
        let line = line_start(above, above.len());
        let line = line + indentation(&above[line..])..above.len();
        if line.is_empty() {
            return None;
        }
        Some(match &text[line.clone()] {
            above if above.contains(": ") => {
                ("a key cannot be nested below a scalar", "indent it like its siblings", key)
            }
            above => match above.find(':') {
                Some(colon) => (
                    "a space is missing after this colon",
                    "add a space, or put the text in quotes",
                    line.start..line.start + colon + 1,
                ),
                None => ("a colon is missing after this key", "write `:` after it", line),
            },
        })
    }

    /// Finds a tab between a colon and its value, which most parsers reject.
    fn tab_after_colon(&self) -> Option<Explanation> {
        let before = self.text[..self.at].trim_end_matches('\t').len();
        let is_tab = self.reason.starts_with("':' must be followed") && before < self.at;
        is_tab.then_some(("a tab follows the colon", "write a space instead", before..self.at))
    }

    /// Finds brackets that were meant as the start of a text.
    fn text_after_bracket(&self) -> Option<Explanation> {
        let line = self.text[self.line_start()..self.at].trim_end();
        let is_after =
            self.reason.starts_with("while parsing a block") && line.ends_with([']', '}']);
        is_after.then(|| {
            let help = "put the whole value in quotes if the brackets are part of it";
            ("unexpected text after the closing bracket", help, word(self.text, self.at))
        })
    }

    /// Detects a truncated file, such as an interrupted download.
    fn truncated(&self) -> Option<Explanation> {
        let Self { text, at, .. } = self;
        let opened = text.matches(['{', '[']).count();
        let is_end = text[*at..].trim().is_empty() && opened > text.matches(['}', ']']).count();
        is_end.then(|| (OPEN_BRACKETS, CLOSE_BRACKETS, word(text, *at)))
    }

    /// Looks up an explanation of the parser's message.
    fn by_reason(&self) -> Option<Explanation> {
        let mut known = EXPLANATIONS.iter();
        let (_, message, help) = known.find(|(known, ..)| self.reason.starts_with(known))?;
        Some((message, help, word(self.text, self.at)))
    }

    /// Returns the span of tabs in the indentation if the parser stopped there.
    fn tabs_in_indentation(&self) -> Option<Range<usize>> {
        let (text, start) = (self.text, self.line_start());
        if self.reason.contains("tab") {
            // The parser reports the start of a multi-line text, but the tabs can be in any of its lines.
            let next = text[start..].match_indices('\n').map(|(newline, _)| start + newline + 1);
            return [start].into_iter().chain(next).find_map(|start| tabs(text, start));
        }
        // JSON allows tabs.
        let is_json = text.trim_start().starts_with(['{', '[']);
        tabs(text, start).filter(|_| !is_json)
    }

    /// Returns the start of the line where the parser stopped.
    fn line_start(&self) -> usize {
        line_start(self.text, self.at)
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Returns the span of the first tabs in the indentation of the line that begins at an offset.
fn tabs(text: &str, start: usize) -> Option<Range<usize>> {
    let line = &text[start..];
    let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let first = indentation.find('\t')?;
    let length = indentation[first..].bytes().take_while(|byte| *byte == b'\t').count();
    Some(start + first..start + first + length)
}

/// Returns the span of the word at an offset, or else of the last word before it. For a colon, the span includes its
/// key.
fn word(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    match length {
        0 => last_word(text[..at].trim_end()),
        _ if rest.starts_with(':') => last_word(&text[..at]).start..at + 1,
        _ => at..at + length,
    }
}

fn last_word(text: &str) -> Range<usize> {
    let length = text.rsplit(char::is_whitespace).next().map_or(0, str::len);
    text.len() - length..text.len()
}
