//! The kinds of access tokens.

use std::fmt;

/// The kind of an access token: whether the application acts for itself or for a user.
///
/// The documentation of each operation says which kinds it accepts. If a [`Credential`](crate::Credential)
/// [declares](crate::Credential::token_kind) that it returns tokens of another kind, the call fails with
/// [`ErrorKind::UnsupportedToken`](crate::ErrorKind::UnsupportedToken), and nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// The application acts on its own behalf.
    AppOnly,
    /// The application acts on behalf of a user of the partner.
    AppUser,
}

impl TokenKind {
    /// Returns the remedy for a token of the other kind: the use of a credential whose tokens have this kind.
    pub(crate) fn remedy(self) -> &'static str {
        match self {
            Self::AppOnly => "use an app-only credential, such as `AppCredential`",
            Self::AppUser => "use an app+user credential, such as `AppUserCredential`",
        }
    }
}

/// Writes Microsoft's name for the kind: `app-only` or `app+user`.
impl fmt::Display for TokenKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AppOnly => "app-only",
            Self::AppUser => "app+user",
        })
    }
}
