//! Reads bodies in the encodings that the client supports: the common charsets, without a content coding.
//!
//! The client requests responses without compression, because the decompression crates would double the number of
//! dependencies. If a proxy compresses a response anyway, the error names the content coding.

use std::borrow::Cow;

use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};

use crate::{excerpt, headers};

/// Converts a body to UTF-8, without a byte order mark. A body in an unknown charset remains unchanged.
pub(crate) fn to_utf_8<'a>(headers: &HeaderMap, body: &'a [u8]) -> Cow<'a, [u8]> {
    let content_type = headers::text(headers, &CONTENT_TYPE);
    let charset = content_type.and_then(charset).unwrap_or_default().to_ascii_lowercase();
    let is_utf_8 = std::str::from_utf8(body).is_ok();
    let is_plain = is_utf_8 && !body.contains(&0);
    if is_plain || content_type.is_some_and(|it| it.starts_with("application/octet-stream")) {
        Cow::Borrowed(excerpt::without_bom(body))
    } else if let Some(unit) = utf_16(&charset, body) {
        Cow::Owned(from_utf_16(unit, body).into_bytes())
    } else if !is_utf_8 && WINDOWS_1252.contains(&charset.as_str()) {
        Cow::Owned(body.iter().copied().map(windows_1252).collect::<String>().into_bytes())
    } else {
        Cow::Borrowed(excerpt::without_bom(body))
    }
}

/// Returns a message about the content coding or charset of an unreadable body, if the client does not support it.
pub(crate) fn unread(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    if body.is_empty() {
        return None;
    }
    let codings = codings(headers).collect::<Vec<_>>().join(", ");
    if !codings.is_empty() {
        let codings = excerpt::one_line(&codings, 60);
        return Some(format!(
            "the body has the content coding `{codings}`, which this client does not support"
        ));
    }
    let charset = unread_charset(headers, body)?;
    let charset = excerpt::one_line(charset, 60);
    Some(format!("the body has the charset `{charset}`, which this client does not support"))
}

fn codings(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let values = headers.get_all(CONTENT_ENCODING).into_iter();
    let codings = values.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(','));
    let codings = codings.map(str::trim);
    codings.filter(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("identity"))
}

fn unread_charset<'a>(headers: &'a HeaderMap, body: &[u8]) -> Option<&'a str> {
    if body.starts_with(&[0xff, 0xfe, 0, 0]) || body.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Some("UTF-32");
    }
    let charset = headers::text(headers, &CONTENT_TYPE).and_then(charset)?;
    let lower = charset.to_ascii_lowercase();
    let is_known = ["utf-8", "utf8", "us-ascii", "ascii"].contains(&lower.as_str())
        || WINDOWS_1252.contains(&lower.as_str())
        || lower.starts_with("utf-16");
    (!is_known && std::str::from_utf8(body).is_err()).then_some(charset)
}

/// Returns the `charset` parameter of a media type, without quotes.
fn charset(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1).filter_map(|it| it.split_once('='));
    let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let charset = charsets.next()?.1.trim().trim_matches(['"', '\'']).trim();
    (!charset.is_empty()).then_some(charset)
}

/// Converts two bytes to a UTF-16 code unit.
type Unit = fn([u8; 2]) -> u16;

/// Determines the byte order of UTF-16 from the byte order mark, from the position of an ASCII character's zero byte,
/// or else from the charset.
fn utf_16(charset: &str, body: &[u8]) -> Option<Unit> {
    match body {
        [0xff, 0xfe, 0, 0, ..] | [_, 0, 0, 0, ..] | [0, 0, ..] => None,
        [0xff, 0xfe, ..] | [_, 0, ..] => Some(u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, _, ..] => Some(u16::from_be_bytes),
        _ if charset == "utf-16be" => Some(u16::from_be_bytes),
        _ if charset.starts_with("utf-16") => Some(u16::from_le_bytes),
        _ => None,
    }
}

fn from_utf_16(unit: Unit, body: &[u8]) -> String {
    let units = body.chunks_exact(2).map(|bytes| unit([bytes[0], bytes[1]]));
    let text = char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER));
    text.skip_while(|&character| character == '\u{feff}').collect()
}

/// The charset names that browsers and mail programs decode as Windows-1252.
const WINDOWS_1252: [&str; 5] = ["iso-8859-1", "latin1", "iso_8859-1", "windows-1252", "cp1252"];

/// <https://encoding.spec.whatwg.org/index-windows-1252.txt>
fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..0xa0 => FROM_80[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
