//! Conversions to and from the types of `jiff`.

use super::{Timestamp, TimestampError};

/// Keeps nine fractional digits, but not the offset, which [`Timestamp::offset_seconds`] returns. Fails if the
/// timestamp is invalid, or is in the last days of the year 9999, which `jiff` does not support.
impl TryFrom<&Timestamp> for ::jiff::Timestamp {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, TimestampError> {
        let text = timestamp.as_str();
        let nanos = timestamp.unix_nanos().ok_or_else(|| TimestampError::invalid(text))?;
        Self::from_nanosecond(nanos)
            .map_err(|_| TimestampError::new(text, "outside the range of `jiff::Timestamp`"))
    }
}

/// Converts in the same way as a `&Timestamp`.
impl TryFrom<Timestamp> for ::jiff::Timestamp {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        Self::try_from(&timestamp)
    }
}

/// Returns a timestamp in UTC. Fails before the year 0000.
impl TryFrom<::jiff::Timestamp> for Timestamp {
    type Error = TimestampError;

    fn try_from(timestamp: ::jiff::Timestamp) -> Result<Self, TimestampError> {
        timestamp.to_string().parse()
    }
}
