//! The kinds of credential errors.

/// The kind of a credential error, for code that acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialErrorKind {
    /// A setting of the credential is missing or not allowed. Nothing was sent.
    Configuration,
    /// The connection to the authority failed, or was refused, before the response was complete.
    Connection,
    /// The exchange timed out.
    Timeout,
    /// The authority responded with a status other than success: it refused the request, or is unavailable.
    ErrorResponse,
    /// The credential returned something that is not an access token.
    InvalidResponse,
    /// The hook could not store the new refresh token. No call fails for this reason, as both new
    /// tokens are used all the same.
    NotStored,
    /// A credential that is not part of this crate failed; the source says why.
    Other,
}
