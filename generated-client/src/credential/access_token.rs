//! An access token, as a credential gives it.

use std::time::{Duration, SystemTime};

use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;

use super::{Credential, CredentialError};
use crate::token::Token;

/// An access token and, if it is known, when it expires.
///
/// `Debug` shows no token. As a [`Credential`] it is one that never changes, whatever its expiry.
#[derive(Clone, Debug)]
pub struct AccessToken {
    secret: SecretString,
    expires_at: Option<Instant>,
}

impl AccessToken {
    /// A token without `Bearer`, of which it is not known when it expires: it is used until the
    /// service refuses it.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self { secret: secret.into(), expires_at: None }
    }

    /// The token expires so long after now.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.expires_at = Instant::now().checked_add(lifetime);
        self
    }

    /// The token expires at this time; if it is past, the token serves the calls that wait for it.
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
