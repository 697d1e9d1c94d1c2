//! App+user: an application signs in on behalf of a user who consented to it.

use std::{
    error::Error as StdError,
    fmt,
    pin::Pin,
    sync::{Mutex, PoisonError},
};

use secrecy::{ExposeSecret, SecretString};

use super::app::AppCredential;
use crate::{
    cloud::Cloud,
    credential::{AccessToken, Credential, CredentialError, CredentialErrorKind},
};

/// App+user access: an application that signs in for a user who consented to it.
///
/// It does so by the refresh token that the consent gave, as Microsoft's [Secure Application
/// Model][model] says.
///
/// Every exchange brings a new refresh token. The hook `store` is given it and puts it where the
/// program finds it at its next start, such as a key vault; not before that has succeeded is the new
/// access token used. If storing fails, so does each call that waits for the token, and the refresh
/// token in use remains the one that is stored. Clients that share the credential, in an
/// [`Arc`](std::sync::Arc), sign in one after the other.
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
/// The consent must be given with multi-factor authentication, or Partner Center refuses the tokens.
///
/// [model]: https://learn.microsoft.com/partner-center/developer/enable-secure-app-model
pub struct AppUserCredential {
    app: AppCredential,
    /// Always the one that is stored. Using it does not revoke it:
    /// <https://learn.microsoft.com/entra/identity-platform/refresh-tokens>
    refresh_token: Mutex<SecretString>,
    store: Store,
    /// Held during an exchange, so that the token stored last is the one in use.
    exchanging: tokio::sync::Mutex<()>,
}

type Store = Box<dyn Fn(SecretString) -> Stored + Send + Sync>;
type Stored = Pin<Box<dyn Future<Output = Result<(), Box<dyn StdError + Send + Sync>>> + Send>>;

impl AppUserCredential {
    /// The application, the refresh token of the user's consent, and the hook that stores the next.
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
        let store: Store = Box::new(move |token| {
            let stored = store(token);
            Box::pin(async { stored.await.map_err(Into::into) })
        });
        let refresh_token = Mutex::new(refresh_token.into());
        Self { app, refresh_token, store, exchanging: tokio::sync::Mutex::default() }
    }

    fn refresh_token(&self) -> SecretString {
        self.refresh_token.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn store(&self, token: SecretString) -> Result<(), CredentialError> {
        (self.store)(token.clone()).await.map_err(|error| {
            let problem = "the new refresh token could not be stored";
            CredentialError::new(CredentialErrorKind::NotStored, problem).with_source(error)
        })?;
        *self.refresh_token.lock().unwrap_or_else(PoisonError::into_inner) = token;
        Ok(())
    }
}

impl Credential for AppUserCredential {
    async fn access_token(&self) -> Result<AccessToken, CredentialError> {
        let _alone = self.exchanging.lock().await;
        let refresh_token = self.refresh_token();
        let answer = self.app.exchange()?.refresh_token(&refresh_token).await?;
        match answer.refresh_token() {
            Some(new) if new.expose_secret() != refresh_token.expose_secret() => {
                self.store(new).await?;
            }
            _ => {}
        }
        Ok(answer.access_token())
    }

    fn check(&self) -> Result<(), CredentialError> {
        let refresh_token = self.refresh_token();
        let refresh_token = refresh_token.expose_secret();
        if refresh_token.is_empty() || refresh_token.contains(char::is_whitespace) {
            let problem = "refresh token: empty, or with white space in it; pass it alone";
            return Err(CredentialError::new(CredentialErrorKind::Configuration, problem));
        }
        self.app.check()
    }

    fn token_cloud(&self) -> Option<Cloud> {
        self.app.token_cloud()
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
