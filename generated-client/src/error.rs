//! The one error of this crate.

mod make;
mod print;
mod remedy;

use std::{error::Error as StdError, time::Duration};

use reqwest::{StatusCode, header::HeaderMap};

use crate::{
    call::{Call, OperationInfo},
    credential::CredentialError,
    failure,
    generated::types::Fault,
    response::Head,
    retry_after,
};

type Source = Box<dyn StdError + Send + Sync>;

/// Why a client could not be made, or a call of an operation has no value.
///
/// An error knows whatever was known of the call when it failed, for every answer that a server can
/// give: what is not a fault is still a status, headers and a body.
///
/// `Display` prints one line for a log or a support ticket: the operation, the status with its
/// reason, the service's own code and description, the request and correlation IDs, the number of
/// attempts, and how long to wait. It does not print the path with the customer's tenant ID. What
/// [`source`](StdError::source) says is not repeated in it, so print the chain:
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
/// No part of it shows the access token: where the answer repeats it verbatim, in the status line,
/// a header or the body, `<token>` stands in its place.
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

/// How far a call came.
enum Progress {
    NotCalled,
    Called(OperationInfo),
    /// There is a request, which may have been sent.
    Begun(Call),
    Answered(Box<Head>),
}

/// What went wrong, for code that acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is missing or not allowed. Nothing was sent.
    Configuration,
    /// No request could be made of the arguments: one in the path is empty, or the path would have a segment `.` or
    /// `..`, which leads elsewhere. Nothing was sent.
    InvalidRequest,
    /// The credential gave no access token; [`Error::credential_error`] says why.
    Credential,
    /// The connection failed, or was refused, before an answer was complete. The service may have acted on the
    /// request.
    Connection,
    /// The time allowed ran out. The service may have acted on the request.
    Timeout,
    /// The answer has a status of success and broke off. The service has acted on the request.
    IncompleteResponse,
    /// The answer has another status than success; a redirect, which is never followed, is one too.
    ErrorResponse,
    /// The answer has a status of success and a body that is not what the document declares, or
    /// longer than 64 MiB, of which no more is read; or it is not HTTP/1.1, or has more than 1000 headers or 400 KiB
    /// of them, and then there is no status.
    InvalidResponse,
    /// The answer has a status of success that the document does not declare for the operation.
    UnexpectedResponse,
    /// The value that [`wait_until`](crate::wait_until) waits for did not come in time.
    NotSettled,
}

impl Error {
    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The status of the answer, whatever its body was; `None` if there was no answer.
    pub fn status(&self) -> Option<StatusCode> {
        self.head().map(|head| head.status)
    }

    /// The reason phrase of the answer's status line as received; `None` if it is empty.
    ///
    /// For some refusals it is the only explanation that Partner Center gives.
    pub fn reason(&self) -> Option<&str> {
        self.head()?.reason.as_deref()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.head().map(|head| &head.headers)
    }

    /// The body of the answer as received but for the access token, as far as it came, and no more
    /// of it than 64 MiB; `None` if there was no answer, or for an [`ErrorKind::NotSettled`].
    pub fn body(&self) -> Option<&[u8]> {
        self.inner.body.as_deref()
    }

    /// The fault in the body of an [`ErrorKind::ErrorResponse`].
    ///
    /// `None` if the body is something else: a page of HTML, plain text, nothing at all.
    pub fn fault(&self) -> Option<&Fault> {
        self.inner.fault.as_ref()
    }

    /// The service's code for what went wrong, such as `800111`, to compare with Microsoft's
    /// [list].
    ///
    /// It is the `code` of the [`fault`](Self::fault), in the same form whether that is a number or
    /// text; failing that, the code or the name in its `error`. `None` if there is no code.
    ///
    /// ```
    /// # fn explain(error: &partner_center_client::Error) {
    /// if error.code().as_deref() == Some("20002") {
    ///     eprintln!("the customer has no relationship with this partner");
    /// }
    /// # }
    /// ```
    ///
    /// [list]: https://learn.microsoft.com/partner-center/developer/error-codes
    pub fn code(&self) -> Option<String> {
        self.fault()?.code_text()
    }

