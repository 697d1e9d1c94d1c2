//! Removes a secret from text that a server sent, even where the text repeats it in an encoded form.

use std::ops::Range;

use memchr::{memchr, memchr3, memmem::Finder};

/// The minimum length at which a secret is removed, or its beginning at the end of truncated text. A shorter secret is
/// a placeholder in a test, and could occur in an ordinary word.
pub(crate) const SHORTEST: usize = 8;

/// How a text ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Whole,
    /// The text was cut off, so its end may be the beginning of a secret.
    Cut,
}

/// Replaces each occurrence of the secret with `replacement`; returns `None` if the secret does not occur.
///
/// Each character of the secret may be encoded individually: percent-encoded once or twice, as a JSON or
/// JavaScript escape, or as a numeric HTML character reference. A `+` may have become a space.
pub(crate) fn redact(
    text: &[u8],
    end: End,
    secret: &Finder<'_>,
    replacement: &[u8],
) -> Option<Vec<u8>> {
    let occurrences = occurrences(text, end, secret);
    (!occurrences.is_empty()).then(|| replace(text, &occurrences, replacement))
}

/// Replaces each occurrence of the secret in UTF-16 text with `replacement`.
pub(crate) fn redact_utf_16(
    body: Vec<u8>,
    end: End,
    secret: &Finder<'_>,
    replacement: &str,
) -> Vec<u8> {
    // In UTF-16, each ASCII character contains a zero byte; other encodings contain none.
    if memchr(0, &body).is_none() {
        return body;
    }
    // The units may begin at an odd offset of the body.
    [0, 1].into_iter().fold(body, |body, offset| {
        ORDERS.into_iter().fold(body, |body, order| {
            redact_units(&body, offset, order, end, secret, replacement).unwrap_or(body)
        })
    })
}

/// The conversions between two bytes and a UTF-16 code unit.
type Order = (fn([u8; 2]) -> u16, fn(u16) -> [u8; 2]);

const ORDERS: [Order; 2] =
    [(u16::from_le_bytes, u16::to_le_bytes), (u16::from_be_bytes, u16::to_be_bytes)];

fn redact_units(
    body: &[u8],
    offset: usize,
    (from_bytes, to_bytes): Order,
    end: End,
    secret: &Finder<'_>,
    replacement: &str,
) -> Option<Vec<u8>> {
    let units = body[offset..].chunks_exact(2).map(|pair| from_bytes([pair[0], pair[1]]));
    // A secret is ASCII, so any byte that is not ASCII can stand for other units.
    let text: Vec<u8> = units.map(|unit| u8::try_from(unit).unwrap_or(u8::MAX)).collect();
    // The last unit of a truncated body may be incomplete.
    let position = |unit: usize| match unit == text.len() && end == End::Cut {
        true => body.len(),
        false => offset + 2 * unit,
    };
    let occurrences = occurrences(&text, end, secret).into_iter();
    let occurrences: Vec<_> =
        occurrences.map(|it| offset + 2 * it.start..position(it.end)).collect();
    let replacement: Vec<u8> = replacement.encode_utf16().flat_map(to_bytes).collect();
    (!occurrences.is_empty()).then(|| replace(body, &occurrences, &replacement))
}

fn replace(text: &[u8], occurrences: &[Range<usize>], replacement: &[u8]) -> Vec<u8> {
    let (mut redacted, mut rest) = (Vec::with_capacity(text.len()), 0);
    for occurrence in occurrences {
        redacted.extend_from_slice(&text[rest..occurrence.start]);
        redacted.extend_from_slice(replacement);
        rest = occurrence.end;
    }
    redacted.extend_from_slice(&text[rest..]);
    redacted
}

fn occurrences(text: &[u8], end: End, secret: &Finder<'_>) -> Vec<Range<usize>> {
    let needle = secret.needle();
    let may_be_encoded = memchr3(b'%', b'\\', b'&', text).is_some() || needle.contains(&b'+');
    let mut occurrences = match may_be_encoded {
        true => encoded_occurrences(text, needle),
        false => secret.find_iter(text).map(|start| start..start + needle.len()).collect(),
    };
    if end == End::Cut {
        let read = occurrences.last().map_or(0, |occurrence| occurrence.end);
        occurrences.extend(beginning(&text[read..], needle).map(|it| read + it..text.len()));
    }
    occurrences
}

/// Returns the position where the beginning of the secret starts, if truncated text ends with one.
fn beginning(text: &[u8], secret: &[u8]) -> Option<usize> {
    let earliest = text.len().saturating_sub(LONGEST_ESCAPE * secret.len());
    let is_beginning = |&start: &usize| is_beginning(&text[start..], secret);
    (earliest..text.len()).filter(|&start| may_begin(secret, text[start])).find(is_beginning)
}

fn is_beginning(text: &[u8], secret: &[u8]) -> bool {
    let mut rest = text;
    for (len, &byte) in secret.iter().enumerate() {
        // The text may be cut off within an escape.
        let is_escape = rest.len() < LONGEST_ESCAPE && matches!(rest, [b'%' | b'\\' | b'&', ..]);
        if rest.is_empty() || (is_escape && len >= SHORTEST) {
            return len >= SHORTEST;
        }
        let Some(encoded) = encoded_byte_len(rest, byte) else { return false };
        rest = &rest[encoded..];
    }
    rest.is_empty()
}

fn encoded_occurrences(text: &[u8], secret: &[u8]) -> Vec<Range<usize>> {
    let (mut occurrences, mut start) = (Vec::new(), 0);
    while let Some(next) = text[start..].iter().position(|&byte| may_begin(secret, byte)) {
        start += next;
        match encoded_len(&text[start..], secret) {
            Some(len) => {
                occurrences.push(start..start + len);
                start += len;
            }
            None => start += 1,
        }
    }
    occurrences
}

