//! Conversions from and to the types of `jiff`.

use super::{Timestamp, TimestampError};

/// Keeps nine fractional digits; [`Timestamp::offset_seconds`] has the offset. Fails if the timestamp is invalid, or
/// in the last days of the year 9999, which `jiff` does not support.
impl TryFrom<&Timestamp> for ::jiff::Timestamp {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, TimestampError> {
        let text = timestamp.as_str();
        let nanos = timestamp.unix_nanos().ok_or_else(|| TimestampError::invalid(text))?;
        Self::from_nanosecond(nanos)
            .map_err(|_| TimestampError::new(text, "outside of the range of `jiff::Timestamp`"))
    }
}

/// Same as the conversion from `&Timestamp`.
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
