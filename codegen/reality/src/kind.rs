//! The kind of a value, which a report shows instead of the value.
//!
//! The client's recorder replaces each string with a constant of the same kind. It has a copy of these definitions in
//! `recorder/kind.rs`, because the client does not depend on the generator. A test checks that both give the same
//! results.

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

/// Returns true for a GUID of 32 digits and four hyphens.
pub(crate) fn is_guid(text: &str) -> bool {
    has_form(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}

/// Returns true for a date such as `2026-01-31`.
pub(crate) fn is_date(text: &str) -> bool {
    has_form(text, "0000-00-00")
}

/// Returns true for a date and time with an offset, as in RFC 3339.
pub(crate) fn is_date_time(text: &str) -> bool {
    let local = text.strip_suffix('Z').or_else(|| {
        let (local, offset) = text.split_at_checked(text.len().checked_sub("+00:00".len())?)?;
        (has_form(offset, "+00:00") || has_form(offset, "-00:00")).then_some(local)
    });
    local.is_some_and(is_local_date_time)
}

/// Returns true for a date and time such as `2026-01-31T12:00:00.123`.
pub(crate) fn is_local_date_time(text: &str) -> bool {
    match text.split_once('.') {
        Some((seconds, fraction)) => is_seconds(seconds) && is_digits(fraction),
        None => is_seconds(text),
    }
}

fn is_seconds(text: &str) -> bool {
    has_form(text, "0000-00-00T00:00:00")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns true if a string has a form, in which `0` is any digit and `x` any hexadecimal digit.
fn has_form(text: &str, form: &str) -> bool {
    let fits = |(byte, form): (u8, u8)| match form {
        b'0' => byte.is_ascii_digit(),
        b'x' => byte.is_ascii_hexdigit(),
        _ => byte == form,
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}
