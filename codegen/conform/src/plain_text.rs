//! Reduces the text of a block to plain characters, and records the origin of each of them.

use std::ops::Range;

use evidence::documented::{Origin, Repaired};

/// The maximum length of an entity that is decoded, without `&` and `;`.
const LONGEST_ENTITY: usize = 8;

/// Returns the plain text of the given spans of a page.
///
/// Line endings become LF, other whitespace becomes plain spaces, invisible characters are dropped, and entities are
/// decoded.
pub(crate) fn plain_text(page: &str, spans: &[Range<usize>]) -> Repaired {
    let is_quoted = spans.iter().any(|span| page[span.clone()].contains('"'));
    let mut plain = Repaired::default();
    for span in spans {
        let mut at = span.start;
        while let Some(char) = page[at..span.end].chars().next() {
            let rest = &page[at..span.end];
            let length = match entity(rest, is_quoted) {
                Some((decoded, length)) => {
                    plain.push(decoded.encode_utf8(&mut [0; 4]), Origin::Page(at));
                    length
                }
                None => {
                    push(&mut plain, char, rest, at);
                    char.len_utf8()
                }
            };
            at += length;
        }
    }
    plain
}

fn push(plain: &mut Repaired, char: char, rest: &str, at: usize) {
    match char {
        '\r' if rest.starts_with("\r\n") => {}
        '\r' => plain.push("\n", Origin::Page(at)),
        '\n' => plain.push("\n", Origin::Page(at)),
        _ if is_invisible(char) => {}
        _ if char.is_whitespace() => plain.push(" ", Origin::Page(at)),
        _ => plain.push(&rest[..char.len_utf8()], Origin::Page(at)),
    }
}

/// Returns true for an invisible character, such as a byte order mark.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Decodes the entity at the start of a text. Returns its character and its length.
///
/// If the text also has plain quotes, a quote entity is literal text within a string and is not decoded.
fn entity(text: &str, is_quoted: bool) -> Option<(char, usize)> {
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(LONGEST_ENTITY + 1).position(|byte| byte == b';')?;
    let char = match &rest[..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "lcub" | "lbrace" => '{',
        "rcub" | "rbrace" => '}',
        name => numbered(name)?,
    };
    (char != '"' || !is_quoted).then_some((char, end + 2))
}

fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    match char::from_u32(number)? {
        char if char.is_whitespace() && char != '\n' && char != '\r' => Some(' '),
        char if char.is_control() || char == '\\' => None,
        char => Some(char),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(page: &str) -> String {
        let whole = 0..page.len();
        plain_text(page, std::slice::from_ref(&whole)).text
    }

    #[test]
    fn whitespace_and_invisible_characters() {
        assert_eq!(of("\u{feff}a\u{a0}b\u{202f}c\td\r\ne\u{200b}"), "a b c d\ne");
    }

    #[test]
    fn entities() {
        assert_eq!(of("&lt;id&gt; &#123;&#x7D; &nbsp;&unknown; & &lt"), "<id> {}  &unknown; & &lt");
    }

    #[test]
    fn entities_of_quotes() {
        assert_eq!(of("{&quot;a&#34;}"), r#"{"a"}"#);
        assert_eq!(of(r#"{"a&quot;b"}"#), r#"{"a&quot;b"}"#);
    }

    #[test]
    fn each_character_has_its_origin() {
        let page = "x&lt;\u{a0}é";
        let part = 1..page.len();
        let plain = plain_text(page, std::slice::from_ref(&part));
        let end = plain.text.len();
        assert_eq!(plain.in_page(&(0..1)), Some(1..2));
        assert_eq!(plain.in_page(&(2..end)), Some(7..9));
    }
}
