//! The gate that each request passes right before it is sent. It keeps the client's pace, and it is closed while the
//! service throttles the client.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use reqwest::header::HeaderMap;
use tokio::{
    sync::Mutex,
    time::{Instant, sleep_until},
};

use crate::{error::Error, retry_after, throttle::Throttle};

/// The gate of a client and its clones.
#[derive(Debug)]
pub(crate) struct Gate {
    /// The time between two slots, if the client has a pace.
    interval: Option<Duration>,
    throttle: Throttle,
    /// The number of requests that wait for a slot.
    waiting: AtomicUsize,
    next: Mutex<Instant>,
    /// Held by the one new call that may wait for the next slot.
    first: Mutex<()>,
}

/// The priority of a request.
#[derive(Clone, Copy)]
pub(crate) enum Priority {
    /// The first request of a call.
    New,
    /// A request that repeats another.
    Retry,
}

/// The number of requests in a unit of time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) requests: u32,
    pub(crate) in_time: Duration,
}

/// The delay for which a slot stays valid. Timers fire a millisecond or two late, which is longer than the interval of
/// more than about 500 requests per second.
const LATENESS: Duration = Duration::from_millis(5);

/// The time between two requests that were held back, if the client has no pace. If all were sent at once, the service
/// would throttle most of them again; at this interval, its first 429 holds back the rest.
const RELEASE_INTERVAL: Duration = Duration::from_millis(20);

impl Gate {
    pub(crate) fn new(pace: Option<Pace>) -> Result<Self, Error> {
        Ok(Self {
            interval: pace.map(interval).transpose()?,
            throttle: Throttle::new(),
            waiting: AtomicUsize::new(0),
            next: Mutex::new(Instant::now()),
            first: Mutex::default(),
        })
    }

    pub(crate) fn has_pace(&self) -> bool {
        self.interval.is_some()
    }

    /// Returns whether a request may be sent without a slot. It takes no lock and reads no clock, so that a client
    /// without a pace pays nothing for the gate.
    pub(crate) fn is_open(&self) -> bool {
        !self.has_pace() && !self.throttle.is_set() && self.waiting.load(Ordering::Relaxed) == 0
    }

    /// Returns the time at which the service stops throttling the client; `None` if it does not throttle.
    pub(crate) fn throttled_until(&self) -> Option<Instant> {
        self.throttle.until()
    }

    /// Holds back all requests for the wait that the headers of a 429 ask for, if they ask for one.
    pub(crate) fn close(&self, headers: &HeaderMap) {
        if let Some(wait) = retry_after::parse(headers) {
            self.throttle.extend(wait);
        }
    }

    /// Waits for a slot. Returns false if the gate was closed meanwhile; then no slot was used.
    ///
    /// All new calls but one wait outside the queue, so that a retry, whose call is in progress, is not delayed by all
    /// the calls that have not begun.
    pub(crate) async fn slot(&self, priority: Priority) -> bool {
        let (asked, _waiting) = (Instant::now(), Waiting::new(&self.waiting));
        let _first = match priority {
            Priority::New => Some(self.first.lock().await),
            Priority::Retry => None,
        };
        self.next_slot(asked).await
    }

    /// The requests queue for the lock, so that a canceled one leaves its slot to the next.
    async fn next_slot(&self, asked: Instant) -> bool {
        let mut next = self.next.lock().await;
        // Slots that nobody asked for are lost.
        let due = asked.max(*next);
        sleep_until(due).await;
        if self.throttle.until().is_some() {
            return false;
        }
        let lost = due.elapsed().saturating_sub(LATENESS);
        *next = due + lost + self.interval.unwrap_or(RELEASE_INTERVAL);
        true
    }
}

fn interval(pace: Pace) -> Result<Duration, Error> {
    // The pace must hold even if the first of the requests is late and the last one is not.
    let interval = (pace.in_time + LATENESS).checked_div(pace.requests);
    let problem = "requests per second or minute: zero; allow one at least";
    interval.ok_or_else(|| Error::configuration(problem))
}

/// A request that waits for a slot, until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
