//! The error of a credential.

use std::{error::Error as StdError, fmt, sync::Arc, time::Duration};

use reqwest::StatusCode;

use super::{kind::CredentialErrorKind, remedy};
use crate::{excerpt, retry::FailedExchange};

type Source = Box<dyn StdError + Send + Sync>;

/// The error of a credential that returned no access token.
///
/// It is the [`source`](StdError::source) of an error of the kind
/// [`ErrorKind::Credential`](crate::ErrorKind::Credential), where
/// [`Error::credential_error`](crate::Error::credential_error) returns it. `Display` prints one line
/// with Microsoft's codes and IDs, and the remedy if one is known. No part of it shows a token or
/// a client secret.
#[derive(Clone)]
pub struct CredentialError(Arc<Inner>);

struct Inner {
    kind: CredentialErrorKind,
    problem: String,
    answer: Answer,
    source: Option<Source>,
}

/// The parts of the authority's response, if there was one.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) status: Option<StatusCode>,
    pub(super) retry_after: Option<Duration>,
    pub(super) error: Option<String>,
    pub(super) codes: Vec<u32>,
    pub(super) trace_id: Option<String>,
    pub(super) correlation_id: Option<String>,
}

impl CredentialError {
    /// Creates the error of a credential of your own.
    pub fn other(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(CredentialErrorKind::Other, "the credential failed").with_source(source)
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> CredentialErrorKind {
        self.0.kind
    }

    /// Returns the status of the authority's response.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.status
    }

    /// Returns the OAuth error code of the refusal, such as `invalid_client` or `invalid_grant`.
    pub fn error(&self) -> Option<&str> {
        self.0.answer.error.as_deref()
    }

    /// Returns the numbers of the AADSTS codes, such as 7000215, to look up in Microsoft's [list].
    ///
    /// [list]: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
    pub fn codes(&self) -> &[u32] {
        &self.0.answer.codes
    }

    /// Returns the authority's trace ID, which Microsoft's support asks for.
    pub fn trace_id(&self) -> Option<&str> {
        self.0.answer.trace_id.as_deref()
    }

    /// Returns the authority's correlation ID, which Microsoft's support asks for.
    pub fn correlation_id(&self) -> Option<&str> {
        self.0.answer.correlation_id.as_deref()
    }

    /// Returns the wait that the authority asks for before the next request.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.answer.retry_after
    }

    /// Returns whether the same exchange may succeed later.
    ///
    /// True if the connection failed or the exchange timed out, and for the
    /// [retryable statuses](crate::RetryPolicy#retryable-statuses). False for permanent failures,
    /// such as those listed at [`Error::is_retryable`](crate::Error::is_retryable).
    pub fn is_retryable(&self) -> bool {
        self.failed_exchange().is_retryable()
    }

    pub(crate) fn failed_exchange(&self) -> FailedExchange<'_> {
        let (kind, status) = (self.kind(), self.status());
        FailedExchange { kind, status, source: self.0.source.as_deref() }
    }

    pub(super) fn set_no_token() -> Self {
        let problem = "access token: empty or not a token; \
            pass it alone, without `Bearer`, quotes or line breaks";
        Self::new(CredentialErrorKind::Configuration, problem)
    }

    pub(super) fn given_no_token() -> Self {
        let problem = "the credential gave no access token, but nothing or other characters";
        Self::new(CredentialErrorKind::InvalidResponse, problem)
    }

    pub(super) fn too_slow(limit: Duration) -> Self {
        let problem = format!("the credential gave no token within {} s", limit.as_secs());
        Self::new(CredentialErrorKind::Timeout, problem)
    }

    pub(super) fn aborted() -> Self {
        let problem = "the credential panicked, or the runtime that it ran on has ended";
        Self::new(CredentialErrorKind::Other, problem)
    }

    pub(super) fn new(kind: CredentialErrorKind, problem: impl Into<String>) -> Self {
        let (problem, answer) = (problem.into(), Answer::default());
        Self(Arc::new(Inner { kind, problem, answer, source: None }))
    }

    pub(super) fn with_source(self, source: impl Into<Source>) -> Self {
        let source = Some(source.into());
        self.map(|inner| Inner { source, ..inner })
    }

    #[cfg(feature = "oauth2")]
    pub(super) fn with_answer(self, answer: Answer) -> Self {
        self.map(|inner| Inner { answer, ..inner })
    }

    fn map(self, change: impl FnOnce(Inner) -> Inner) -> Self {
        let inner = Arc::into_inner(self.0).expect("an error that is being made has no clone");
        Self(Arc::new(change(inner)))
    }

    fn ids(&self) -> Option<String> {
        let ids = [("trace ID", self.trace_id()), ("correlation ID", self.correlation_id())];
        let ids = ids.into_iter().filter_map(|(name, id)| Some((name, excerpt::one_line(id?, 64))));
        let ids: Vec<String> = ids.map(|(name, id)| format!("{name} {id}")).collect();
        (!ids.is_empty()).then(|| ids.join(", "))
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = self.0.problem.as_str();
        match self.codes().iter().find_map(|&code| remedy::of_sign_in(code)) {
            Some(remedy) => write!(f, "{}; {remedy}", problem.trim_end_matches('.'))?,
            None => write!(f, "{problem}")?,
        }
        match self.ids() {
            Some(ids) => write!(f, " ({ids})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialError")
            .field("kind", &self.0.kind)
            .field("message", &self.to_string())
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for CredentialError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
