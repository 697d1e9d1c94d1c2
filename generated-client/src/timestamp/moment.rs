//! Parses timestamps.

use std::ops::Range;

const SECONDS_PER_DAY: i64 = 86_400;

/// The parts of a valid timestamp.
pub(super) struct Moment<'t> {
    /// The Unix time in whole seconds, rounded down.
    pub(super) seconds: i64,
    /// The offset from UTC in seconds.
    pub(super) offset: i32,
    /// The fractional digits, without trailing zeros.
    fraction: &'t str,
}

impl<'t> Moment<'t> {
    /// Parses a string; returns `None` if it is not a valid timestamp.
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let (time, rest) = rest.strip_prefix(['T', 't'])?.split_at_checked(8)?;
        let (fraction, offset) = split_fraction(rest)?;
        let offset = offset_seconds(offset)?;
        let second = second_of_day(time)?;
        let seconds = days_since_1970(date)? * SECONDS_PER_DAY + second - i64::from(offset);
        // The second after 23:59:60 is the first second of a day.
        let is_leap = time.ends_with("60");
        (!is_leap || seconds.rem_euclid(SECONDS_PER_DAY) == 0).then_some(Self {
            seconds,
            offset,
            fraction: fraction.trim_end_matches('0'),
        })
    }

    /// Returns a value that compares like the point in time. Fractional digits can be compared as text.
    pub(super) fn instant(&self) -> (i64, &'t str) {
        (self.seconds, self.fraction)
    }

    /// Returns the first nine fractional digits.
    pub(super) fn nanos(&self) -> u32 {
        let digits = self.fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
        digits.fold(0, |sum, digit| 10 * sum + u32::from(digit - b'0'))
    }

    pub(super) fn unix_nanos(&self) -> i128 {
        i128::from(self.seconds) * 1_000_000_000 + i128::from(self.nanos())
    }
}

/// Splits `.123Z` into `123` and `Z`.
fn split_fraction(text: &str) -> Option<(&str, &str)> {
    let Some(fraction) = text.strip_prefix('.') else { return Some(("", text)) };
    let end = fraction.find(|character: char| !character.is_ascii_digit())?;
    (end > 0).then(|| fraction.split_at(end))
}

/// Parses an offset such as `Z` or `+02:00`.
fn offset_seconds(text: &str) -> Option<i32> {
    let sign = match text.as_bytes() {
        [b'Z' | b'z'] => return Some(0),
        [b'+', _, _, b':', _, _] => 1,
        [b'-', _, _, b':', _, _] => -1,
        _ => return None,
    };
    let (hours, minutes) = (number(text, 1..3)?, number(text, 4..6)?);
    let is_valid = hours < 24 && minutes < 60;
    is_valid.then(|| sign * (hours * 60 + minutes) * 60)
}

/// Parses a time such as `12:00:00`.
fn second_of_day(text: &str) -> Option<i64> {
    let [_, _, b':', _, _, b':', _, _] = text.as_bytes() else { return None };
    let (hour, minute, second) = (number(text, 0..2)?, number(text, 3..5)?, number(text, 6..8)?);
    let is_valid = hour < 24 && minute < 60 && second <= 60;
    is_valid.then(|| i64::from((hour * 60 + minute) * 60 + second))
}

/// Parses a date such as `2026-01-31`.
fn days_since_1970(text: &str) -> Option<i64> {
    let [_, _, _, _, b'-', _, _, b'-', _, _] = text.as_bytes() else { return None };
    let (year, month, day) = (number(text, 0..4)?, number(text, 5..7)?, number(text, 8..10)?);
    let is_valid = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    is_valid.then(|| days(i64::from(year), i64::from(month), i64::from(day)))
}

fn number(text: &str, range: Range<usize>) -> Option<i32> {
    let digits = text.get(range)?;
    // `parse` accepts a sign.
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn days_in(year: i32, month: i32) -> i32 {
    let is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap_year => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the number of days from 1970-01-01 to a date.
///
/// <https://howardhinnant.github.io/date_algorithms.html#days_from_civil>
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March here, so that the leap day is the last day of a year.
    let year = if month < 3 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + day_of_year - 719_468
}
