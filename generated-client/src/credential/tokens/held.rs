//! A cached token, with the time when it is due for renewal and the time until which calls use it.

use std::time::Duration;

use tokio::time::Instant;

use crate::{
    credential::{AccessToken, CredentialError},
    token::Token,
};

/// How long before its expiry a token is renewed, while calls continue to use it. In the last tenth of
/// this time, calls wait for the new token: the remaining 12 seconds are more than the default connect
/// timeout, so no token expires on its way to the service.
const MARGIN: Duration = Duration::from_secs(120);

/// The time for which a rejected token is not replaced, counted from when it was obtained.
const RECENT: Duration = Duration::from_secs(30);

pub(super) struct Held {
    pub(super) token: Token,
    obtained_at: Instant,
    /// `None` if the expiry is unknown; then the token is renewed when the service rejects it.
    due_at: Option<Instant>,
    usable_until: Option<Instant>,
}

impl Held {
    pub(super) fn new(token: &AccessToken) -> Result<Self, CredentialError> {
        let now = Instant::now();
        let expires_at = token.expiry();
        let margin = expires_at.map(|expires_at| margin(expires_at - now)).unwrap_or_default();
        let before_expiry = |time| expires_at.map(|expires_at| expires_at - time);
        Ok(Self {
            token: token.token().ok_or_else(CredentialError::returned_no_token)?,
            obtained_at: now,
            due_at: before_expiry(margin),
            usable_until: before_expiry(margin / 10),
        })
    }

    /// Returns whether another call can use the token.
    pub(super) fn is_usable(&self) -> bool {
        !is_past(self.usable_until)
    }

    /// Returns whether the token should be renewed.
    pub(super) fn is_due(&self) -> bool {
        is_past(self.due_at)
    }

    /// Returns the time left during which the token is kept even if the service rejects it, because the service would
    /// also reject a new one; `None` if the token is old enough to be replaced.
    pub(super) fn kept_for(&self) -> Option<Duration> {
        RECENT.checked_sub(self.obtained_at.elapsed()).filter(|left| !left.is_zero())
    }
}

/// Returns the margin of a token: at most a tenth of its lifetime, so that even a short-lived token is used.
fn margin(lifetime: Duration) -> Duration {
    MARGIN.min(lifetime / 10)
}

fn is_past(time: Option<Instant>) -> bool {
    time.is_some_and(|time| time <= Instant::now())
}
