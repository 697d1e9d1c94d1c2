//! Decides how many attempts a call makes, how long it waits between them, and which failures are retryable.

mod failed;

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

pub(crate) use self::failed::{FailedCall, FailedExchange};

/// The minimum time to allow for an attempt, from connecting to the last byte of the response, unless its timeout is
/// shorter.
const MINIMUM_TIME: Duration = Duration::from_secs(1);

/// Returns the minimum time to allow for an attempt. With less time, the attempt would most likely time out.
pub(crate) fn minimum_time(attempt_timeout: Duration) -> Duration {
    MINIMUM_TIME.min(attempt_timeout)
}

/// The maximum number of attempts of a call, and the waits between them.
///
/// A call is retried after each failure that is [retryable](crate::Error::is_retryable). Before each retry, it waits
/// for a random part of an interval that begins with [`base`](Self::base), doubles each time and never exceeds
/// [`cap`](Self::cap), so that clients that failed together do not retry together. It never waits less than the service
/// asks for in `Retry-After`.
///
/// A call that has used all its [`attempts`](Self::attempts) fails immediately with the last error. So does
/// a call whose remaining time is shorter than the wait plus the minimum time for another attempt, because
/// a timeout would hide that error. The minimum time is 1 second, or the time that the last response took
/// if that was longer, but never more than
/// [`attempt_timeout`](crate::ClientBuilder::attempt_timeout).
///
/// # Retryable statuses
///
/// Responses with the statuses 408, 429, 500, 502, 503 and 504 are retryable.
///
/// # Defaults
///
/// By default, a call makes up to 4 attempts, with a base of 1 second and a cap of 30 seconds:
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
    /// Turns retries off: no call is retried after a failure.
    ///
    /// There is one exception: if the service rejects an access token and the credential returns another
    /// token, the call is sent once more with that token.
    pub const fn off() -> Self {
        Self { attempts: 1, base: Duration::ZERO, cap: Duration::ZERO }
    }

    /// Sets the maximum number of attempts, including the first; 0 counts as 1.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the longest random wait before the second attempt; it doubles for each further attempt.
    #[must_use]
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// Sets the longest random wait before any attempt. It does not shorten the wait that `Retry-After` asks for.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Returns the wait before each attempt except the first.
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

/// The waits with full jitter: each wait is a random part of its interval.
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
    use super::{failed::RETRYABLE_STATUSES, *};

    fn seconds(policy: RetryPolicy) -> Vec<Vec<f64>> {
        let waits = || policy.waits().map(|wait| wait.as_secs_f64()).collect();
        std::iter::repeat_with(waits).take(1000).collect()
    }

    #[test]
    fn the_documentation_lists_each_retryable_status() {
        let statuses = RETRYABLE_STATUSES.map(|status| status.to_string());
        let (last, others) = statuses.split_last().unwrap();
        let list = format!("the statuses {} and {last}", others.join(", "));
        assert!(include_str!("retry.rs").contains(&list), "retry.rs lacks: {list}");
        assert!(include_str!("../README.md").contains(&list), "README.md lacks: {list}");
    }

    #[test]
    fn each_wait_is_a_random_part_of_its_interval() {
        let waits = seconds(RetryPolicy::default().attempts(8));
        for (index, span) in [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0].into_iter().enumerate() {
            let of_index = || waits.iter().map(|waits| waits[index] / span);
            assert!(of_index().all(|part| (0.0..1.0).contains(&part)), "{span}");
            assert!(of_index().any(|part| part < 0.1) && of_index().any(|part| part > 0.9));
        }
        assert!(waits.iter().all(|waits| waits.len() == 7));
    }

    #[test]
    fn a_single_attempt_has_no_wait() {
        for policy in [RetryPolicy::off(), RetryPolicy::default().attempts(0)] {
            assert_eq!(policy.waits().count(), 0);
        }
    }

    #[test]
    fn a_cap_below_the_base_applies() {
        let policy = RetryPolicy::default().cap(Duration::from_millis(10));
        assert!(seconds(policy).iter().flatten().all(|&wait| wait < 0.01));
    }

    #[test]
    fn no_policy_overflows() {
        let policy = RetryPolicy { attempts: u32::MAX, base: Duration::MAX, cap: Duration::MAX };
        assert!(policy.waits().take(100).all(|wait| wait <= Duration::MAX));
    }
}
