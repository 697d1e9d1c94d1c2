//! The gate that each request passes right before it is sent. It enforces the client's pace, and it is closed while the
//! service throttles the client.

use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::time::Instant;

pub(crate) use crate::queue::Priority;
use crate::{
    error::Error,
    queue::{GRACE, NEAR, Queue, Supply},
    retry_after,
    throttle::Throttle,
};

/// The gate of a client and its clones.
#[derive(Debug)]
pub(crate) struct Gate {
    has_pace: bool,
    throttle: Throttle,
    /// The requests that wait for a slot. Retries come first, so that new calls do not delay calls that have begun.
    queue: Queue<Slots>,
}

/// The number of requests in a unit of time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) requests: u32,
    pub(crate) in_time: Duration,
}

/// How late a request can take its slot before the slot is lost. Timers fire a millisecond or two late, which is longer
/// than the interval between requests if there are more than about 500 per second.
const LATENESS: Duration = Duration::from_millis(5);

/// The time between two requests that were held back, if the client has no pace. If all were sent at once, the service
/// would throttle most of them again; at this interval, its first 429 holds back the rest.
const RELEASE_INTERVAL: Duration = Duration::from_millis(20);

impl Gate {
    pub(crate) fn new(pace: Option<Pace>) -> Result<Self, Error> {
        let interval = pace.map(interval).transpose()?.unwrap_or(RELEASE_INTERVAL);
        let queue = Queue::new(Slots { interval, next: Instant::now() });
        Ok(Self { has_pace: pace.is_some(), throttle: Throttle::new(), queue })
    }

    pub(crate) fn has_pace(&self) -> bool {
        self.has_pace
    }

    /// Returns whether a request may be sent without a slot. This takes no lock and reads no clock, so the gate costs
    /// nothing for a client without a pace.
    pub(crate) fn is_open(&self) -> bool {
        !self.has_pace && !self.throttle.is_set() && self.queue.is_empty()
    }

    /// Returns the time at which the service stops throttling the client; `None` if it does not throttle.
    pub(crate) fn throttled_until(&self) -> Option<Instant> {
        self.throttle.until()
    }

    /// Holds back all requests for the wait that the headers of a 429 response ask for, if any.
    pub(crate) fn close(&self, headers: &HeaderMap) {
        if let Some(wait) = retry_after::parse(headers) {
            self.throttle.extend(wait);
            self.queue.wake_all();
        }
    }

    /// Waits for a slot. Returns false if the gate was closed in the meantime; then no slot was used.
    pub(crate) async fn slot(&self, priority: Priority) -> bool {
        self.queue.turn(priority, || self.throttle.until().is_some()).await
    }
}

fn interval(pace: Pace) -> Result<Duration, Error> {
    // The pace must hold even if the first request is late and the last one is not.
    let interval = (pace.in_time + LATENESS).checked_div(pace.requests);
    let problem = "requests per second or minute: zero; allow at least one";
    interval.ok_or_else(|| Error::configuration(problem))
}

/// The times at which a request may be sent.
#[derive(Debug)]
struct Slots {
    interval: Duration,
    next: Instant,
}

impl Slots {
    /// Returns the time of the next slot for a request that joined the queue at this time. Unused slots are lost.
    fn next(&self, asked: Instant) -> Instant {
        asked.max(self.next)
    }
}

impl Supply for Slots {
    /// Returns when a request may be sent. If the requests near the front of the queue do not take their slots, the
    /// next one waits at most [`GRACE`] for each of them; the requests behind them wake up for their own slots.
    fn due(&self, asked: Instant, before: u32) -> Instant {
        let step = if before < NEAR { GRACE.min(self.interval) } else { self.interval };
        self.next(asked) + step * before
    }

    fn take(&mut self, asked: Instant) {
        let due = self.next(asked);
        let lost = due.elapsed().saturating_sub(LATENESS);
        self.next = due + lost + self.interval;
    }
}
