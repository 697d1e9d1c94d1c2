//! The kinds of errors.

/// The kind of an error, for programs that act on it.
///
/// # What to do
///
/// Two methods of the error cover most cases, regardless of its kind:
///
/// 1. If [`is_ambiguous`] returns true, the service may have acted on a write. Read the value before you set it
///    again.
/// 2. Otherwise, if [`is_retryable`] returns true, the same call may succeed later. Wait for [`retry_after`], or for
///    a minute if it returns `None`. The client has already retried as far as its
///    [`RetryPolicy`](crate::RetryPolicy) allows.
///
/// In all other cases, repeating the call does not help. The kind says what does:
///
/// | Kind | What a program should do |
/// |---|---|
/// | [`Configuration`](Self::Configuration) | Correct the setting that the message names. |
/// | [`InvalidRequest`](Self::InvalidRequest) | Reject the input that the argument comes from. |
/// | [`UnsupportedToken`](Self::UnsupportedToken) | Use a client whose credential returns tokens of a kind that the operation accepts. The message names the kind. |
/// | [`Credential`](Self::Credential) | Call again later if it is retryable. Otherwise correct the secret, consent or registration that [`credential_error`] describes. Until then, all calls fail. |
/// | [`Connection`](Self::Connection) | Call again later if it is retryable. Otherwise correct the host name, certificate or proxy that the source names. |
/// | [`Timeout`](Self::Timeout) | Call again later, or allow more time with [`timeout`] and [`attempt_timeout`]. |
/// | [`Throttled`](Self::Throttled) | Call again after [`retry_after`], and limit the rate with [`requests_per_minute`]. |
/// | [`IncompleteResponse`](Self::IncompleteResponse) | Repeat a read. After a write, read the value. |
/// | [`ErrorResponse`](Self::ErrorResponse) | Act on [`status`] and [`code`], which [`statuses`](crate::statuses) explains. |
/// | [`InvalidResponse`](Self::InvalidResponse) | After a write, read the value. Look at [`body`]: it may come from a proxy or another server. If not, report it with [`request_id`]. |
/// | [`InvalidLink`](Self::InvalidLink) | Do not treat the items read so far as complete. Report the link with [`request_id`]. |
/// | [`NotConfirmed`](Self::NotConfirmed) | A write's success response lacks or contradicts a value that was set. Read the value before you set it again. |
/// | [`UnexpectedResponse`](Self::UnexpectedResponse) | After a write, read the value. Look for a newer version of this crate, because the service may have changed. |
/// | [`NotSettled`](Self::NotSettled) | Wait longer, or read the value and decide. The change may still become visible. |
///
/// More kinds may be added. For an unknown kind, use the two methods.
///
/// [`attempt_timeout`]: crate::ClientBuilder::attempt_timeout
/// [`body`]: crate::Error::body
/// [`code`]: crate::Error::code
/// [`credential_error`]: crate::Error::credential_error
/// [`is_ambiguous`]: crate::Error::is_ambiguous
/// [`is_retryable`]: crate::Error::is_retryable
/// [`request_id`]: crate::Error::request_id
/// [`requests_per_minute`]: crate::ClientBuilder::requests_per_minute
/// [`retry_after`]: crate::Error::retry_after
/// [`status`]: crate::Error::status
/// [`timeout`]: crate::ClientBuilder::timeout
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is missing or invalid. Nothing was sent.
    Configuration,
    /// The arguments do not form a valid request: a path argument is empty, or the path would have a segment `.` or
    /// `..` and address another resource. Nothing was sent.
    InvalidRequest,
    /// The credential [declares](crate::Credential::token_kind) a kind of access token that the operation does not
    /// accept, such as app-only tokens for an operation that accepts only app+user tokens. Nothing was sent, and no
    /// token was requested.
    UnsupportedToken,
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
    /// The call was held back, and nothing was sent: the service responded to another call of this client with 429, and
    /// asked for a wait that is longer than the time left for this call. [`Error::retry_after`] returns the remainder
    /// of that wait. A 429 in response to the call itself is an [`ErrorResponse`](Self::ErrorResponse);
    /// [`Error::is_throttled`] covers both.
    ///
    /// [`Error::retry_after`]: crate::Error::retry_after
    /// [`Error::is_throttled`]: crate::Error::is_throttled
    Throttled,
    /// The response has a success status, but the connection ended before its body was complete. The service has
    /// acted on the request.
    IncompleteResponse,
    /// The response has a status other than success. This includes redirects, which are never followed.
    ErrorResponse,
    /// The response has a success status, but its body does not match the document, or is longer than
    /// [`max_response_bytes`](crate::ClientBuilder::max_response_bytes). Or the response is not HTTP/1.1, or has more
    /// than 256 headers or more than 400 KiB of headers; then the error has no status.
    InvalidResponse,
    /// A page of a collection was read, but its link to the next page was not followed: the link points to another
    /// server, another path or an earlier page, is malformed, or asks for a method or a header that a link must not
    /// set. The message states the reason. [`Pages`](crate::Pages#links) lists what a link can contain.
    InvalidLink,
    /// The response has a success status, but does not confirm what was sent: it lacks a member that was sent and that
    /// the document declares for both the request and the response, or it has a different value for a number, a boolean
    /// or a GUID that was set. The message names the member. The service may have acted on the request, so read the
    /// value before you repeat the call.
    ///
    /// A member that was cleared (with null, or an empty list or object) may be missing from the response, but must not
    /// be a number. Other strings, lists and objects are not compared.
    NotConfirmed,
    /// The response has a success status that the document does not declare for the operation.
    UnexpectedResponse,
    /// The value that [`wait_until`](crate::wait_until) waits for was not reached in time.
    NotSettled,
}

#[cfg(test)]
mod tests {
    const SOURCE: &str = include_str!("kind.rs");

    #[test]
    fn the_table_has_a_row_for_each_kind() {
        let (_, kinds) = SOURCE.split_once("pub enum ErrorKind {\n").unwrap();
        let (kinds, _) = kinds.split_once("\n}\n").unwrap();
        let kinds = kinds.lines().filter_map(|line| line.trim().strip_suffix(','));
        for kind in kinds.filter(|kind| kind.chars().all(char::is_alphanumeric)) {
            assert!(SOURCE.contains(&format!("/// | [`{kind}`](")), "no row for {kind}");
        }
    }
}