    /// Why the credential gave no access token, for an [`ErrorKind::Credential`].
    pub fn credential_error(&self) -> Option<&CredentialError> {
        self.inner.source.as_deref()?.downcast_ref()
    }

    /// The `MS-RequestId` of the answer, or that of the call if the answer has none; `None` if
    /// there was no request to send.
    pub fn request_id(&self) -> Option<&str> {
        self.head().map(Head::request_id).or_else(|| Some(self.call()?.request_id()))
    }

    /// The `MS-CorrelationId` of the answer, or that of the call if the answer has none; `None` if
    /// there was no request to send.
    pub fn correlation_id(&self) -> Option<&str> {
        self.head().map(Head::correlation_id).or_else(|| Some(self.call()?.correlation_id()))
    }

    /// How often the call was sent; 0 if it failed before.
    pub fn attempts(&self) -> u32 {
        self.call().map_or(0, |call| call.attempts)
    }

    /// How long the call took until it failed, with all its attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.call().map_or(Duration::ZERO, |call| call.elapsed)
    }

    /// The operation by its method, such as `get_overage`; `None` if no client could be made.
    pub fn operation_id(&self) -> Option<&'static str> {
        match &self.inner.progress {
            Progress::NotCalled => None,
            Progress::Called(operation) => Some(operation.operation_id),
            Progress::Begun(call) => Some(call.operation.operation_id),
            Progress::Answered(head) => Some(head.call.operation.operation_id),
        }
    }

    /// How long the service, or the authority that gives no token, asks to wait before the next
    /// request; `None` if it does not.
    ///
    /// `Retry-After` may be a number of seconds, which is rounded up, or a date; `retry-after-ms` and
    /// `x-ms-retry-after-ms` are milliseconds. Of several the longest counts, and what is no wait is ignored. A date
    /// counts from the `Date` of the same answer if there is one, else from now; one in the past is no wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.credential_error() {
            Some(error) => error.retry_after(),
            None => retry_after::parse(self.headers()?),
        }
    }

    /// Whether the same call may succeed later.
    ///
    /// True if the connection failed, the time ran out (or that of a
    /// [`wait_until`](crate::wait_until)), or the answer broke off; for the statuses
    /// 408, 429, 500, 502, 503 and 504; for a fault that says `isRetryable: true`, whatever its
    /// status; and if the credential may give a token later.
    ///
    /// False if the failure would stay: for an unknown host, a certificate that is not trusted, a proxy that refuses,
    /// and an answer that cannot be read.
    ///
    /// The client itself has repeated such a call as its [`RetryPolicy`](crate::RetryPolicy) allows
    /// before the error is seen. Repeating it further is safe, as each operation reads or sets a
    /// state. Wait for [`retry_after`](Self::retry_after) first.
    pub fn is_retryable(&self) -> bool {
        let fault_says_so = self.fault().is_some_and(|fault| fault.is_retryable == Some(true));
        match self.kind() {
            ErrorKind::Timeout | ErrorKind::IncompleteResponse | ErrorKind::NotSettled => true,
            ErrorKind::Connection => failure::is_transient(self.inner.source.as_deref()),
            ErrorKind::Credential => {
                self.credential_error().is_some_and(CredentialError::is_retryable)
            }
            ErrorKind::ErrorResponse => fault_says_so || self.status().is_some_and(is_transient),
            _ => false,
        }
    }

    pub(crate) fn call(&self) -> Option<&Call> {
        match &self.inner.progress {
            Progress::NotCalled | Progress::Called(_) => None,
            Progress::Begun(call) => Some(call),
            Progress::Answered(head) => Some(&head.call),
        }
    }

    fn head(&self) -> Option<&Head> {
        match &self.inner.progress {
            Progress::Answered(head) => Some(head),
            _ => None,
        }
    }
}

pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.source.as_deref().map(|source| source as _)
    }
}
