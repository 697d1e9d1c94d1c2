//! A mock of Microsoft Entra ID, and credentials that sign in to it.

use std::{collections::VecDeque, sync::Mutex};

use partner_center_client::{AppCredential, ClientBuilder, RetryPolicy};
use serde_json::{Value, json};
use url::form_urlencoded;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use support::server::{builder_for, only_request, requests};

pub(super) const TENANT: &str = "contoso.onmicrosoft.com";
pub(super) const CLIENT_ID: &str = "44444444-4444-4444-4444-444444444444";
/// A client secret with characters that form encoding escapes.
pub(super) const SECRET: &str = "h4X8Q~the+client/secret=";

/// Starts a server that returns these responses in order, and then repeats the last one.
pub(super) async fn responding_in_turn(
    responses: impl IntoIterator<Item = ResponseTemplate>,
) -> MockServer {
    let server = MockServer::start().await;
    let responses = InTurn(Mutex::new(responses.into_iter().collect()));
    Mock::given(any()).respond_with(responses).mount(&server).await;
    server
}

struct InTurn(Mutex<VecDeque<ResponseTemplate>>);

impl Respond for InTurn {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        let mut responses = self.0.lock().unwrap();
        let response = responses.pop_front().expect("the last response is kept");
        if responses.is_empty() {
            responses.push_back(response.clone());
        }
        response
    }
}

/// Returns the n-th access token.
pub(super) fn token(n: usize) -> String {
    format!("eyJ0eXAi.access-token-{n}.c2lnbmF0")
}

/// Returns a response that grants the n-th token, as version 2 of the token endpoint sends it.
pub(super) fn granting(n: usize) -> ResponseTemplate {
    granting_for(json!(3599), n)
}

pub(super) fn granting_for(expires_in: Value, n: usize) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({
        "token_type": "Bearer",
        "expires_in": expires_in,
        "ext_expires_in": 3599,
        "access_token": token(n),
    }))
}

pub(super) fn refusing(status: u16, error: &str, code: u32, text: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({
        "error": error,
        "error_description": format!(
            "AADSTS{code}: {text} Trace ID: 0f5c0000-0000-0000-0000-000000000000 \
             Correlation ID: 1a6d0000-0000-0000-0000-000000000000 Timestamp: 2026-01-02 03:04:05Z"
        ),
        "error_codes": [code],
        "timestamp": "2026-01-02 03:04:05Z",
        "trace_id": "0f5c0000-0000-0000-0000-000000000000",
        "correlation_id": "1a6d0000-0000-0000-0000-000000000000",
        "error_uri": format!("https://login.microsoftonline.com/error?code={code}"),
    }))
}

pub(super) fn app(authority: &MockServer) -> AppCredential {
    let app = AppCredential::new(TENANT, CLIENT_ID, SECRET).authority(authority.uri());
    // With rustls, for the reason given at `builder_for`.
    app.configure_http(|http| http.tls_backend_rustls())
}

pub(super) fn builder(service: &MockServer) -> ClientBuilder {
    builder_for(service.uri()).retry(RetryPolicy::off())
}

/// Returns the only token request that a server received, as text with placeholders for the secrets.
pub(super) async fn only_exchange(authority: &MockServer) -> String {
    let encoded: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let request = only_request(authority).await;
    request.replace(&encoded, "<secret>").replace("refresh-token-0", "<token>")
}

/// Returns the number of requests that a server received.
pub(super) async fn count(server: &MockServer) -> usize {
    requests(server).await.len()
}
