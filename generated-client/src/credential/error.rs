//! The error that a credential returns.

mod print;

use std::{error::Error as StdError, sync::Arc, time::Duration};

use reqwest::StatusCode;

use super::kind::CredentialErrorKind;
use crate::retry::FailedExchange;

type Source = Box<dyn StdError + Send + Sync>;

/// The error of a credential that failed to return an access token.
///
/// It is the [`source`](StdError::source) of an error of the kind
/// [`ErrorKind::Credential`](crate::ErrorKind::Credential), and
/// [`Error::credential_error`](crate::Error::credential_error) returns it. `Display` prints one line with Microsoft's
/// codes and IDs, the remedy if one is known, and the time left until the next token request. No part of the error
/// shows a token or a client secret.
///
/// # Pauses
///
/// After a failure, the client makes no token requests during a pause, and calls that need a token get
/// the same error. The pause lasts:
///
/// - 30 seconds after a permanent failure;
/// - 1 second after any other failure, doubled with each further failure up to 30 seconds;
/// - as long as the authority asks for in `Retry-After`, if that is longer, but at most an hour.
///
/// Such a call fails immediately if the failure is permanent, if the authority asked for the wait, or if the token
/// request took 40 seconds or more. Otherwise, it waits for the end of the pause and tries again, as far as its
/// [`RetryPolicy`](crate::RetryPolicy) and its [`timeout`](crate::ClientBuilder::timeout) allow.
///
/// The pause ends early if the credential's secrets change; see
/// [`Credential::revision`](crate::Credential::revision).
#[derive(Clone)]
pub struct CredentialError {
    inner: Arc<Inner>,
    pause: Option<Pause>,
}

struct Inner {
    kind: CredentialErrorKind,
    problem: String,
    response: AuthorityResponse,
    source: Option<Source>,
    /// The duration of the failed exchange.
    duration: Duration,
}

/// The pause before the next exchange.
#[derive(Clone, Copy)]
struct Pause {
    left: Duration,
    /// True if the exchange failed before the call needed a token.
    is_earlier: bool,
}

/// The details from the authority's response; empty if there was no response.
#[derive(Debug, Default)]
pub(super) struct AuthorityResponse {
    pub(super) status: Option<StatusCode>,
    pub(super) retry_after: Option<Duration>,
    pub(super) error: Option<String>,
    pub(super) codes: Vec<u32>,
    pub(super) trace_id: Option<String>,
    pub(super) correlation_id: Option<String>,
}

impl CredentialError {
    /// Creates the error of a custom credential.
    pub fn other(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(CredentialErrorKind::Other, "the credential failed").with_source(source)
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> CredentialErrorKind {
        self.inner.kind
    }

    /// Returns the status of the authority's response.
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.response.status
    }

    /// Returns the OAuth error code of the response, such as `invalid_client` or `invalid_grant`.
    pub fn error(&self) -> Option<&str> {
        self.inner.response.error.as_deref()
    }

    /// Returns the numbers of the AADSTS error codes, such as 7000215, which Microsoft's [list] explains.
    ///
    /// [list]: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
    pub fn codes(&self) -> &[u32] {
        &self.inner.response.codes
    }

    /// Returns the authority's trace ID, which Microsoft support asks for.
    pub fn trace_id(&self) -> Option<&str> {
        self.inner.response.trace_id.as_deref()
    }

    /// Returns the authority's correlation ID, which Microsoft support asks for.
    pub fn correlation_id(&self) -> Option<&str> {
        self.inner.response.correlation_id.as_deref()
    }

