//! Why there is no access token.

use std::{error::Error as StdError, fmt, sync::Arc, time::Duration};

use reqwest::StatusCode;

use super::remedy;
use crate::{error::is_transient, excerpt, failure};

type Source = Box<dyn StdError + Send + Sync>;

/// Why a credential gave no access token.
///
/// It is the [`source`](StdError::source) of an error of the kind
/// [`ErrorKind::Credential`](crate::ErrorKind::Credential), where
/// [`Error::credential_error`](crate::Error::credential_error) finds it. `Display` prints one line
/// with Microsoft's codes and IDs, and the remedy where one is known. No part of it shows a token or
/// a client secret.
#[derive(Clone)]
pub struct CredentialError(Arc<Inner>);

struct Inner {
    kind: CredentialErrorKind,
    problem: String,
    answer: Answer,
    source: Option<Source>,
}

/// What the authority answered, as far as it did.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) status: Option<StatusCode>,
    pub(super) retry_after: Option<Duration>,
    pub(super) error: Option<String>,
    pub(super) codes: Vec<u32>,
    pub(super) trace_id: Option<String>,
    pub(super) correlation_id: Option<String>,
}

/// Why a credential gave no access token, for code that acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialErrorKind {
    /// A setting of the credential is missing or not allowed. Nothing was sent.
    Configuration,
    /// The connection to the authority failed, or was refused, before its answer was complete.
    Connection,
    /// The time allowed ran out.
    Timeout,
    /// The authority answered with another status than success: it refuses, or is disturbed.
    ErrorResponse,
    /// The credential gave something that is no access token.
    InvalidResponse,
    /// The new refresh token could not be stored, so the access token that came with it is not used.
    NotStored,
    /// A credential of another making failed; the source says why.
    Other,
}

impl CredentialError {
    /// The error of a credential of your own.
    pub fn other(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(CredentialErrorKind::Other, "the credential failed").with_source(source)
    }

    /// What went wrong.
    pub fn kind(&self) -> CredentialErrorKind {
        self.0.kind
    }

    /// The status with which the authority answered.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.status
    }

    /// The name that OAuth gives to the refusal, such as `invalid_client` or `invalid_grant`.
    pub fn error(&self) -> Option<&str> {
        self.0.answer.error.as_deref()
    }

    /// The numbers of the AADSTS codes, such as 7000215, to look up in Microsoft's [list].
    ///
    /// [list]: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
    pub fn codes(&self) -> &[u32] {
        &self.0.answer.codes
    }

    /// The authority's trace ID, which Microsoft's support asks for.
    pub fn trace_id(&self) -> Option<&str> {
        self.0.answer.trace_id.as_deref()
    }

    /// The authority's correlation ID, which Microsoft's support asks for.
    pub fn correlation_id(&self) -> Option<&str> {
        self.0.answer.correlation_id.as_deref()
    }

    /// How long the authority asks to wait before the next request.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.answer.retry_after
    }

    /// Whether the same exchange may succeed later: the connection failed, the time ran out, or the
    /// status is 408, 429, 500, 502, 503 or 504. False for what would stay, as
    /// [`Error::is_retryable`](crate::Error::is_retryable) says.
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            CredentialErrorKind::Timeout => true,
            CredentialErrorKind::Connection => failure::is_transient(self.0.source.as_deref()),
            CredentialErrorKind::ErrorResponse => self.status().is_some_and(is_transient),
            _ => false,
        }
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
