//! An authority, a service and a client that uses both, with Tokio's clock paused.

use std::time::Duration;

use partner_center_client::{
    AppCredential, Client, Credential, CredentialError, Error, RetryPolicy,
};
use serde_json::json;
use tokio::time::Instant;

use super::authority::{CLIENT_ID, SECRET, TENANT, token};
use support::{
    operation,
    script::{Script, Turn, respond_with},
};

pub(super) const SECOND: Duration = Duration::from_secs(1);
pub(super) const MINUTE: Duration = Duration::from_secs(60);
pub(super) const HOUR: Duration = Duration::from_secs(3600);

/// Returns a response that grants the n-th token with this lifetime.
pub(super) fn granting(n: usize, lifetime: Duration) -> Turn {
    let body = json!({
        "token_type": "Bearer",
        "expires_in": lifetime.as_secs(),
        "access_token": token(n),
    });
    respond_with("200 OK", &["Content-Type: application/json"], body.to_string())
}

/// Returns a response to an invalid client secret.
pub(super) fn refusing() -> Turn {
    let body = r#"{ "error": "invalid_client", "error_codes": [7000215] }"#;
    respond_with("401 Unauthorized", &[], body)
}

pub(super) fn unavailable() -> Turn {
    respond_with("503 Service Unavailable", &[], "")
}

pub(super) fn throttling(retry_after: &str) -> Turn {
    let header = format!("Retry-After: {retry_after}");
    respond_with("429 Too Many Requests", &[&header], "")
}

/// A client with mocks of its authority and its service.
pub(super) struct Scene {
    pub(super) authority: Script,
    pub(super) service: Script,
    pub(super) client: Client,
}

impl Scene {
    /// Creates a client that does not retry, and an authority with these responses.
    pub(super) async fn of(turns: impl Into<Vec<Turn>>) -> Self {
        let authority = Script::of(turns).await;
        let app = app(&authority);
        Self::with(authority, app).await
    }

    pub(super) async fn with(authority: Script, credential: impl Credential) -> Self {
        Self::with_policy(authority, credential, RetryPolicy::off()).await
    }

    pub(super) async fn with_policy(
        authority: Script,
        credential: impl Credential,
        policy: RetryPolicy,
    ) -> Self {
        let service = Script::of([respond_with("200 OK", &[], operation::example())]).await;
        let builder = service.builder().retry(policy).credential(credential);
        Self { authority, client: builder.build().unwrap(), service }
    }

    /// Makes a call, and returns the number of its token and how long it took.
    pub(super) async fn call(&self) -> Result<(usize, Duration), Error> {
        let began = Instant::now();
        operation::call(&self.client).await?;
        let seen = self.service.seen();
        let authorization = seen.last().unwrap().header("authorization").to_owned();
        let token = (1..100).find(|&n| authorization == format!("Bearer {}", token(n))).unwrap();
        Ok((token, began.elapsed()))
    }

    /// Makes a call that fails without delay, and returns its credential error.
    pub(super) async fn failure(&self) -> CredentialError {
        let began = Instant::now();
        let error = self.call().await.unwrap_err();
        assert!(began.elapsed() < SECOND, "{:?}", began.elapsed());
        error.credential_error().unwrap().clone()
    }

    /// Asserts that a call uses this token without delay.
    pub(super) async fn assert_uses(&self, token: usize) {
        let (found, waited) = self.call().await.unwrap();
        assert_eq!(found, token);
        assert!(waited < SECOND, "{waited:?}");
    }

    pub(super) fn exchanges(&self) -> usize {
        self.authority.seen().len()
    }
}

pub(super) fn app(authority: &Script) -> AppCredential {
    AppCredential::new(TENANT, CLIENT_ID, SECRET).authority(authority.url())
}
