//! Limits the number of concurrent calls, and holds the gate that limits the rate of requests.

use std::sync::Arc;

use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::Instant,
};

use crate::{call::Call, error::Error, gate::Gate};

pub(crate) use crate::gate::Pace;

/// The limits that a client and its clones share.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    calls: Option<Arc<Semaphore>>,
    gate: Arc<Gate>,
}

impl Limit {
    pub(crate) fn new(calls: Option<usize>, pace: Option<Pace>) -> Result<Self, Error> {
        Ok(Self { gate: Arc::new(Gate::new(pace)?), calls: calls.map(semaphore).transpose()? })
    }

    /// Returns the gate that each request passes.
    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Waits until another call may begin. The call counts as concurrent until the permit is dropped; the wait does not
    /// count toward its timeout.
    pub(crate) async fn permit(&self, call: &mut Call) -> Option<SemaphorePermit<'_>> {
        let calls = self.calls.as_ref()?;
        let asked = Instant::now();
        let permit = calls.acquire().await.expect("the semaphore is never closed");
        call.exclude(asked.elapsed());
        Some(permit)
    }
}

fn semaphore(calls: usize) -> Result<Arc<Semaphore>, Error> {
    if calls == 0 {
        return Err(Error::configuration("concurrent calls: zero; allow one at least"));
    }
    Ok(Arc::new(Semaphore::new(calls.min(Semaphore::MAX_PERMITS))))
}
