//! Encodes arguments for the path and query of a URL.

use std::{collections::BTreeMap, error::Error, fmt, fmt::Display};

use percent_encoding::{AsciiSet, CONTROLS, PercentEncode, utf8_percent_encode};
use reqwest::Url;
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::value::RawValue;

/// The characters that are percent-encoded in a path segment.
///
/// <https://url.spec.whatwg.org/#path-percent-encode-set>
const NOT_IN_A_SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// The characters that are percent-encoded in a path outside its arguments. `%` is not one of them, because a template
/// may contain encoded characters.
const NOT_IN_A_PATH: &AsciiSet = &NOT_IN_A_SEGMENT.remove(b'/').remove(b'%');

/// The name and the value of a path argument.
pub(crate) type PathArgument<'a> = (&'static str, &'a dyn Display);

/// Fills a path template such as `/v1/orders/{id}` with an argument for each placeholder.
pub(crate) fn path(template: &str, arguments: &[PathArgument<'_>]) -> Result<String, InvalidPath> {
    // A fragment distinguishes operations with the same path; it is not sent.
    let template = template.split('#').next().unwrap_or_default();
    let mut pieces = template.split('{');
    let mut path = String::with_capacity(2 * template.len());
    path.extend(encode_literal(pieces.next().unwrap_or_default()));
    for ((name, argument), piece) in arguments.iter().zip(pieces) {
        let argument = argument.to_string();
        if argument.is_empty() {
            return Err(InvalidPath::Empty(name));
        }
        let (_, literal) = piece.split_once('}').unwrap_or_default();
        path.extend(utf8_percent_encode(&argument, NOT_IN_A_SEGMENT));
        path.extend(encode_literal(literal));
    }
    Ok(path)
}

/// Encodes a part of a template outside its placeholders.
pub(crate) fn encode_literal(template: &str) -> PercentEncode<'_> {
    utf8_percent_encode(template, NOT_IN_A_PATH)
}

/// Encodes an argument as a path segment or as part of one.
#[cfg(any(test, feature = "mock"))]
pub(crate) fn encode_segment(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_A_SEGMENT).to_string()
}

/// The reason why a path is not sent: with these arguments, it would address another resource.
#[derive(Debug)]
pub(crate) enum InvalidPath {
    /// The argument with this name is empty.
    Empty(&'static str),
    /// A segment would be `.` or `..`. Parsing a URL removes both, and with `..` also the segment before it.
    DotSegment,
}

impl fmt::Display for InvalidPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(name) => write!(f, "`{name}` is empty, but it is part of the path"),
            Self::DotSegment => write!(f, "the path would contain a segment `.` or `..`"),
        }
    }
}

impl Error for InvalidPath {}

/// Encodes spaces in the query as `%20`, as OpenAPI's style `form` requires. reqwest encodes them as `+`, like HTML
/// forms, and a plus sign as `%2B`.
pub(crate) fn encode_spaces(url: &mut Url) {
    let query = url.query().filter(|query| query.contains('+'));
    if let Some(query) = query.map(|query| query.replace('+', "%20")) {
        url.set_query(Some(&query));
    }
}

/// A query parameter in the exploded style `form`: one pair for each item of a list or member of an object, and no pair
/// for a missing value.
pub(crate) struct QueryParam<'a, T> {
    name: &'a str,
    value: &'a T,
}

impl<'a, T> QueryParam<'a, T> {
    #[allow(dead_code, reason = "a document may have no operation with a query parameter")]
    pub(crate) fn new(name: &'a str, value: &'a T) -> Self {
        Self { name, value }
    }
}

impl<T: Serialize> Serialize for QueryParam<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        pairs(self.name, self.value).map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// Returns the name-value pairs of a query parameter. The value is first serialized to JSON, in which numbers keep
/// their digits.
fn pairs(name: &str, value: &impl Serialize) -> serde_json::Result<Vec<(String, String)>> {
    let json = serde_json::value::to_raw_value(value)?;
    let pairs: Vec<(String, Box<RawValue>)> = match json.get().as_bytes()[0] {
        b'{' => serde_json::from_str::<BTreeMap<_, _>>(json.get())?.into_iter().collect(),
        b'[' => {
            let items: Vec<Box<RawValue>> = serde_json::from_str(json.get())?;
            items.into_iter().map(|item| (name.to_owned(), item)).collect()
        }
        _ => vec![(name.to_owned(), json)],
    };
    let texts = pairs.into_iter().filter(|(_, json)| json.get() != "null");
    texts.map(|(name, json)| Ok((name, text(&json)?))).collect()
}

/// Returns a string without its quotes, and any other value as JSON.
fn text(json: &RawValue) -> serde_json::Result<String> {
    let json = json.get();
    if json.starts_with('"') { serde_json::from_str(json) } else { Ok(json.to_owned()) }
}

#[cfg(test)]
mod sent;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::Amount;

    fn query(value: impl Serialize) -> Vec<(String, String)> {
        pairs("size", &value).unwrap()
    }

    fn pair(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn a_scalar_becomes_one_pair() {
        assert_eq!(query(40), [pair("size", "40")]);
        assert_eq!(query(true), [pair("size", "true")]);
        assert_eq!(query("a \"b\"&c"), [pair("size", "a \"b\"&c")]);
        assert_eq!(query(uuid::Uuid::nil()), [pair("size", &uuid::Uuid::nil().to_string())]);
    }

    #[test]
    fn an_amount_keeps_its_digits() {
        let amount: Amount = "28.82860766744404945074".parse().unwrap();
        assert_eq!(query(amount), [pair("size", "28.82860766744404945074")]);
    }

    #[test]
    fn a_list_becomes_one_pair_per_item() {
        assert_eq!(query(["a", "b"]), [pair("size", "a"), pair("size", "b")]);
    }

    #[test]
    fn an_object_becomes_one_pair_per_member() {
        let object = serde_json::json!({ "a": 1, "b": null, "c": "x" });
        assert_eq!(query(object), [pair("a", "1"), pair("c", "x")]);
    }

    #[test]
    fn an_absent_value_has_no_pair() {
        assert_eq!(query(None::<i32>), []);
    }

    #[test]
    fn a_template_is_filled_and_its_literals_are_encoded() {
        let arguments: [PathArgument<'_>; 2] = [("id", &"a/b"), ("part", &7)];
        let filled = path("/v1/a b/ü(c)/{id}:{part}/%20#note{id}", &arguments);
        assert_eq!(filled.unwrap(), "/v1/a%20b/%C3%BC(c)/a%2Fb:7/%20");
    }

    #[test]
    fn a_segment_contains_no_delimiter() {
        assert_eq!(encode_segment("a/b?c#d%e ü"), "a%2Fb%3Fc%23d%25e%20%C3%BC");
    }
}
