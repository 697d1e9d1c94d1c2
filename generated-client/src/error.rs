//! The error type of this crate.

mod ids;
pub(crate) mod kind;
#[cfg(feature = "mock")]
mod made;
mod make;
mod outcome;
mod print;
mod remedy;

use std::{error::Error as StdError, time::Duration};

use reqwest::{StatusCode, header::HeaderMap};

pub use self::kind::ErrorKind;
use crate::{
    call::{Call, OperationInfo},
    credential::CredentialError,
    generated::types::Fault,
    head::Head,
    retry_after,
};

type Source = Box<dyn StdError + Send + Sync>;

/// The error for a client that could not be built, or for a call that returned no value.
///
/// An error keeps everything that was known about the call when it failed. A response without a
/// fault still has a status, headers and a body.
///
/// `Display` prints one line for a log or a support ticket: the operation, the status with its
/// reason, the service's own code and description, the request and correlation IDs, the number of
/// attempts, and how long to wait. It does not print the path with the customer's tenant ID, and it
/// does not repeat its [`source`](StdError::source), so print the chain:
///
/// ```
/// # fn report(error: &dyn std::error::Error) {
/// eprintln!("error: {error}");
/// let mut source = error.source();
/// while let Some(error) = source {
///     eprintln!("  because: {error}");
///     source = error.source();
/// }
/// # }
/// ```
///
/// No part of an error shows the access token: if the response repeats the token in the status line, a
/// header or the body, even percent-encoded or escaped, it is replaced with `<token>`.
pub struct Error {
    inner: Box<Inner>,
}

struct Inner {
    kind: ErrorKind,
    progress: Progress,
    problem: String,
    body: Option<Vec<u8>>,
    fault: Option<Fault>,
    source: Option<Source>,
}

/// The stage that a call reached before it failed.
enum Progress {
    NotCalled,
    Called(OperationInfo),
    /// The call began; its request may have been sent.
    Begun(Call),
    /// The response was received, at least in part.
    Received(Box<Head>),
}

impl Error {
    /// Returns the kind of the error. The table at [`ErrorKind`] says what to do about each kind.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// Returns the status of the response, regardless of its body; `None` if there was no response.
    pub fn status(&self) -> Option<StatusCode> {
        self.head().map(|head| head.status)
    }

    /// Returns the reason phrase of the response's status line as received; `None` if it is empty.
    ///
    /// For some rejected requests, it is the only explanation that Partner Center gives.
    pub fn reason(&self) -> Option<&str> {
        self.head()?.reason.as_deref()
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.head().map(|head| &head.headers)
    }

    /// Returns the body of the response as received, without the access token.
    ///
    /// It contains what was received, up to [`max_response_bytes`](crate::ClientBuilder::max_response_bytes). It is
    /// `None` if there was no response, or for an [`ErrorKind::NotSettled`] or [`ErrorKind::InvalidLink`].
    pub fn body(&self) -> Option<&[u8]> {
        self.inner.body.as_deref()
    }

    /// Returns the fault in the body of an [`ErrorKind::ErrorResponse`].
    ///
    /// It is `None` if the body is something else, such as an HTML page or plain text, or is empty. For a long body,
    /// the fault contains the first hundred members that end within the first 64 KiB.
    pub fn fault(&self) -> Option<&Fault> {
        self.inner.fault.as_ref()
    }

    /// Returns the service's error code, such as `800111`, to compare with Microsoft's [list].
    ///
    /// It is the `code` of the [`fault`](Self::fault), as a string even if the service sent a number. If
    /// the fault has no `code`, it is the code or the name in the fault's `error`. It is `None` if there is
    /// no code. The documented codes are constants in [`codes`](crate::codes).
    ///
    /// ```
    /// # fn explain(error: &partner_center_client::Error) {
    /// use partner_center_client::codes;
    ///
    /// if error.code().as_deref() == Some(codes::CODE_20002) {
    ///     eprintln!("the customer has no relationship with this partner");
    /// }
    /// # }
    /// ```
    ///
    /// [list]: https://learn.microsoft.com/partner-center/developer/error-codes
    pub fn code(&self) -> Option<String> {
        self.fault()?.code_text()
    }

    /// Returns the error of the credential, for an [`ErrorKind::Credential`].
    pub fn credential_error(&self) -> Option<&CredentialError> {
        self.inner.source.as_deref()?.downcast_ref()
    }

    /// Returns the number of attempts; 0 if the call failed before the first one.
    pub fn attempts(&self) -> u32 {
        self.call().map_or(0, |call| call.attempts)
    }

    /// Returns the duration of the call until it failed, including all attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.call().map_or(Duration::ZERO, |call| call.elapsed)
    }

    /// Returns the name of the operation's method, such as `get_overage`; `None` if no client could be built.
    pub fn operation_id(&self) -> Option<&'static str> {
        match &self.inner.progress {
            Progress::NotCalled => None,
            Progress::Called(operation) => Some(operation.operation_id),
            Progress::Begun(call) => Some(call.operation.operation_id),
            Progress::Received(head) => Some(head.call.operation.operation_id),
        }
    }

    /// Returns the wait that the service asks for before the next request; `None` if it does not ask for one. For an
    /// [`ErrorKind::Credential`], returns the time left until the client makes another [token
    /// request](CredentialError::retry_after).
    ///
    /// `Retry-After` can be a number of seconds, which is rounded up, or a date; `retry-after-ms` and
    /// `x-ms-retry-after-ms` are in milliseconds. The longest of several waits applies, and invalid values are ignored.
    /// A date is relative to the `Date` header of the same response if there is one, or else to the current time; a
    /// date in the past means no wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match (self.credential_error(), self.held()) {
            (Some(error), _) => error.retry_after(),
            (None, Some(held)) => Some(held.wait),
            (None, None) => retry_after::parse(self.headers()?),
        }
    }

    /// Returns whether the service rejects all tokens of this kind, so a new one does not help.
    pub(crate) fn rejects_all_tokens(&self) -> bool {
        self.code().as_deref().and_then(remedy::of_fault).is_some()
    }

    pub(crate) fn call(&self) -> Option<&Call> {
        match &self.inner.progress {
            Progress::NotCalled | Progress::Called(_) => None,
            Progress::Begun(call) => Some(call),
            Progress::Received(head) => Some(&head.call),
        }
    }

    fn head(&self) -> Option<&Head> {
        match &self.inner.progress {
            Progress::Received(head) => Some(head),
            _ => None,
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.source.as_deref().map(|source| source as _)
    }
}
