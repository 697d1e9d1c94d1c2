//! App+user: an application signs in on behalf of a user who has consented to it.

use std::{error::Error as StdError, fmt, sync::Arc, time::Duration};

use secrecy::SecretString;

use super::{
    app::AppCredential,
    exchange::LONGEST_EXCHANGE,
    refresh_tokens::{self, Hook, RefreshTokens},
    secret,
};
use crate::{
    cloud::Cloud,
    credential::{AccessToken, Credential, CredentialError, TokenKind},
};

/// App+user access: the sign-in of an application on behalf of a user who has consented to it.
///
/// It uses the refresh token from the user's consent, as Microsoft's [Secure Application Model][model]
/// requires. With each access token, it receives a new refresh token and passes it to the hook `store`,
/// which saves it for the next start of the program, for example in a key vault. Clients that share the
/// credential in an [`Arc`] sign in one after the other.
///
/// ```no_run
/// use partner_center_client::{AppCredential, AppUserCredential, Client, secrecy::ExposeSecret};
///
/// let secret = std::env::var("PARTNER_CENTER_CLIENT_SECRET")?;
/// let client_id = "11111111-1111-1111-1111-111111111111";
/// let app = AppCredential::new("contoso.onmicrosoft.com", client_id, secret);
/// let refresh_token = std::fs::read_to_string("refresh-token")?;
/// let store = |token: partner_center_client::secrecy::SecretString| async move {
///     std::fs::write("refresh-token.new", token.expose_secret())?;
///     std::fs::rename("refresh-token.new", "refresh-token")
/// };
/// let credential = AppUserCredential::new(app, refresh_token, store);
/// let client = Client::builder().credential(credential).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The consent must be given with multi-factor authentication, or Partner Center rejects the tokens.
///
/// # Storing
///
/// Calls wait for the hook before they use the new access token, but no longer than 60 seconds. The
/// hook itself has no time limit, and is not canceled when the calls end. The hook never runs
/// concurrently with itself.
///
/// If the hook fails, calls use the new tokens anyway, and the hook runs again after the next exchange.
/// [`store_error`](Self::store_error) returns its error, and with the feature `tracing`, the failure is
/// reported as an event. The stored refresh token usually remains valid, because using a refresh token
/// [does not revoke it][refresh].
///
/// [model]: https://learn.microsoft.com/partner-center/developer/enable-secure-app-model
/// [refresh]: https://learn.microsoft.com/entra/identity-platform/refresh-tokens
pub struct AppUserCredential {
    app: AppCredential,
    refresh_tokens: RefreshTokens,
    /// Held during an exchange, so that each exchange uses the newest refresh token.
    exchanging: tokio::sync::Mutex<()>,
}

impl AppUserCredential {
    /// Creates a credential from the application, the refresh token from the user's consent, and the hook
    /// that stores each new refresh token.
    pub fn new<F, T, E>(
        app: AppCredential,
        refresh_token: impl Into<SecretString>,
        store: F,
    ) -> Self
    where
        F: Fn(SecretString) -> T + Send + Sync + 'static,
        T: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let hook: Hook = Arc::new(move |token| {
            let stored = store(token);
            Box::pin(async { stored.await.map_err(Into::into) })
        });
        let refresh_tokens = RefreshTokens::new(refresh_token.into(), hook);
        Self { app, refresh_tokens, exchanging: tokio::sync::Mutex::default() }
    }

    /// Replaces the refresh token, for example after the user has consented again. The hook is not called
    /// for this token. Clients request a new access token for their next call.
    ///
    /// # Errors
    ///
    /// Returns an error and changes nothing if the token is empty or contains whitespace.
    pub fn set_refresh_token(
        &self,
        refresh_token: impl Into<SecretString>,
    ) -> Result<(), CredentialError> {
        let refresh_token = refresh_token.into();
        secret::check(REFRESH_TOKEN, &refresh_token)?;
        self.refresh_tokens.set(refresh_token);
        Ok(())
    }

    /// Returns an error if the hook failed to store the current refresh token. Its kind is
    /// [`NotStored`](crate::CredentialErrorKind::NotStored), and its source is the hook's own error.
    ///
    /// Returns `None` if the token is stored, or if the hook has not finished.
    pub fn store_error(&self) -> Option<CredentialError> {
        self.refresh_tokens.store_error()
    }
}

const REFRESH_TOKEN: &str = "refresh token";

/// The time that an exchange may wait for the exchanges of other clients that share the credential. Each of those has
/// its own time limit, so this one matters only if a program calls the credential directly and then stops polling it.
const OTHER_EXCHANGES: Duration = LONGEST_EXCHANGE.saturating_mul(10);

impl Credential for AppUserCredential {
    async fn access_token(&self) -> Result<AccessToken, CredentialError> {
        let exchanging = self.exchanging.lock().await;
        let refresh_token = self.refresh_tokens.newest();
        let grant = self.app.exchange()?.refresh_token(&refresh_token).await?;
        // The token's lifetime counts from now, not from the end of the hook.
        let access_token = grant.access_token();
        let stored = self.refresh_tokens.replace(&refresh_token, grant.refresh_token());
        // The next exchange already uses the new refresh token, so it need not wait for the hook.
        drop(exchanging);
        stored.await;
        Ok(access_token)
    }

    fn check(&self) -> Result<(), CredentialError> {
        secret::check(REFRESH_TOKEN, &self.refresh_tokens.newest())?;
        self.app.check()
    }

    fn token_cloud(&self) -> Option<Cloud> {
        self.app.token_cloud()
    }

    fn token_kind(&self) -> Option<TokenKind> {
        Some(TokenKind::AppUser)
    }

    fn time_limit(&self) -> Duration {
        OTHER_EXCHANGES + LONGEST_EXCHANGE + refresh_tokens::LONGEST_WAIT
    }

    fn revision(&self) -> u64 {
        self.app.revision() + self.refresh_tokens.revision()
    }
}

impl fmt::Debug for AppUserCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppUserCredential")
            .field("app", &self.app)
            .field("refresh_token", &"<token>")
            .finish_non_exhaustive()
    }
}
