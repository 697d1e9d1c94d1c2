//! Formats durations.

use std::time::Duration;

/// Formats a duration in seconds or, from one minute on, in minutes and seconds.
pub(super) fn shown(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
