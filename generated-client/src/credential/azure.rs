//! Credentials of `azure_core`.

use std::{fmt, sync::Arc};

use azure_core::credentials::TokenCredential;

use super::{AccessToken, Credential, CredentialError, SCOPE};

/// A credential of `azure_core`, such as those of `azure_identity`.
///
/// With it come managed identities, certificates and the Azure CLI:
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
/// These credentials keep their tokens themselves. So one that the service refuses is not replaced
/// before it expires.
#[derive(Clone)]
pub struct AzureCredential {
    credential: Arc<dyn TokenCredential>,
    scope: String,
}

impl AzureCredential {
    /// Makes it a credential for Partner Center.
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self { credential, scope: SCOPE.to_owned() }
    }

    /// Another scope than `https://api.partnercenter.microsoft.com/.default`.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }
}

impl Credential for AzureCredential {
    async fn access_token(&self) -> Result<AccessToken, CredentialError> {
        let token = self.credential.get_token(&[&self.scope], None).await;
        let token = token.map_err(CredentialError::other)?;
        Ok(AccessToken::new(token.token.secret()).expires_at(token.expires_on.into()))
    }
}

impl fmt::Debug for AzureCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AzureCredential").field("scope", &self.scope).finish_non_exhaustive()
    }
}
