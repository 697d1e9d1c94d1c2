//! Rewrites a printed message in the form that HTTP prescribes: its whitespace, its version, and the blank line between
//! head and body.

use std::ops::Range;

use document::span;
use evidence::documented::Repaired;

/// Returns a message in canonical form. Each byte keeps its origin in the page.
pub(crate) fn canonical(message: &Repaired) -> Repaired {
    let lines = lines(&message.text);
    let head = head(&message.text, &lines);
    let mut lines = lines.into_iter().filter(|line| !line.is_empty()).peekable();
    let mut canonical = Repaired::default();
    if let Some(line) = lines.next() {
        push_start(&mut canonical, message, line);
    }
    while let Some(line) = lines.next_if(|line| line.start < head) {
        push_header(&mut canonical, message, line);
    }
    canonical.pad("\n");
    if let Some(first) = lines.next() {
        // The body keeps its line breaks so that positions in it stay correct.
        let end = message.text.trim_end().len();
        canonical.append(message, first.start..end.max(first.start));
        canonical.pad("\n");
    }
    canonical
}

/// Returns the span of each line without surrounding whitespace.
fn lines(text: &str) -> Vec<Range<usize>> {
    let lines = span::lines(text).map(|(start, line)| {
        let start = start + (line.len() - line.trim_start().len());
        start..(start + line.trim().len())
    });
    lines.collect()
}

/// Returns the offset at which the head ends: the first line that begins a JSON object or array. If there is none, the
/// head ends after the last header or the first paragraph, whichever comes later.
///
/// Blank lines do not end the head, because some pages print each line as a paragraph.
fn head(text: &str, lines: &[Range<usize>]) -> usize {
    let is_json = |line: &&Range<usize>| text[(*line).clone()].starts_with(['{', '[']);
    if let Some(json) = lines.iter().find(is_json) {
        return json.start;
    }
    let is_header = |line: &&Range<usize>| is_header(&text[(*line).clone()]);
    let after_headers = lines.iter().rev().find(is_header).map_or(0, |line| line.end);
    let block = lines.iter().skip_while(|line| line.is_empty());
    let paragraph = block.take_while(|line| !line.is_empty()).last().map_or(0, |line| line.end);
    after_headers.max(paragraph)
}

fn is_header(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        let name = name.trim_end();
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

/// Writes the first line with single spaces between its words, `HTTP/1.1` as the version, and no reason phrase.
fn push_start(canonical: &mut Repaired, message: &Repaired, line: Range<usize>) {
    const VERSION: &str = "HTTP/1.1";
    let is_version = |word: &Range<usize>| {
        message.text[word.clone()].get(..5).is_some_and(|it| it.eq_ignore_ascii_case("HTTP/"))
    };
    let words = words(&message.text, line);
    if words.first().is_some_and(is_version) {
        canonical.pad(VERSION);
        if let Some(status) = words.get(1) {
            canonical.pad(" ");
            canonical.append(message, status.clone());
        }
    } else {
        for word in words.into_iter().take_while(|word| !is_version(word)) {
            canonical.append(message, word);
            canonical.pad(" ");
        }
        canonical.pad(VERSION);
    }
    canonical.pad("\n");
}

/// Writes a header without whitespace before its colon.
fn push_header(canonical: &mut Repaired, message: &Repaired, line: Range<usize>) {
    let content = &message.text[line.clone()];
    match content.split_once(':').filter(|_| is_header(content)) {
        Some((name, _)) => {
            let colon = line.start + name.len();
            canonical.append(message, line.start..line.start + name.trim_end().len());
            canonical.append(message, colon..line.end);
        }
        None => canonical.append(message, line),
    }
    canonical.pad("\n");
}

fn words(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = line.start;
    for word in text[line].split(char::is_whitespace) {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len() + 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(message: &str) -> String {
        canonical(&Repaired::new(message.to_owned())).text
    }

    #[test]
    fn spaces_and_the_version() {
        assert_eq!(of("  GET  /a   http/1.1 \n X : y \n\n\n"), "GET /a HTTP/1.1\nX: y\n\n");
    }

    #[test]
    fn empty_lines_between_headers() {
        let message = "HTTP/1.1 200 OK \n\nA: b \n\n{ \"c\": 1 }\n\n";
        assert_eq!(of(message), "HTTP/1.1 200\nA: b\n\n{ \"c\": 1 }\n");
    }

    #[test]
    fn a_body_directly_below_the_head() {
        assert_eq!(of("PUT /a\nA: b\n{\n  1\n}"), "PUT /a HTTP/1.1\nA: b\n\n{\n  1\n}\n");
    }

    #[test]
    fn a_line_that_is_not_a_header() {
        assert_eq!(of("GET /a HTTP/1.1\nnot one\n"), "GET /a HTTP/1.1\nnot one\n\n");
    }
}
