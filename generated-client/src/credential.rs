//! Credentials: the sources of access tokens.

mod access_token;
#[cfg(feature = "azure_core")]
mod azure;
mod error;
pub(crate) mod kind;
mod remedy;
#[cfg(feature = "oauth2")]
mod sign_in;
mod token_kind;
mod tokens;

use std::{any::TypeId, pin::Pin, sync::Arc, time::Duration};

#[cfg(feature = "azure_core")]
pub use self::azure::AzureCredential;
#[cfg(feature = "oauth2")]
pub use self::sign_in::{AppCredential, AppUserCredential};
pub(crate) use self::tokens::{Kept, Tokens};
pub use self::{
    access_token::AccessToken, error::CredentialError, kind::CredentialErrorKind,
    token_kind::TokenKind,
};
use crate::cloud::Cloud;

/// The scope of tokens for Partner Center.
///
/// <https://learn.microsoft.com/partner-center/developer/partner-center-authentication>
#[cfg(any(feature = "azure_core", feature = "oauth2"))]
const SCOPE: &str = "https://api.partnercenter.microsoft.com/.default";

/// A source of access tokens.
///
/// A client caches its token, and requests a new one before it expires or when the service rejects it.
/// It makes only one request, however many calls wait for the token. After a failure, it
/// [pauses](CredentialError#pauses). Therefore, an implementation need not cache tokens or limit its requests.
///
/// An [`AccessToken`] is a credential that always returns the same token. A closure is a credential too:
///
/// ```no_run
/// use std::time::Duration;
///
/// use partner_center_client::{AccessToken, Client, CredentialError};
///
/// let client = Client::builder()
///     .credential(|| async {
///         let token = std::fs::read_to_string("/run/secrets/partner-center-token");
///         let token = token.map_err(CredentialError::other)?;
///         Ok(AccessToken::new(token.trim()).expires_in(Duration::from_secs(300)))
///     })
///     .build()?;
/// # Ok::<(), partner_center_client::Error>(())
/// ```
///
/// Implement the trait for your own type with an `async fn`:
///
/// ```
/// use partner_center_client::{AccessToken, Credential, CredentialError};
///
/// struct Vault;
///
/// impl Credential for Vault {
///     async fn access_token(&self) -> Result<AccessToken, CredentialError> {
///         Ok(AccessToken::new("eyJ0eXAi.eyJhdWQi.c2lnbmF0"))
///     }
/// }
/// ```
pub trait Credential: Send + Sync + 'static {
    /// Obtains an access token for Partner Center.
    ///
    /// It runs in its own task, on the runtime of the call that first needed the token, and runs to
    /// completion even if that call is dropped.
    fn access_token(&self) -> impl Future<Output = Result<AccessToken, CredentialError>> + Send;

    /// Checks the settings of the credential. The client builder calls it once.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is invalid; then the client is not built.
    fn check(&self) -> Result<(), CredentialError> {
        Ok(())
    }

    /// Returns the cloud that the tokens are for, if there is only one. The client calls the service in that
    /// cloud unless its builder sets a base URL.
    fn token_cloud(&self) -> Option<Cloud> {
        None
    }

    /// Returns the kind of the tokens, if it is known and always the same; by default `None`.
    ///
    /// A call to an operation that does not accept this kind fails with
    /// [`ErrorKind::UnsupportedToken`](crate::ErrorKind::UnsupportedToken), without a token request. With `None`, the
    /// client sends each call, and the service decides.
    fn token_kind(&self) -> Option<TokenKind> {
        None
    }

    /// Returns how long [`access_token`](Self::access_token) may take; by default 60 seconds. The
    /// client cancels it after that time, because it would otherwise block all later calls.
    fn time_limit(&self) -> Duration {
        TIME_LIMIT
    }

    /// Returns a number that changes whenever the credential's secrets change; by default 0.
    ///
    /// When it changes, the client requests a new token for its next call, and ends the
    /// [pause](CredentialError#pauses) after a failure.
    fn revision(&self) -> u64 {
        0
    }
}

impl<F, T> Credential for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<AccessToken, CredentialError>> + Send,
{
    fn access_token(&self) -> impl Future<Output = Result<AccessToken, CredentialError>> + Send {
        self()
    }
}

/// The default time limit of a credential.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Lets several clients share a credential.
impl<C: Credential> Credential for Arc<C> {
    fn access_token(&self) -> impl Future<Output = Result<AccessToken, CredentialError>> + Send {
        self.as_ref().access_token()
    }

    fn check(&self) -> Result<(), CredentialError> {
        self.as_ref().check()
    }

    fn token_cloud(&self) -> Option<Cloud> {
        self.as_ref().token_cloud()
    }

    fn token_kind(&self) -> Option<TokenKind> {
        self.as_ref().token_kind()
    }

    fn time_limit(&self) -> Duration {
        self.as_ref().time_limit()
    }

    fn revision(&self) -> u64 {
        self.as_ref().revision()
    }
}

/// A dyn-compatible version of [`Credential`].
pub(crate) trait AnyCredential: Send + Sync {
    fn access_token(&self) -> Fetch<'_>;
    fn check(&self) -> Result<(), CredentialError>;
    fn token_cloud(&self) -> Option<Cloud>;
    fn token_kind(&self) -> Option<TokenKind>;
    fn time_limit(&self) -> Duration;
    fn revision(&self) -> u64;
    /// Returns whether the credential always returns the same token.
    fn has_one_token(&self) -> bool;
}

type Fetch<'a> = Pin<Box<dyn Future<Output = Result<AccessToken, CredentialError>> + Send + 'a>>;

impl<C: Credential> AnyCredential for C {
    fn access_token(&self) -> Fetch<'_> {
        Box::pin(Credential::access_token(self))
    }

    fn check(&self) -> Result<(), CredentialError> {
        Credential::check(self)
    }

    fn token_cloud(&self) -> Option<Cloud> {
        Credential::token_cloud(self)
    }

    fn token_kind(&self) -> Option<TokenKind> {
        Credential::token_kind(self)
    }

    fn time_limit(&self) -> Duration {
        Credential::time_limit(self)
    }

    fn revision(&self) -> u64 {
        Credential::revision(self)
    }

    fn has_one_token(&self) -> bool {
        TypeId::of::<C>() == TypeId::of::<AccessToken>()
    }
}
