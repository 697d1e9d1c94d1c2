//! The tokens that the authority grants.

use std::time::Duration;

use oauth2::{
    RefreshToken, Scope, TokenResponse, basic::BasicTokenType,
    helpers::deserialize_untagged_enum_case_insensitive,
};
use secrecy::SecretString;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::credential::AccessToken;

/// The response of either version of the token endpoint: an access token, its lifetime, and optionally a refresh token.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Grant {
    access_token: oauth2::AccessToken,
    #[serde(deserialize_with = "deserialize_untagged_enum_case_insensitive")]
    token_type: BasicTokenType,
    #[serde(default, deserialize_with = "seconds")]
    expires_in: Option<u64>,
    refresh_token: Option<RefreshToken>,
}

impl Grant {
    pub(super) fn access_token(&self) -> AccessToken {
        let token = AccessToken::new(self.access_token.secret().as_str());
        match self.expires_in() {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        }
    }

    /// Returns the new refresh token; `None` if it is absent or empty, so the old one stays in use.
    pub(super) fn refresh_token(&self) -> Option<SecretString> {
        let token = self.refresh_token.as_ref()?.secret().as_str();
        (!token.is_empty()).then(|| token.into())
    }
}

impl TokenResponse for Grant {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &oauth2::AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        self.expires_in.map(Duration::from_secs)
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

/// Reads the lifetime, which is a number in version 2 of the endpoint and a string in version 1. Any other value counts
/// as unknown, so the token is used until the service rejects it.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}
