//! The consequences of a failed call: whether to retry it, and whether the service may have acted on it.

use std::{error::Error as StdError, fmt, time::Duration};

use reqwest::StatusCode;

use super::{Error, ErrorKind};
use crate::{credential::CredentialError, retry::FailedCall};

impl Error {
    /// Returns whether the same call may succeed later.
    ///
    /// True in these cases:
    ///
    /// - The connection failed, the call or a [`wait_until`](crate::wait_until) timed out, or the response
    ///   was incomplete.
    /// - The status is a [retryable status](crate::RetryPolicy#retryable-statuses), or the response is a
    ///   fault with `isRetryable: true`, regardless of its status.
    /// - The service throttles the client.
    /// - The credential may return a token later.
    ///
    /// False for permanent failures: an unknown host, an untrusted certificate, a proxy that refuses to
    /// connect, or a response that cannot be read.
    ///
    /// Before the client returns such an error, it has already retried the call as far as its
    /// [`RetryPolicy`](crate::RetryPolicy) allows. Wait for [`retry_after`](Self::retry_after) before you
    /// repeat the call.
    ///
    /// # Repeated writes
    ///
    /// If another write has set a newer value in between, repeating a write sets the old value again. The
    /// client prevents that except in the cases under [Repeated writes](crate#repeated-writes).
    pub fn is_retryable(&self) -> bool {
        self.failed_call().is_retryable()
    }

    /// Returns whether the service may have acted on a write although the call failed.
    ///
    /// True if at least one attempt timed out or lost its connection after the request could have been sent, or got an
    /// inconclusive response: 303, 408, a 5xx status other than 501 (a 503 only with neither a fault nor
    /// `Retry-After`), or a success that is incomplete, cannot be read, has an undeclared status, or does not confirm
    /// the write. False if each attempt was rejected, as other statuses show. A fault with `isRetryable: true` does not
    /// show a rejection: the same call may succeed later, but the service may have acted on this one. Always false for
    /// an operation that only reads.
    ///
    /// To find out, read the value. To repeat the write so that the service recognizes the repetition, pass
    /// [`sent_request_id`](Self::sent_request_id) to
    /// [`with_request_id`](crate::Client::with_request_id).
    pub fn is_ambiguous(&self) -> bool {
        self.call().is_some_and(|call| {
            call.operation.is_write() && (call.is_ambiguous || self.failed_call().may_have_acted())
        })
    }

    /// Returns whether the service throttles the client: it responded with 429 Too Many Requests to this call, or to
    /// another call of the client so that this one was [held back](ErrorKind::Throttled).
    pub fn is_throttled(&self) -> bool {
        self.kind() == ErrorKind::Throttled || self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns whether a call failed because too little time was left.
    pub(crate) fn is_out_of_time(&self) -> bool {
        matches!(self.kind(), ErrorKind::Timeout | ErrorKind::Throttled)
    }

    pub(super) fn held(&self) -> Option<&Held> {
        self.inner.source.as_deref()?.downcast_ref()
    }

    fn failed_call(&self) -> FailedCall<'_> {
        FailedCall {
            kind: self.kind(),
            status: self.status(),
            has_fault: self.fault().is_some(),
            fault_is_retryable: self.fault().and_then(|fault| fault.is_retryable),
            has_retry_after: self.retry_after().is_some(),
            source: self.inner.source.as_deref(),
            exchange: self.credential_error().map(CredentialError::failed_exchange),
        }
    }
}

/// The source of an error of the kind [`ErrorKind::Throttled`].
#[derive(Debug)]
pub(super) struct Held {
    pub(super) wait: Duration,
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service responded to another call with 429 Too Many Requests")
    }
}

impl StdError for Held {}
