//! The kinds of errors.

/// The kind of an error, for code that acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is missing or not allowed. Nothing was sent.
    Configuration,
    /// The arguments do not make a valid request: one in the path is empty, or the path would have a segment `.` or
    /// `..` and address another resource. Nothing was sent.
    InvalidRequest,
    /// The credential returned no access token; [`Error::credential_error`] says why.
    ///
    /// [`Error::credential_error`]: crate::Error::credential_error
    Credential,
    /// The connection failed, or was refused, before the response was complete. The service may have acted on the
    /// request.
    Connection,
    /// The call timed out. The service may have acted on the request, unless [`Error::attempts`] is 0.
    ///
    /// [`Error::attempts`]: crate::Error::attempts
    Timeout,
    /// The call was held back, and nothing was sent: the service answered another call of this client with 429, and
    /// asked for a wait that is longer than the remaining time of this call. [`Error::retry_after`] returns the rest of
    /// that wait. A 429 in response to the call itself is an [`ErrorResponse`](Self::ErrorResponse);
    /// [`Error::is_throttled`] covers both.
    ///
    /// [`Error::retry_after`]: crate::Error::retry_after
    /// [`Error::is_throttled`]: crate::Error::is_throttled
    Throttled,
    /// The response has a success status, but the connection ended before its body was complete. The service has
    /// acted on the request.
    IncompleteResponse,
    /// The response has a status other than success. Redirects count too, as they are never followed.
    ErrorResponse,
    /// The response has a success status, but its body does not match the document, or is longer than
    /// [`max_response_bytes`](crate::ClientBuilder::max_response_bytes). Or the response is not HTTP/1.1, or has more
    /// than 256 headers or 400 KiB of them; it then has no status.
    InvalidResponse,
    /// The response has a success status, but does not confirm what was sent: it lacks a member that the request has
    /// and that the document declares for both, or a number that was to be set has another value in it. The message
    /// names the member. The service may have acted on the request, so read the value before you repeat the call.
    ///
    /// The response to clearing a member (null, or an empty list or object) is not checked, and neither are the
    /// values of members other than numbers.
    NotConfirmed,
    /// The response has a success status that the document does not declare for the operation.
    UnexpectedResponse,
    /// The value that [`wait_until`](crate::wait_until) waits for was not reached in time.
    NotSettled,
}
