//! How many calls a client and its clones make at once, and how closely their requests follow one
//! another.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, Semaphore, SemaphorePermit},
    time::{Instant, sleep_until},
};

use crate::error::Error;

/// The limits of a client, which its clones share.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    calls: Option<Arc<Semaphore>>,
    queue: Option<Arc<Queue>>,
}

impl Limit {
    pub(crate) fn new(calls: Option<usize>, pace: Option<Pace>) -> Result<Self, Error> {
        let queue = pace.map(Queue::new).transpose()?.map(Arc::new);
        Ok(Self { calls: calls.map(semaphore).transpose()?, queue })
    }

    /// Waits until one more call may be under way, which it is until the permit is dropped.
    pub(crate) async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        let permit = self.calls.as_ref()?.acquire().await;
        Some(permit.expect("the semaphore is never closed"))
    }

    /// Waits until the first request of a call may be sent.
    pub(crate) async fn first_turn(&self) {
        if let Some(queue) = &self.queue {
            queue.first_turn().await;
        }
    }

    /// Waits until a request may be repeated.
    pub(crate) async fn turn(&self) {
        if let Some(queue) = &self.queue {
            queue.turn(Instant::now()).await;
        }
    }
}

fn semaphore(calls: usize) -> Result<Arc<Semaphore>, Error> {
    if calls == 0 {
        return Err(Error::configuration("concurrent calls: zero; allow one at least"));
    }
    Ok(Arc::new(Semaphore::new(calls.min(Semaphore::MAX_PERMITS))))
}

/// How many requests in what time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) requests: u32,
    pub(crate) in_time: Duration,
}

/// How late a turn may come without being lost: a timer is late by a millisecond or two, which at
/// more than some 500 requests in a second is longer than the time between two of them.
const LATENESS: Duration = Duration::from_millis(5);

/// Turns that are due at even times, each `interval` after the one before.
#[derive(Debug)]
struct Queue {
    interval: Duration,
    next: Mutex<Instant>,
    /// Held by the one call that is the next to begin.
    first: Mutex<()>,
}

impl Queue {
    fn new(pace: Pace) -> Result<Self, Error> {
        let problem = "requests per second or minute: zero; allow one at least";
        // The first of the requests may be late and the last one not, and still the limit holds.
        let interval = (pace.in_time + LATENESS).checked_div(pace.requests);
        let interval = interval.ok_or_else(|| Error::configuration(problem))?;
        Ok(Self { interval, next: Mutex::new(Instant::now()), first: Mutex::default() })
    }

    /// All but one of the calls that have not begun wait out here, so that those under way, whose time
    /// runs, do not have them all before them.
    async fn first_turn(&self) {
        let asked = Instant::now();
        let _first = self.first.lock().await;
        self.turn(asked).await;
    }

    /// Those who wait queue for the lock, so that one who gives up takes nobody's turn.
    async fn turn(&self, asked: Instant) {
        let mut next = self.next.lock().await;
        // What nobody asked for is not made up for.
        let due = asked.max(*next);
        sleep_until(due).await;
        let lost = due.elapsed().saturating_sub(LATENESS);
        *next = due + lost + self.interval;
    }
}
