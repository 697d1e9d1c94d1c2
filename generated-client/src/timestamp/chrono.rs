//! Conversions to and from the types of `chrono`.

use ::chrono::{DateTime, FixedOffset, TimeZone};

use super::{Timestamp, TimestampError};

/// Keeps the offset and nine fractional digits. Fails if the timestamp is invalid.
impl TryFrom<&Timestamp> for DateTime<FixedOffset> {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, TimestampError> {
        let invalid = || TimestampError::invalid(timestamp.as_str());
        let moment = timestamp.moment().ok_or_else(invalid)?;
        let utc = DateTime::from_timestamp(moment.seconds, moment.nanos()).ok_or_else(invalid)?;
        Ok(utc.with_timezone(&FixedOffset::east_opt(moment.offset).ok_or_else(invalid)?))
    }
}

/// Converts in the same way as a `&Timestamp`.
impl TryFrom<Timestamp> for DateTime<FixedOffset> {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        Self::try_from(&timestamp)
    }
}

/// Keeps the offset if it is a whole number of minutes. Otherwise, the timestamp is in UTC, because its offset cannot
/// contain seconds. Fails outside the years 0000 to 9999.
impl<Zone: TimeZone> TryFrom<DateTime<Zone>> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: DateTime<Zone>) -> Result<Self, TimestampError> {
        let local = time.fixed_offset();
        match local.offset().local_minus_utc() % 60 {
            0 => local.to_rfc3339().parse(),
            _ => local.to_utc().to_rfc3339().parse(),
        }
    }
}
