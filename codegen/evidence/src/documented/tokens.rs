//! Splits messages into tokens, between which whitespace does not matter.

use std::ops::Range;

/// The characters that are always separate tokens.
const PUNCTUATION: &str = "{}[](),:;<>/?=&";

/// Returns the spans of the tokens of a message.
///
/// A double-quoted string is one token if it ends on the same line.
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let length = match char {
            _ if char.is_whitespace() => {
                at += char.len_utf8();
                continue;
            }
            '"' => string(&text[at..]),
            _ if PUNCTUATION.contains(char) => char.len_utf8(),
            _ => word(&text[at..]),
        };
        tokens.push(at..at + length);
        at += length;
    }
    tokens
}

/// Returns the length of a string including its quotes. If the string does not end on its line, returns the length of
/// the quote alone.
fn string(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'\n' => break,
            b'"' if !is_escaped => return at + 1,
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    1
}

fn word(text: &str) -> usize {
    let is_end = |char: char| char.is_whitespace() || char == '"' || PUNCTUATION.contains(char);
    text.find(is_end).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| &text[token]).collect()
    }

    #[test]
    fn strings_are_whole() {
        assert_eq!(of(r#"{ "a b": "c\"d" }"#), ["{", r#""a b""#, ":", r#""c\"d""#, "}"]);
    }

    #[test]
    fn an_unterminated_string() {
        assert_eq!(of("\"a b\nc\""), ["\"", "a", "b", "c", "\""]);
    }

    #[test]
    fn a_target_has_a_token_for_each_segment() {
        assert_eq!(of("GET /a/{b}  "), ["GET", "/", "a", "/", "{", "b", "}"]);
    }

    #[test]
    fn multi_byte_characters() {
        assert_eq!(of("é\u{a0}ö:“"), ["é", "ö", ":", "“"]);
    }
}
