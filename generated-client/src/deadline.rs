//! The time by which a call must end.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

/// The time by which a call must end; `None` if its timeout exceeds the range of the clock.
#[derive(Clone, Copy)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    pub(crate) fn new(began: Instant, timeout: Duration) -> Self {
        Self(began.checked_add(timeout))
    }

    /// Returns the remaining time.
    pub(crate) fn left(&self) -> Duration {
        self.0.map_or(Duration::MAX, |at| at.saturating_duration_since(Instant::now()))
    }

    /// Returns an earlier deadline, which leaves this much time for later steps.
    pub(crate) fn minus(&self, time: Duration) -> Self {
        Self(self.0.map(|at| at.checked_sub(time).unwrap_or(at)))
    }

    /// Returns whether the deadline is before this time.
    pub(crate) fn is_before(&self, time: Instant) -> bool {
        self.0.is_some_and(|at| at < time)
    }

    /// Runs a future; returns `None` if it does not complete by the deadline.
    pub(crate) async fn bound<F: Future>(&self, future: F) -> Option<F::Output> {
        match self.0 {
            Some(at) => timeout_at(at, future).await.ok(),
            None => Some(future.await),
        }
    }
}
