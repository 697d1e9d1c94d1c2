//! Encodes the fixed parts of a path as the client sends them.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The bytes that a path cannot contain. A slash separates segments, and a percent sign may begin an encoded byte.
const NOT_IN_A_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// Encodes the text between two placeholders. Parts that are already encoded in the document stay unchanged.
pub(super) fn encode(literal: &str) -> String {
    utf8_percent_encode(literal, NOT_IN_A_PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_encoded() {
        assert_eq!(encode("/v1/a b/ü(c)/"), "/v1/a%20b/%C3%BC(c)/");
        assert_eq!(encode("/v1/a%20b:~@$&'()*+,;=!|-._"), "/v1/a%20b:~@$&'()*+,;=!|-._");
    }
}