    /// Returns the time left until the client makes another token request; calls get no new token until then.
    ///
    /// It is the remainder of the [pause](Self#pauses) after the failure. It is `None` if no client
    /// requested the token and no authority asked for a wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.pause.map(|pause| pause.left).or(self.asked_wait())
    }

    /// Returns whether the same exchange may succeed later.
    ///
    /// True if the connection failed or the exchange timed out, and for the
    /// [retryable statuses](crate::RetryPolicy#retryable-statuses). False for permanent failures, such as
    /// the ones listed at [`Error::is_retryable`](crate::Error::is_retryable).
    pub fn is_retryable(&self) -> bool {
        self.failed_exchange().is_retryable()
    }

    pub(crate) fn failed_exchange(&self) -> FailedExchange<'_> {
        let (kind, status) = (self.kind(), self.status());
        FailedExchange { kind, status, source: self.inner.source.as_deref() }
    }

    /// Returns whether a call should fail instead of waiting for another exchange. True if the authority asked
    /// an earlier call to wait, or if the exchange took so long that the credential has already retried it.
    pub(crate) fn ends_call(&self) -> bool {
        let is_earlier = self.pause.is_some_and(|pause| pause.is_earlier);
        let was_asked = is_earlier && self.asked_wait().is_some();
        was_asked || self.inner.duration >= LONG_EXCHANGE
    }

    /// Returns whether the failure is known to be permanent.
    pub(super) fn is_permanent(&self) -> bool {
        // Nothing is known about a failure of a credential that is not part of this crate.
        !self.is_retryable() && self.kind() != CredentialErrorKind::Other
    }

    /// Returns the wait that the authority asked for.
    pub(super) fn asked_wait(&self) -> Option<Duration> {
        self.inner.response.retry_after
    }

    pub(super) fn set_no_token() -> Self {
        let problem = "access token: empty or not a token; \
            pass it alone, without `Bearer`, quotes or line breaks";
        Self::new(CredentialErrorKind::Configuration, problem)
    }

    pub(super) fn returned_no_token() -> Self {
        let problem = "the credential returned an access token that is empty \
            or contains characters that are invalid in a token";
        Self::new(CredentialErrorKind::InvalidResponse, problem)
    }

    pub(super) fn too_slow(limit: Duration) -> Self {
        let problem = format!("the credential returned no token within {} s", limit.as_secs());
        Self::new(CredentialErrorKind::Timeout, problem)
    }

    pub(super) fn aborted() -> Self {
        let problem = "the credential panicked, or its runtime was shut down";
        Self::new(CredentialErrorKind::Other, problem)
    }

    pub(super) fn new(kind: CredentialErrorKind, problem: impl Into<String>) -> Self {
        let (problem, response) = (problem.into(), AuthorityResponse::default());
        let inner = Inner { kind, problem, response, source: None, duration: Duration::ZERO };
        Self { inner: Arc::new(inner), pause: None }
    }

    pub(super) fn with_source(self, source: impl Into<Source>) -> Self {
        let source = Some(source.into());
        self.map(|inner| Inner { source, ..inner })
    }

    #[cfg(any(feature = "azure_core", feature = "oauth2"))]
    pub(super) fn with_response(self, response: AuthorityResponse) -> Self {
        self.map(|inner| Inner { response, ..inner })
    }

    /// Adds the duration of the exchange, unless the credential has kept a clone of its error.
    pub(super) fn with_duration(mut self, duration: Duration) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.inner) {
            inner.duration = duration;
        }
        self
    }

    pub(super) fn with_pause(self, left: Duration) -> Self {
        Self { pause: Some(Pause { left, is_earlier: false }), ..self }
    }

    /// Adds the time left in the pause, for a call that begins during it.
    pub(super) fn with_time_left(self, left: Duration) -> Self {
        Self { pause: Some(Pause { left, is_earlier: true }), ..self }
    }

    fn map(self, change: impl FnOnce(Inner) -> Inner) -> Self {
        let inner = Arc::into_inner(self.inner).expect("a new error has no clone");
        Self { inner: Arc::new(change(inner)), ..self }
    }
}

/// The minimum duration of a long exchange. The credentials from `azure_core` do their own retries for a minute; the
/// credentials of this crate give up after 30 seconds by default.
const LONG_EXCHANGE: Duration = Duration::from_secs(40);
