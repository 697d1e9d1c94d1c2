//! Limits the number of concurrent calls, and owns the gate that limits the rate of requests.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

pub(crate) use crate::gate::Pace;
use crate::{
    call::Call,
    error::Error,
    gate::Gate,
    queue::{GRACE, Priority, Queue, Supply},
};

/// The limits that a client and its clones share.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    calls: Option<Arc<Queue<Permits>>>,
    gate: Arc<Gate>,
}

impl Limit {
    pub(crate) fn new(calls: Option<usize>, pace: Option<Pace>) -> Result<Self, Error> {
        let calls = calls.map(Permits::new).transpose()?;
        let calls = calls.map(|permits| Arc::new(Queue::new(permits)));
        Ok(Self { gate: Arc::new(Gate::new(pace)?), calls })
    }

    /// Returns the gate that each request passes.
    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Waits until another call may begin. The call counts as concurrent until the permit is dropped; the wait does not
    /// count toward its timeout.
    pub(crate) async fn permit(&self, call: &mut Call) -> Option<Permit<'_>> {
        let calls = self.calls.as_deref()?;
        let asked = Instant::now();
        calls.turn(Priority::New, || false).await;
        let permit = Permit(calls);
        call.exclude(asked.elapsed());
        Some(permit)
    }
}

/// A permit for one concurrent call, which is returned when it is dropped.
pub(crate) struct Permit<'a>(&'a Queue<Permits>);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.refill(Permits::put_back);
    }
}

/// The permits that no call holds.
#[derive(Debug)]
struct Permits {
    free: usize,
    /// The time when a permit was last returned.
    since: Instant,
}

/// The time after which a call looks for a permit even if nothing has woken it, because all calls that were woken may
/// no longer be polled.
const PATIENCE: Duration = Duration::from_secs(1);

impl Permits {
    fn new(calls: usize) -> Result<Self, Error> {
        if calls == 0 {
            return Err(Error::configuration("concurrent calls: zero; allow at least one"));
        }
        Ok(Self { free: calls, since: Instant::now() })
    }

    fn put_back(&mut self) {
        self.free += 1;
        self.since = Instant::now();
    }
}

impl Supply for Permits {
    fn due(&self, _: Instant, before: u32) -> Instant {
        match self.free.checked_sub(1) {
            None => Instant::now() + PATIENCE,
            Some(others) => {
                let others = u32::try_from(others).unwrap_or(u32::MAX);
                self.since + GRACE * before.saturating_sub(others)
            }
        }
    }

    fn take(&mut self, _: Instant) {
        self.free -= 1;
    }
}
