//! The kinds of credential errors.

/// The kind of a credential error, for programs that act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialErrorKind {
    /// A setting of the credential is missing or invalid. Nothing was sent.
    Configuration,
    /// The connection to the authority failed, or was refused, before the response was complete.
    Connection,
    /// The exchange timed out.
    Timeout,
    /// The authority responded with a status other than success: it rejected the request, or is unavailable.
    ErrorResponse,
    /// The credential returned something that is not an access token.
    InvalidResponse,
    /// The hook could not store the new refresh token. No call fails for this reason, because the client
    /// uses the new access token and refresh token anyway.
    NotStored,
    /// A credential that is not part of this crate failed; the source says why.
    Other,
}
