//! The headers in a recording: their names, with constants in place of their values.

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::{generated::VALUES, kind, names};

/// The media types that are written, in addition to the media types in the document.
const MEDIA_TYPES: [&str; 13] = [
    "application/javascript",
    "application/json",
    "application/octet-stream",
    "application/problem+json",
    "application/x-www-form-urlencoded",
    "application/xml",
    "multipart/form-data",
    "text/css",
    "text/csv",
    "text/html",
    "text/json",
    "text/plain",
    "text/xml",
];

/// Returns the headers in HAR format.
pub(super) fn redacted(headers: &HeaderMap) -> Value {
    let headers = headers.iter().map(|(name, value)| {
        let name = name.as_str();
        let value = match name == CONTENT_TYPE.as_str() {
            true => media_type(Some(value)),
            false => kind::placeholder(value.to_str().unwrap_or_default().trim()).into_owned(),
        };
        json!({ "name": shown(name), "value": value })
    });
    headers.collect()
}

fn shown(name: &str) -> &str {
    if names::is_identifier(name) { name } else { names::REDACTED }
}

/// Returns a known media type without its parameters.
pub(super) fn media_type(value: Option<&HeaderValue>) -> String {
    let Some(value) = value else { return String::new() };
    let text = value.to_str().unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim();
    let mut known = MEDIA_TYPES.iter().chain(VALUES);
    let known = known.find(|it| it.eq_ignore_ascii_case(essence));
    (*known.unwrap_or(&kind::TEXT)).to_owned()
}
