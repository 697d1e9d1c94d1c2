//! The time at which a call must be over.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

/// When a call must be over; never, if the time allowed for it exceeds what a clock can hold.
#[derive(Clone, Copy)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    pub(crate) fn new(began: Instant, time: Duration) -> Self {
        Self(began.checked_add(time))
    }

    pub(crate) fn left(&self) -> Duration {
        self.0.map_or(Duration::MAX, |at| at.saturating_duration_since(Instant::now()))
    }

    /// `None` if the future is not done in time.
    pub(crate) async fn bound<F: Future>(&self, future: F) -> Option<F::Output> {
        match self.0 {
            Some(at) => timeout_at(at, future).await.ok(),
            None => Some(future.await),
        }
    }
}
