//! Tracks when the service stops throttling a client.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use tokio::time::Instant;

/// The maximum time for which a response holds back other calls. A broken proxy that asks for a wait of days must not
/// stop the client for days. If the service still throttles after this time, it sends another 429.
pub(crate) const LONGEST_HOLD: Duration = Duration::from_secs(600);

/// The end of the wait that the service asked for. Every request reads it, so reading takes no lock.
#[derive(Debug)]
pub(crate) struct Throttle {
    epoch: Instant,
    /// The end in nanoseconds since the epoch; zero if the service does not throttle.
    until: AtomicU64,
}

impl Throttle {
    pub(crate) fn new() -> Self {
        Self { epoch: Instant::now(), until: AtomicU64::new(0) }
    }

    /// Returns whether the service asked for a wait that may not be over yet.
    pub(crate) fn is_set(&self) -> bool {
        self.until.load(Ordering::Relaxed) != 0
    }

    /// Returns the end of the wait; `None` if it is over.
    pub(crate) fn until(&self) -> Option<Instant> {
        let nanoseconds = self.until.load(Ordering::Relaxed);
        let until = self.epoch + Duration::from_nanos(nanoseconds);
        if until > Instant::now() {
            return Some(until);
        }
        // Later requests then need not read the clock. A new wait that another call has just stored is kept.
        let (unset, relaxed) = (0, Ordering::Relaxed);
        let _ = self.until.compare_exchange(nanoseconds, unset, relaxed, relaxed);
        None
    }

    /// Extends the wait, unless it already ends later.
    pub(crate) fn extend(&self, wait: Duration) {
        let until = self.epoch.elapsed() + wait.min(LONGEST_HOLD);
        let nanoseconds = u64::try_from(until.as_nanos()).unwrap_or(u64::MAX);
        self.until.fetch_max(nanoseconds, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_wait_ends() {
        let throttle = Throttle::new();
        throttle.extend(2 * SECOND);
        assert_eq!(throttle.until(), Some(Instant::now() + 2 * SECOND));
        advance(2 * SECOND).await;
        assert_eq!((throttle.until(), throttle.is_set()), (None, false));
    }

    #[tokio::test(start_paused = true)]
    async fn the_longer_of_two_waits_applies() {
        let throttle = Throttle::new();
        throttle.extend(9 * SECOND);
        throttle.extend(2 * SECOND);
        assert_eq!(throttle.until(), Some(Instant::now() + 9 * SECOND));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_of_days_is_shortened() {
        let throttle = Throttle::new();
        throttle.extend(Duration::MAX);
        assert_eq!(throttle.until(), Some(Instant::now() + LONGEST_HOLD));
    }
}
