//! Replaces a string with a constant of the same kind.
//!
//! `cargo xtask reality` distinguishes the same kinds, so it reports the same for a recording as for the real traffic.

use std::borrow::Cow;

use uuid::Uuid;

use super::generated::VALUES;
use crate::Timestamp;

/// The constant for a string of no other kind. It is not JSON.
pub(super) const TEXT: &str = "[redacted]";

/// Returns a constant of the same kind. Booleans and values that the document lists are returned unchanged.
pub(super) fn placeholder(text: &str) -> Cow<'static, str> {
    let constant = match text {
        "" => "",
        _ if is_guid(text) => "00000000-0000-0000-0000-000000000000",
        _ if is_date_time(text) => "2000-01-01T00:00:00Z",
        _ if is_local_date_time(text) => "2000-01-01T00:00:00",
        _ if is_date(text) => "2000-01-01",
        _ if is_integer(text) => "0",
        _ if is_decimal(text) => "0.5",
        _ if is_known(text) => return text.to_owned().into(),
        _ => TEXT,
    };
    constant.into()
}

fn is_known(text: &str) -> bool {
    ["true", "false"].iter().chain(VALUES).any(|it| it.eq_ignore_ascii_case(text))
}

/// Returns true for an integer, without a decimal point or an exponent.
fn is_integer(text: &str) -> bool {
    is_digits(text.strip_prefix('-').unwrap_or(text))
}

/// Returns true for a number with a decimal point.
fn is_decimal(text: &str) -> bool {
    let parts = text.split_once('.');
    parts.is_some_and(|(whole, fraction)| is_integer(whole) && is_digits(fraction))
}

/// Returns true for a GUID of 32 digits and four hyphens.
fn is_guid(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

/// Returns true for a date such as `2026-01-31`.
fn is_date(text: &str) -> bool {
    is_date_time(&format!("{text}T00:00:00Z"))
}

/// Returns true for a date and time with an offset, as in RFC 3339.
fn is_date_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
}

/// Returns true for a date and time such as `2026-01-31T12:00:00.123`.
fn is_local_date_time(text: &str) -> bool {
    is_date_time(&format!("{text}Z"))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
