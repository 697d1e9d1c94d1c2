//! The `Retry-After` header, in both of its forms.
//!
//! <https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// How long to wait. A date counts from the `Date` of the same answer, so that the clocks of both
/// machines need not agree; without one, from now.
pub(crate) fn parse(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than a number holds are too long to wait for, too.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let since = date(headers).unwrap_or_else(SystemTime::now);
    Some(until.duration_since(since).unwrap_or_default())
}

fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}
