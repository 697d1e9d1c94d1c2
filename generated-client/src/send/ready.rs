//! Prepares an attempt: waits for a token, and then waits until the request may be sent.

use tokio::time::{Instant, sleep_until};

use super::Sending;
use crate::{
    error::Error,
    gate::{Gate, Priority},
    token::Token,
};

impl Sending<'_> {
    /// Waits for a token and then for a slot, so that the request can be sent in its slot.
    pub(super) async fn ready(&mut self) -> Result<Token, Error> {
        let mut token = self.token().await?;
        if self.wait_for_slot().await? {
            token = self.token_after_wait().await?;
        }
        if self.is_retry() && self.deadline().left() < self.minimum_time() {
            return Err(Error::no_time_for_attempt(self.call.snapshot()));
        }
        Ok(token)
    }

    pub(super) async fn token(&self) -> Result<Token, Error> {
        let tokens = &self.client.inner.tokens;
        if let Some(token) = tokens.cached() {
            return Ok(token);
        }
        match self.deadline().bound(tokens.token()).await {
            Some(Ok(token)) => Ok(token),
            Some(Err(error)) => Err(Error::token_failed(self.call.snapshot(), error)),
            None => Err(Error::token_timed_out(self.call.snapshot())),
        }
    }

    /// Returns a token that is still valid. If the token has expired during the wait for the slot, the slot is lost,
    /// because getting another token may take long; the request then waits for another slot.
    async fn token_after_wait(&mut self) -> Result<Token, Error> {
        if let Some(token) = self.client.inner.tokens.cached() {
            return Ok(token);
        }
        let token = self.token().await?;
        self.wait_for_slot().await?;
        Ok(token)
    }

    /// Waits until the request may be sent. Returns false if no wait was needed.
    async fn wait_for_slot(&mut self) -> Result<bool, Error> {
        let gate = self.client.inner.limit.gate();
        if gate.is_open() {
            return Ok(false);
        }
        loop {
            self.wait_while_throttled(gate).await?;
            if self.slot(gate).await? {
                return Ok(true);
            }
        }
    }

    /// Waits until the service no longer throttles the client. Fails immediately if that would take longer than the
    /// call has left.
    async fn wait_while_throttled(&self, gate: &Gate) -> Result<(), Error> {
        while let Some(until) = gate.throttled_until() {
            if self.deadline().minus(self.minimum_time()).is_before(until) {
                return Err(self.throttled(until));
            }
            sleep_until(until).await;
        }
        Ok(())
    }

    /// Waits for a slot. If the client has a pace, the wait of a new call does not count toward its timeout.
    async fn slot(&mut self, gate: &Gate) -> Result<bool, Error> {
        if !self.is_retry() && gate.has_pace() {
            return Ok(self.wait_for_first_slot(gate).await);
        }
        let priority = if self.is_retry() { Priority::Retry } else { Priority::New };
        let deadline = self.deadline().minus(self.minimum_time());
        deadline.bound(gate.slot(priority)).await.ok_or_else(|| self.no_slot(gate))
    }

    async fn wait_for_first_slot(&mut self, gate: &Gate) -> bool {
        let asked = Instant::now();
        let has_slot = gate.slot(Priority::New).await;
        self.call.exclude(asked.elapsed());
        has_slot
    }

    /// Returns the error for a request that gets no slot in time. The throttling may have ended by then.
    fn no_slot(&self, gate: &Gate) -> Error {
        match gate.throttled_until() {
            Some(until) => self.throttled(until),
            None => Error::no_slot_in_time(self.call.snapshot()),
        }
    }

    fn throttled(&self, until: Instant) -> Error {
        let wait = until.saturating_duration_since(Instant::now());
        Error::throttled(self.call.snapshot(), wait)
    }

    fn is_retry(&self) -> bool {
        self.call.attempts > 0
    }
}
