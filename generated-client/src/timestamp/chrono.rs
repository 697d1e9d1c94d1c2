//! Conversions from and to the types of `chrono`.

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

/// Same as the conversion from `&Timestamp`.
impl TryFrom<Timestamp> for DateTime<FixedOffset> {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        Self::try_from(&timestamp)
    }
}

/// Keeps the offset if it is a number of minutes. Otherwise the timestamp is in UTC, because no timestamp can have
/// seconds in its offset. Fails outside of the years 0000 to 9999.
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