/// Returns whether an occurrence of the secret may begin with this byte. This rules out most bytes of a long body.
fn may_begin(secret: &[u8], byte: u8) -> bool {
    matches!(byte, b'%' | b'\\' | b'&') || is_same(byte, secret[0])
}

/// Returns the length of the secret at the start of the text; `None` if the text does not start with it.
fn encoded_len(text: &[u8], secret: &[u8]) -> Option<usize> {
    secret.iter().try_fold(0, |len, &byte| Some(len + encoded_byte_len(&text[len..], byte)?))
}

fn encoded_byte_len(text: &[u8], byte: u8) -> Option<usize> {
    let literal = (*text.first()?, 1);
    let [first, second] = escapes(text);
    let candidates = [first, second, Some(literal)].into_iter().flatten();
    candidates.into_iter().find(|&(value, _)| is_same(value, byte)).map(|(_, len)| len)
}

/// Returns whether a value matches a byte of the secret. Forms encode a space as `+`, so decoding once too often turns
/// a `+` into a space.
fn is_same(value: u8, byte: u8) -> bool {
    value == byte || (byte == b'+' && value == b' ')
}

/// Returns the bytes that an escape at the start of the text may represent, each with the length of the escape.
fn escapes(text: &[u8]) -> [Option<(u8, usize)>; 2] {
    match text {
        [b'%', b'2', b'5', rest @ ..] => [hex_pair(rest, 5), Some((b'%', 3))],
        [b'%', rest @ ..] => [hex_pair(rest, 3), None],
        [b'\\', b'u', b'0', b'0', rest @ ..] => [hex_pair(rest, 6), None],
        [b'\\', b'x', rest @ ..] => [hex_pair(rest, 4), None],
        [b'\\', escaped, ..] => [Some((*escaped, 2)), None],
        [b'&', b'#', rest @ ..] => [character_reference(rest), None],
        _ => [None, None],
    }
}

/// The maximum length of an escape, such as `&#x0002F;`. Character references can have more zeros, but in practice none
/// does.
const LONGEST_ESCAPE: usize = 9;

fn hex_pair(text: &[u8], len: usize) -> Option<(u8, usize)> {
    let digit = |index: usize| char::from(*text.get(index)?).to_digit(16);
    let value = digit(0)? * 16 + digit(1)?;
    Some((value.try_into().ok()?, len))
}

/// Reads `43;` or `x2B;`, the rest of a character reference after `&#`.
fn character_reference(text: &[u8]) -> Option<(u8, usize)> {
    let end = text.iter().take(8).position(|&byte| byte == b';')?;
    let digits = std::str::from_utf8(&text[..end]).ok()?;
    let value = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u8::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    Some((value.ok()?, "&#;".len() + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "a1/b2+c3=d4%e5";

    fn redacted(text: &str) -> String {
        redacted_to(text, End::Whole)
    }

    fn redacted_to(text: &str, end: End) -> String {
        let redacted = redact(text.as_bytes(), end, &Finder::new(SECRET), b"<secret>");
        redacted.map_or(text.to_owned(), |text| String::from_utf8(text).unwrap())
    }

    const FORMS: [&str; 12] = [
        SECRET,
        "a1%2Fb2%2Bc3%3Dd4%25e5",
        "a1%2fb2%2bc3%3dd4%25e5",
        "a1%2Fb2+c3=d4%e5",
        "%61%31/b2%2Bc3=d4%e5",
        "a1%252Fb2%252Bc3%253Dd4%2525e5",
        "a1/b2 c3=d4%e5",
        "a1%2Fb2%20c3%3Dd4%25e5",
        r"a1\/b2+c3=d4%e5",
        r"a1\u002fb2\u002Bc3\u003dd4%e5",
        r"a1\x2fb2\x2Bc3=d4%e5",
        "a1&#x2F;b2&#43;c3&#x3d;d4&#37;e5",
    ];

    #[test]
    fn every_form_of_a_secret_is_redacted() {
        for form in FORMS {
            assert_eq!(redacted(form), "<secret>");
            let text = format!("a1 % \\ & é {form}a1/{form}%2");
            assert_eq!(redacted(&text), "a1 % \\ & é <secret>a1/<secret>%2");
        }
    }

    #[test]
    fn the_beginning_of_a_secret_is_redacted_at_the_end_of_truncated_text() {
        for form in FORMS {
            // Starts in the second half of the form, after at least eight characters of the secret.
            for len in form.find("c3").unwrap() + 2..=form.len() {
                let text = format!("a1 {SECRET} a1/ {}", &form[..len]);
                assert_eq!(redacted_to(&text, End::Cut), "a1 <secret> a1/ <secret>", "{text}");
            }
        }
    }

    #[test]
    fn other_text_is_unchanged_at_the_end_of_truncated_text() {
        for text in ["", "a1/b2+c", "a1/b2+c3=d4 ", "a1/b2+c3=d4%e5.", "the end %", "\\"] {
            let whole = redacted(text);
            assert_eq!(redacted_to(text, End::Cut), whole);
        }
        assert_eq!(redacted("a1/b2+c3=d4"), "a1/b2+c3=d4");
    }

    #[test]
    fn other_text_is_unchanged() {
        for text in ["", "a1/b2+c3=d4%e", "a1%2Gb2+c3=d4%e5", "a1%2", "&#;&#x;&#300;", "\\", "%25"]
        {
            assert_eq!(redacted(text), text);
        }
    }
}
