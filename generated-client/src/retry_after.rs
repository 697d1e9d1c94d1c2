//! The wait that a response asks for: `Retry-After` in all its forms, and Azure's headers in milliseconds.
//!
//! <https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

static IN_MILLISECONDS: [HeaderName; 2] =
    [HeaderName::from_static("retry-after-ms"), HeaderName::from_static("x-ms-retry-after-ms")];

/// Returns the longest wait in the headers. Fractions of a second or millisecond are rounded up, and invalid values are
/// ignored.
///
/// A date is compared with the `Date` of the same response, so that the clocks of the two machines need not agree.
/// Without a `Date`, it is compared with the current time.
pub(crate) fn parse(headers: &HeaderMap) -> Option<Duration> {
    let since = texts(headers, &DATE).find_map(date);
    let seconds = texts(headers, &RETRY_AFTER).flat_map(|text| waits(text, since));
    let milliseconds = IN_MILLISECONDS.iter().flat_map(|name| texts(headers, name));
    let milliseconds = milliseconds.filter_map(rounded_up).map(Duration::from_millis);
    seconds.chain(milliseconds).max()
}

fn texts<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok())
}

/// Returns the waits in a list, because a proxy can join two headers into one. A date contains a comma too.
fn waits(text: &str, since: Option<SystemTime>) -> Vec<Duration> {
    let parts: Vec<&str> = text.split(',').collect();
    let dates = parts.windows(2).map(|pair| pair.join(","));
    let dates = dates.chain(parts.iter().map(|&part| part.to_owned()));
    let dates = dates.filter_map(|text| date(&text));
    let until = |date: SystemTime| date.duration_since(since.unwrap_or_else(SystemTime::now));
    let from_dates = dates.map(|date| until(date).unwrap_or_default());
    let seconds = parts.iter().filter_map(|part| rounded_up(part)).map(Duration::from_secs);
    seconds.chain(from_dates).collect()
}

/// Parses a number that is not negative. A number beyond the range of the clock becomes the maximum.
fn rounded_up(text: &str) -> Option<u64> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().unwrap_or(u64::MAX));
    }
    // Rejects `-1`, `inf` and `NaN`.
    let text = text.strip_prefix('+').unwrap_or(text);
    let is_number = text.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    let number: f64 = text.parse().ok().filter(|_| is_number)?;
    Some(number.ceil() as u64)
}

/// Parses a date in one of HTTP's formats, or in the date format of email headers, which ends with an offset.
fn date(text: &str) -> Option<SystemTime> {
    let text = text.trim();
    let (local, zone) = text.rsplit_once(' ')?;
    match zone {
        zone if ["GMT", "UTC", "UT", "Z"].iter().any(|utc| zone.eq_ignore_ascii_case(utc)) => {
            gmt(local)
        }
        zone if zone.starts_with(['+', '-']) => {
            let (local, offset) = (gmt(local)?, offset(&zone[1..])?);
            if zone.starts_with('+') {
                local.checked_sub(offset)
            } else {
                local.checked_add(offset)
            }
        }
        _ => httpdate::parse_http_date(text).ok(),
    }
}

fn gmt(local: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(&format!("{local} GMT")).ok()
}

/// Parses an offset such as `0530` or `05:30`.
fn offset(zone: &str) -> Option<Duration> {
    let digits = zone.replace(':', "");
    let is_zone = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = digits.parse().ok().filter(|_| is_zone)?;
    Some(Duration::from_secs((number / 100 * 60 + number % 100) * 60))
}
