//! A timestamp type that preserves the received text.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
mod moment;

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::moment::Moment;
use crate::excerpt;

/// A point in time, kept exactly as it was written.
///
/// A `Timestamp` keeps its text: the date, the time, every fractional digit and the offset from UTC. It is printed and
/// serialized as the same text.
///
/// ```
/// use partner_center_client::Timestamp;
///
/// let changed: Timestamp = "2026-01-31T14:00:00.1234567+02:00".parse()?;
/// assert_eq!(changed.to_string(), "2026-01-31T14:00:00.1234567+02:00");
/// assert_eq!(changed, "2026-01-31T12:00:00.1234567Z".parse()?);
/// assert_eq!(changed.unix_nanos(), Some(1_769_860_800_123_456_700));
/// assert_eq!(changed.offset_seconds(), Some(7200));
/// # Ok::<(), partner_center_client::TimestampError>(())
/// ```
///
/// # Validity
///
/// A valid timestamp has the format defined in [RFC 3339], with a year from 0000 to 9999:
///
/// - `T` and `Z` can be lowercase. A space instead of `T` is invalid.
/// - The offset is required, because a time without an offset is not a point in time. `-00:00` counts as UTC.
/// - The hour 24 is invalid.
/// - The second 60 is valid only at 23:59:60 UTC. It is equal to the second that follows it, as in Unix time.
///
/// Only [`str::parse`] rejects invalid text. A response with an invalid timestamp is not an error: the `Timestamp`
/// keeps the text, [`is_valid`](Self::is_valid) returns false, and the other accessors return `None`.
///
/// # Comparison
///
/// `==`, `<` and `Hash` use the point in time, with every fractional digit. Therefore, timestamps with different
/// offsets can be equal. Invalid timestamps sort after all valid timestamps, and are compared as text. To compare the
/// text of any timestamps, use [`as_str`](Self::as_str).
///
/// # Conversion
///
/// The features `jiff` and `chrono` add conversions to and from `jiff::Timestamp` and `chrono::DateTime`. These types
/// have at most nine fractional digits; a conversion to them drops further digits.
///
/// [RFC 3339]: https://www.rfc-editor.org/rfc/rfc3339#section-5.6
#[derive(Clone)]
pub struct Timestamp(Box<str>);

impl Timestamp {
    /// Returns the text as it was received or parsed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether the text is a valid timestamp.
    pub fn is_valid(&self) -> bool {
        self.moment().is_some()
    }

    /// Returns the nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
    ///
    /// The value is negative before 1970. Fractional digits after the ninth are dropped. Returns `None` if the
    /// timestamp is invalid.
    pub fn unix_nanos(&self) -> Option<i128> {
        self.moment().map(|moment| moment.unix_nanos())
    }

    /// Returns the offset from UTC in seconds, which is positive east of Greenwich.
    ///
    /// Returns `None` if the timestamp is invalid.
    pub fn offset_seconds(&self) -> Option<i32> {
        self.moment().map(|moment| moment.offset)
    }

    fn moment(&self) -> Option<Moment<'_>> {
        Moment::parse(&self.0)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Prints one line even for `{:#?}`.
        write!(f, "Timestamp({:?})", &*self.0)
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let timestamp = Self(text.into());
        match timestamp.is_valid() {
            true => Ok(timestamp),
            false => Err(TimestampError::invalid(text)),
        }
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.moment(), other.moment()) {
            (Some(one), Some(other)) => one.instant().cmp(&other.instant()),
            (None, None) => self.0.cmp(&other.0),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        }
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.moment() {
            Some(moment) => moment.instant().hash(state),
            None => self.0.hash(state),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Reads any string, valid or not.
impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self)
    }
}

/// The error for a string that is not a valid [`Timestamp`], or for a failed conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampError {
    text: String,
    problem: &'static str,
}

impl TimestampError {
    fn new(text: &str, problem: &'static str) -> Self {
        Self { text: excerpt::literal(text, 40), problem }
    }

    fn invalid(text: &str) -> Self {
        Self::new(
            text,
            "not a date and time with an offset; write it like 2026-01-31T12:00:00Z (RFC 3339)",
        )
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "timestamp `{}`: {}", self.text, self.problem)
    }
}

impl std::error::Error for TimestampError {}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}
