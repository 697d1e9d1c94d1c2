//! Credentials from `azure_core`.

mod failure;

use std::{fmt, sync::Arc, time::Duration};

use azure_core::credentials::TokenCredential;

use super::{AccessToken, Credential, CredentialError, SCOPE, TokenKind};

/// A credential from `azure_core`, such as any credential of `azure_identity`.
///
/// It supports managed identities, certificates and the Azure CLI:
///
/// ```
/// use std::sync::Arc;
///
/// use partner_center_client::{AzureCredential, Client, Error, azure_core};
///
/// fn client(identity: Arc<dyn azure_core::credentials::TokenCredential>) -> Result<Client, Error> {
///     Client::builder().credential(AzureCredential::new(identity)).build()
/// }
/// ```
///
/// These credentials have their own token cache. Therefore, if the service rejects a token, the client
/// gets no other token until the rejected one expires.
///
/// They also do their own retries, by default for about a minute. A failed connection, a timeout and an
/// error response become the corresponding [`CredentialErrorKind`], with the `azure_core` error as the
/// source. A token request fails if it takes more than two minutes.
///
/// [`CredentialErrorKind`]: crate::CredentialErrorKind
#[derive(Clone)]
pub struct AzureCredential {
    credential: Arc<dyn TokenCredential>,
    scope: String,
    kind: Option<TokenKind>,
}

impl AzureCredential {
    /// Creates a credential for Partner Center from an `azure_core` credential.
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self { credential, scope: SCOPE.to_owned(), kind: None }
    }

    /// Sets the scope; by default `https://api.partnercenter.microsoft.com/.default`.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// Declares the kind of the tokens; by default it is unknown. A managed identity and a certificate get
    /// [`AppOnly`](TokenKind::AppOnly) tokens, and a user who is signed in with the Azure CLI gets
    /// [`AppUser`](TokenKind::AppUser) tokens.
    ///
    /// A call to an operation that does not accept this kind then fails before a token is requested.
    #[must_use]
    pub fn kind(mut self, kind: TokenKind) -> Self {
        self.kind = Some(kind);
        self
    }
}

impl Credential for AzureCredential {
    async fn access_token(&self) -> Result<AccessToken, CredentialError> {
        let token = self.credential.get_token(&[&self.scope], None).await;
        let token = token.map_err(failure::error)?;
        Ok(AccessToken::new(token.token.secret()).expires_at(token.expires_on.into()))
    }

    fn token_kind(&self) -> Option<TokenKind> {
        self.kind
    }

    fn time_limit(&self) -> Duration {
        // By default, `azure_core` begins its last attempt after up to 60 seconds and a wait of up to
        // 30. A shorter limit would hide the cause.
        Duration::from_secs(120)
    }
}

impl fmt::Debug for AzureCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AzureCredential")
            .field("scope", &self.scope)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
