//! The fixed parts of a path, as they are sent.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What stands in no path; a slash divides it, and a percent sign is the client's own affair.
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

/// Encodes what stands between placeholders. What is encoded in the document already stays as it is.
pub(in crate::polish) fn encode(literal: &str) -> String {
    utf8_percent_encode(literal, NOT_IN_A_PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_sent_as_it_is_or_encoded() {
        assert_eq!(encode("/v1/a b/ü(c)/"), "/v1/a%20b/%C3%BC(c)/");
        assert_eq!(encode("/v1/a%20b:~@$&'()*+,;=!|-._"), "/v1/a%20b:~@$&'()*+,;=!|-._");
    }
}
