//! Converts values to text for requests and responses.

use std::fmt::Display;

use serde::Serialize;

use crate::parameter::encode_segment;

/// Returns a value as JSON, with every digit of an amount.
pub(super) fn json(value: impl Serialize) -> String {
    serde_json::to_string(&value).expect("a model can be written as JSON")
}

/// Returns a value as it appears in a query.
#[allow(dead_code, reason = "for operations with a query, of which there are none at present")]
pub(super) fn in_query(value: impl Serialize) -> String {
    let json = json(value);
    serde_json::from_str(&json).unwrap_or(json)
}

/// Returns a regular expression that matches only this value in a path.
#[allow(dead_code, reason = "a document may have no operation with a path parameter")]
pub(super) fn in_path(value: impl Display) -> String {
    let mut pattern = String::new();
    for character in encode_segment(&value.to_string()).chars() {
        if character.is_ascii_punctuation() {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_compared_literally() {
        assert_eq!(in_path("a.b/c"), r"a\.b\%2Fc");
    }

    #[test]
    fn a_query_has_no_quotes() {
        assert_eq!([in_query("a b"), in_query(1), in_query(true)], ["a b", "1", "true"]);
    }
}
