//! A failed exchange, and the pause before the next one.

use std::time::Duration;

use tokio::time::Instant;

use crate::credential::CredentialError;

/// The pause after a permanent failure, such as an invalid client secret.
const PERMANENT: Duration = Duration::from_secs(30);

/// The pause after the first transient failure. It doubles with each further failure, up to [`LONGEST`].
const SHORTEST: Duration = Duration::from_secs(1);

const LONGEST: Duration = Duration::from_secs(30);

/// The longest wait that the client accepts from the authority. An absurd `Retry-After` must not disable the client.
const LONGEST_ASKED: Duration = Duration::from_secs(60 * 60);

/// A failed exchange. Until its pause is over, calls fail with its error and begin no exchange.
pub(super) struct Failure {
    error: CredentialError,
    until: Instant,
}

impl Failure {
    /// Creates a failure that follows a number of earlier failures.
    pub(super) fn new(error: CredentialError, earlier: u32) -> Self {
        let pause = pause(&error, earlier);
        Self { error: error.with_pause(pause), until: Instant::now() + pause }
    }

    pub(super) fn error(&self) -> &CredentialError {
        &self.error
    }

    /// Returns the error with the time left until the pause is over; `Ok` after the pause.
    pub(super) fn check(&self) -> Result<(), CredentialError> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() { Ok(()) } else { Err(self.error.clone().with_time_left(left)) }
    }
}

fn pause(error: &CredentialError, earlier: u32) -> Duration {
    let own = if error.is_permanent() {
        PERMANENT
    } else {
        SHORTEST.saturating_mul(2_u32.saturating_pow(earlier)).min(LONGEST)
    };
    own.max(error.asked_wait().unwrap_or_default().min(LONGEST_ASKED))
}
