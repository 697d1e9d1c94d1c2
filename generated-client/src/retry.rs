//! How often a call is sent, and how long it waits in between.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

/// How often a call is sent, and how long it waits before it is sent again.
///
/// A call is repeated after whatever [`Error::is_retryable`](crate::Error::is_retryable) is true
/// for. Before each repetition it waits for a random part of a span that begins with
/// [`base`](Self::base), doubles each time and never exceeds [`cap`](Self::cap), so that many
/// clients that failed together do not return together; but never less than the service asks for
/// in `Retry-After`. When the time left for the call cannot hold the wait, or when it has had all
/// its [`attempts`](Self::attempts), the call fails at once with the last error.
///
/// By default there are 4 attempts, with a base of 1 second and a cap of 30 seconds:
///
/// ```
/// use std::time::Duration;
///
/// use partner_center_client::{Client, RetryPolicy};
///
/// let policy = RetryPolicy::default().attempts(6).base(Duration::from_millis(500));
/// let client = Client::builder().access_token("eyJ0eXAi.eyJhdWQi.c2lnbmF0").retry(policy);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    cap: Duration,
}

impl RetryPolicy {
    /// A single attempt: no call is repeated, whatever comes of it.
    ///
    /// One thing remains: if an access token is refused and its credential has another one, the
    /// call is sent once more with that.
    pub const fn off() -> Self {
        Self { attempts: 1, base: Duration::ZERO, cap: Duration::ZERO }
    }

    /// How often a call is sent at most, the first time included; 0 counts as 1.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest random wait before the second attempt; it doubles for each further one.
    #[must_use]
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The longest random wait before any attempt. It does not shorten what `Retry-After` asks for.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// The wait before each attempt but the first.
    pub(crate) fn waits(&self) -> Waits {
        let spans = ExponentialBuilder::new()
            .with_min_delay(self.base.min(self.cap))
            .with_max_delay(self.cap)
            .with_max_times(self.attempts.saturating_sub(1) as usize);
        Waits(spans.build())
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: 4, base: Duration::from_secs(1), cap: Duration::from_secs(30) }
    }
}

/// Waits with full jitter: each a random part of its span.
///
/// <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>
pub(crate) struct Waits(<ExponentialBuilder as BackoffBuilder>::Backoff);

impl Iterator for Waits {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        self.0.next().map(|span| span.mul_f64(fastrand::f64()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(policy: RetryPolicy) -> Vec<Vec<f64>> {
        let waits = || policy.waits().map(|wait| wait.as_secs_f64()).collect();
        std::iter::repeat_with(waits).take(1000).collect()
    }

    #[test]
    fn each_wait_is_any_part_of_its_span() {
        let waits = seconds(RetryPolicy::default().attempts(8));
        for (index, span) in [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0].into_iter().enumerate() {
            let of_index = || waits.iter().map(|waits| waits[index] / span);
            assert!(of_index().all(|part| (0.0..1.0).contains(&part)), "{span}");
            assert!(of_index().any(|part| part < 0.1) && of_index().any(|part| part > 0.9));
        }
        assert!(waits.iter().all(|waits| waits.len() == 7));
    }

    #[test]
    fn no_wait_without_a_further_attempt() {
        for policy in [RetryPolicy::off(), RetryPolicy::default().attempts(0)] {
            assert_eq!(policy.waits().count(), 0);
        }
    }

    #[test]
    fn a_cap_below_the_base_holds() {
        let policy = RetryPolicy::default().cap(Duration::from_millis(10));
        assert!(seconds(policy).iter().flatten().all(|&wait| wait < 0.01));
    }

    #[test]
    fn no_policy_overflows() {
        let policy = RetryPolicy { attempts: u32::MAX, base: Duration::MAX, cap: Duration::MAX };
        assert!(policy.waits().take(100).all(|wait| wait <= Duration::MAX));
    }
}
