//! The kind of a value, which a report shows instead of the value.
//!
//! The client's recorder replaces each string with a constant of the same kind. Its `recorder/kind.rs` defines the kinds
//! again, because the client does not depend on the generator. A test checks that both give the same results.

use document::formats::format_mismatch;
use serde_json::Value;

/// Returns the kind of a value, including its article.
pub(crate) fn of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if is_integer(&number.to_string()) => "an integer",
        Value::Number(_) => "a number with a fraction",
        Value::String(text) => of_text(text),
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Returns the kind of a string, including its article.
pub(crate) fn of_text(text: &str) -> &'static str {
    match text {
        "" => "an empty string",
        _ if is_guid(text) => "a GUID",
        _ if is_date_time(text) => "a date and time",
        _ if is_local_date_time(text) => "a date and time without an offset",
        _ if is_date(text) => "a date",
        _ if is_integer(text) => "an integer in a string",
        _ if is_decimal(text) => "a decimal number in a string",
        _ if is_boolean(text) => "a boolean in a string",
        _ => "a string",
    }
}

/// Returns true for an integer, without a decimal point or an exponent.
pub(crate) fn is_integer(text: &str) -> bool {
    is_digits(text.strip_prefix('-').unwrap_or(text))
}

/// Returns true for a number with a decimal point.
pub(crate) fn is_decimal(text: &str) -> bool {
    let parts = text.split_once('.');
    parts.is_some_and(|(whole, fraction)| is_integer(whole) && is_digits(fraction))
}

/// Returns true for `true` or `false` in any letter case.
pub(crate) fn is_boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

fn is_guid(text: &str) -> bool {
    has_format("uuid", text)
}

fn is_date(text: &str) -> bool {
    has_format("date", text)
}

fn is_date_time(text: &str) -> bool {
    has_format("date-time", text)
}

/// Returns true for a date and time such as `2026-01-31T12:00:00.123`.
fn is_local_date_time(text: &str) -> bool {
    is_date_time(&format!("{text}Z"))
}

fn has_format(format: &str, text: &str) -> bool {
    format_mismatch(format, text).is_none()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
