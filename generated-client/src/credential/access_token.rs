//! The access token that a credential returns.

use std::time::{Duration, SystemTime};

use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;

use super::{Credential, CredentialError};
use crate::token::Token;

/// An access token and, if known, the time when it expires.
///
/// `Debug` does not show the token. An `AccessToken` is also a [`Credential`] that always returns this
/// token, even after it has expired.
#[derive(Clone, Debug)]
pub struct AccessToken {
    secret: SecretString,
    expires_at: Option<Instant>,
}

impl AccessToken {
    /// Creates a token with an unknown expiry, which is used until the service rejects it. Pass the token
    /// without `Bearer`.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self { secret: secret.into(), expires_at: None }
    }

    /// Sets the lifetime of the token, counted from now.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.expires_at = Instant::now().checked_add(lifetime);
        self
    }

    /// Sets the time when the token expires. If it is in the past, only the calls that already wait for
    /// the token use it.
    #[must_use]
    pub fn expires_at(self, time: SystemTime) -> Self {
        self.expires_in(time.duration_since(SystemTime::now()).unwrap_or_default())
    }

    pub(super) fn expiry(&self) -> Option<Instant> {
        self.expires_at
    }

    pub(super) fn token(&self) -> Option<Token> {
        Token::new(self.secret.expose_secret())
    }
}

impl Credential for AccessToken {
    async fn access_token(&self) -> Result<AccessToken, CredentialError> {
        Ok(self.clone())
    }

    fn check(&self) -> Result<(), CredentialError> {
        self.token().map(drop).ok_or_else(CredentialError::set_no_token)
    }
}
