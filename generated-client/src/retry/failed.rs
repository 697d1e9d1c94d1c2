//! Decides from the details of a failure whether it is retryable, and whether the service may have acted.

use std::error::Error as StdError;

use reqwest::StatusCode;

use crate::{credential::kind::CredentialErrorKind, error::kind::ErrorKind, failure::Failure};

type Source<'a> = Option<&'a (dyn StdError + Send + Sync + 'static)>;

/// The details of a failed call that determine whether it is retryable.
pub(crate) struct FailedCall<'a> {
    pub(crate) kind: ErrorKind,
    pub(crate) status: Option<StatusCode>,
    pub(crate) has_fault: bool,
    /// The `isRetryable` member of the fault in the response.
    pub(crate) fault_is_retryable: Option<bool>,
    pub(crate) has_retry_after: bool,
    pub(crate) source: Source<'a>,
    pub(crate) exchange: Option<FailedExchange<'a>>,
}

impl FailedCall<'_> {
    /// Returns whether the same call may succeed later.
    pub(crate) fn is_retryable(&self) -> bool {
        match self.kind {
            ErrorKind::Timeout
            | ErrorKind::Throttled
            | ErrorKind::IncompleteResponse
            | ErrorKind::NotSettled => true,
            ErrorKind::Connection => is_transient(self.source),
            ErrorKind::Credential => {
                self.exchange.as_ref().is_some_and(FailedExchange::is_retryable)
            }
            ErrorKind::ErrorResponse => {
                self.fault_is_retryable == Some(true) || is_retryable_status(self.status)
            }
            ErrorKind::Configuration
            | ErrorKind::InvalidRequest
            | ErrorKind::UnsupportedToken
            | ErrorKind::InvalidResponse
            | ErrorKind::InvalidLink
            | ErrorKind::NotConfirmed
            | ErrorKind::UnexpectedResponse => false,
        }
    }

    /// Returns whether the service may have acted on the request that failed.
    pub(crate) fn may_have_acted(&self) -> bool {
        match self.kind {
            ErrorKind::Connection | ErrorKind::Timeout => was_sent(self.source),
            ErrorKind::IncompleteResponse
            | ErrorKind::InvalidResponse
            | ErrorKind::NotConfirmed
            | ErrorKind::UnexpectedResponse => true,
            ErrorKind::ErrorResponse => !self.is_refusal(),
            ErrorKind::Configuration
            | ErrorKind::InvalidRequest
            | ErrorKind::UnsupportedToken
            | ErrorKind::Credential
            | ErrorKind::Throttled
            | ErrorKind::InvalidLink
            | ErrorKind::NotSettled => false,
        }
    }

    /// Returns whether the response shows that the service has not acted. A gateway can send 502 and 504, and its own
    /// 500 and 503, after it has forwarded the request. The `isRetryable` member of a fault does not show it: it means
    /// that the request may succeed later, not that it had no effect.
    fn is_refusal(&self) -> bool {
        match self.status.map(|status| status.as_u16()) {
            // The request was performed, and its result is at another URL.
            Some(303) => false,
            Some(408) => false,
            Some(501) => true,
            // "Currently unable to handle the request due to a temporary overload or scheduled maintenance". A fault
            // shows that the service itself says so. Without a fault, `Retry-After` states when the overload or
            // maintenance ends, which a gateway does not know if it has lost its connection to the service.
            // https://www.rfc-editor.org/rfc/rfc9110#status.503
            Some(503) => self.has_fault || self.has_retry_after,
            Some(status) => status < 500,
            None => false,
        }
    }
}

/// The details of a failed exchange for an access token that determine whether it is retryable.
pub(crate) struct FailedExchange<'a> {
    pub(crate) kind: CredentialErrorKind,
    pub(crate) status: Option<StatusCode>,
    pub(crate) source: Source<'a>,
}

impl FailedExchange<'_> {
    /// Returns whether the same exchange may succeed later.
    pub(crate) fn is_retryable(&self) -> bool {
        match self.kind {
            CredentialErrorKind::Timeout => true,
            CredentialErrorKind::Connection => is_transient(self.source),
            CredentialErrorKind::ErrorResponse => is_retryable_status(self.status),
            CredentialErrorKind::Configuration
            | CredentialErrorKind::InvalidResponse
            | CredentialErrorKind::NotStored
            | CredentialErrorKind::Other => false,
        }
    }
}

/// The statuses after which the same request may succeed, whether they come from the service or from the
/// authority that issues tokens. A test checks that the documentation lists them.
pub(super) const RETRYABLE_STATUSES: [u16; 6] = [408, 429, 500, 502, 503, 504];

fn is_retryable_status(status: Option<StatusCode>) -> bool {
    status.is_some_and(|status| RETRYABLE_STATUSES.contains(&status.as_u16()))
}

/// Returns whether a part of the request may have reached the server. If an attempt times out while it connects,
/// reqwest does not say so, and the request counts as sent.
fn was_sent(source: Source<'_>) -> bool {
    let error = source.and_then(|source| source.downcast_ref::<reqwest::Error>());
    error.is_some_and(|error| !error.is_connect() && !error.is_builder())
}

/// Returns whether a connection may succeed later. True if none of the sources is a reqwest error, because nothing is
/// known about other errors.
fn is_transient(source: Source<'_>) -> bool {
    let first = source.map(|source| source as &(dyn StdError + 'static));
    let error = std::iter::successors(first, |&error| error.source())
        .find_map(|error| error.downcast_ref());
    error.is_none_or(|error| {
        matches!(Failure::of(error), Failure::Timeout | Failure::NoConnection | Failure::Ended)
    })
}
