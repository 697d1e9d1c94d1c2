//! Splits code blocks into messages, and determines the kind and the structure of a message.

use std::ops::Range;

use document::{methods, span};
use evidence::documented::{Repaired, tokens};

use crate::{canonical::canonical, markdown::Block};

/// A message in a code block, or only its body.
#[derive(Clone, Debug)]
pub(crate) struct Printed {
    pub(crate) kind: Kind,
    pub(crate) text: Repaired,
    pub(crate) tokens: Vec<String>,
    /// The index of the block.
    pub(crate) block: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Request { method: String, target: String },
    Response { status: u16 },
    Body,
}

impl Printed {
    fn new(kind: Kind, text: Repaired, block: usize) -> Self {
        let tokens = tokens(&text.text).into_iter().map(|it| text.text[it].to_owned()).collect();
        Self { kind, text, tokens, block }
    }

    pub(crate) fn is_request(&self) -> bool {
        matches!(self.kind, Kind::Request { .. })
    }

    /// Returns the span of the message within the page.
    pub(crate) fn span(&self) -> Range<usize> {
        self.text.in_page(&(0..self.text.text.len())).unwrap_or_default()
    }

    /// Returns the span, within the page, of the message's first line.
    pub(crate) fn start(&self) -> Range<usize> {
        let text = &self.text.text;
        let start = text.len() - text.trim_start().len();
        let end = span::line_end(text, start);
        self.text.in_page(&(start..end)).unwrap_or_else(|| self.span())
    }
}

/// Returns the messages in the blocks of a page.
pub(crate) fn messages(blocks: &[Block]) -> Vec<Printed> {
    blocks.iter().enumerate().flat_map(|(index, block)| in_block(index, block)).collect()
}

fn in_block(index: usize, block: &Block) -> Vec<Printed> {
    let text = &block.text;
    let starts = starts(&text.text);
    if starts.is_empty() {
        let is_body = text.text.trim_start().starts_with(['{', '[']);
        let body = || Printed::new(Kind::Body, text.clone(), index);
        return is_body.then(body).into_iter().collect();
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.text.len()]);
    let messages = starts.iter().zip(ends);
    messages
        .map(|((start, kind), end)| Printed::new(kind.clone(), text.slice(*start..end), index))
        .collect()
}

/// Returns the offset and kind of each message in the text of a block.
pub(crate) fn starts(text: &str) -> Vec<(usize, Kind)> {
    span::lines(text).filter_map(|(start, line)| Some((start, kind(line)?))).collect()
}

/// Returns the kind of the message that starts on this line, if one does.
fn kind(line: &str) -> Option<Kind> {
    let mut words = line.split_whitespace();
    let (first, second) = (words.next()?, words.next()?);
    if is_version(first) {
        return second
            .parse()
            .ok()
            .filter(|it| (100..600).contains(it))
            .map(|status| Kind::Response { status });
    }
    let is_method = methods().any(|method| first.eq_ignore_ascii_case(method))
        || first.len() > 2 && first.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_url = second.starts_with(['/', '{', '<', '[']) || second.contains("://");
    let has_version = words.last().is_some_and(is_version);
    (is_method && (is_url || has_version))
        .then(|| Kind::Request { method: first.to_owned(), target: second.to_owned() })
}

fn is_version(word: &str) -> bool {
    word.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("HTTP/"))
}

/// Returns the kind of a recorded message.
pub(crate) fn kind_of(text: &str) -> Option<Kind> {
    starts(text).into_iter().next().map(|(_, kind)| kind)
}

/// Returns the structure of a message, which is everything except its values, as a string to compare.
pub(crate) fn shape(kind: &Kind, message: &Repaired) -> String {
    if *kind == Kind::Body {
        return shape_of_json(&message.text);
    }
    let text = canonical(message).text;
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let start = match kind {
        Kind::Request { method, target } => format!("{method} {}", shape_of_target(target)),
        Kind::Response { status } => status.to_string(),
        Kind::Body => String::new(),
    };
    let names = head.lines().skip(1).map(|line| line.split(':').next().unwrap_or_default());
    let names: Vec<String> = names.map(str::to_lowercase).collect();
    format!("{start}\n{}\n{}", names.join("\n"), shape_of_json(body))
}

/// Returns a target with placeholders for its parameters.
fn shape_of_target(target: &str) -> String {
    let is_value = |segment: &str| {
        segment.starts_with(['{', '<', '[', '(', '%'])
            || segment.len() == 36 && segment.matches('-').count() == 4
    };
    let segments = target.split('/');
    let segments: Vec<&str> = segments.map(|it| if is_value(it) { "{}" } else { it }).collect();
    segments.join("/")
}

fn shape_of_json(body: &str) -> String {
    let tokens: Vec<&str> = tokens(body).into_iter().map(|token| &body[token]).collect();
    let shapes = tokens.iter().enumerate().map(|(index, token)| {
        let is_key = tokens.get(index + 1) == Some(&":");
        match token.as_bytes() {
            [b'"', ..] if !is_key => "\"\"",
            [b'-' | b'0'..=b'9', ..] => "0",
            b"true" | b"false" => "!",
            _ => token,
        }
    });
    shapes.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        starts(text).into_iter().map(|(_, kind)| kind).collect()
    }

    #[test]
    fn a_request_and_its_response() {
        let text = "GET /orders http/1.1\nA: b\n\nHTTP/1.1  200 OK\n\n{}\n";
        let request = Kind::Request { method: "GET".to_owned(), target: "/orders".to_owned() };
        assert_eq!(kinds(text), [request, Kind::Response { status: 200 }]);
    }

    #[test]
    fn code_is_not_a_message() {
        assert_eq!(kinds("var orders = Get(\"https://example.com\");\n// GET orders\nGET\n"), []);
    }

    #[test]
    fn an_unknown_method() {
        let request = Kind::Request { method: "FETCH".to_owned(), target: "x".to_owned() };
        assert_eq!(kinds("FETCH x HTTP/1.1"), [request]);
    }
}
