//! A credential that declares its kind of token is used only for operations that accept that kind.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use partner_center_client::{
    AccessToken, AppUserCredential, Client, Credential, CredentialError, Error, ErrorKind,
    TokenKind, mock::MockTransport,
};
use wiremock::MockServer;

use super::authority::{app, builder, count, granting, responding_in_turn, token};
use support::{
    document::{self, Operation},
    operation, requests,
    server::example_server,
};

/// Returns an operation that accepts only app+user tokens.
fn restricted() -> Operation {
    let is_restricted = |it: &Operation| {
        it.flows() == ["authorizationCode"] && it.value.get("requestBody").is_none()
    };
    document::operations().into_iter().find(is_restricted).expect("the document has one")
}

async fn call(client: &Client, operation: &Operation) -> Result<(), Error> {
    requests::call(client, operation, None).await.map(drop)
}

/// A credential that declares its kind of token and counts its exchanges.
struct Declared {
    kind: Option<TokenKind>,
    exchanges: AtomicUsize,
}

impl Declared {
    fn of(kind: Option<TokenKind>) -> Arc<Self> {
        Arc::new(Self { kind, exchanges: AtomicUsize::new(0) })
    }

    fn exchanges(&self) -> usize {
        self.exchanges.load(Ordering::Relaxed)
    }
}

impl Credential for Declared {
    async fn access_token(&self) -> Result<AccessToken, CredentialError> {
        self.exchanges.fetch_add(1, Ordering::Relaxed);
        Ok(AccessToken::new(token(1)))
    }

    fn token_kind(&self) -> Option<TokenKind> {
        self.kind
    }
}

/// Asserts that a call fails because of its kind of token, and that neither server receives a request.
async fn assert_refused(client: &Client, servers: [&MockServer; 2]) {
    let error = call(client, &restricted()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnsupportedToken);
    assert!(!error.is_retryable() && !error.is_ambiguous() && !error.is_throttled());
    assert_eq!((error.attempts(), error.status()), (0, None));
    let (id, line) = (error.operation_id().unwrap(), error.to_string());
    let Operation { method, path, .. } = restricted();
    let expected = format!(
        "{id}: {method} {path}: not sent, because the credential returns app-only tokens, but the operation accepts \
         only app+user tokens; use an app+user credential, such as `AppUserCredential`"
    );
    assert_eq!(line, expected);
    for server in servers {
        assert_eq!(count(server).await, 0);
    }
}

#[tokio::test]
async fn an_app_credential_does_not_sign_in_for_an_operation_that_needs_a_user() {
    let (authority, service) = (responding_in_turn([granting(1)]).await, example_server().await);
    let client = builder(&service).credential(app(&authority)).build().unwrap();
    assert_refused(&client, [&authority, &service]).await;
    // The client remains usable for other operations.
    operation::call(&client).await.unwrap();
    assert_eq!((count(&authority).await, count(&service).await), (1, 1));
}

#[tokio::test]
async fn a_token_cached_for_another_operation_is_not_sent() {
    let (authority, service) = (responding_in_turn([granting(1)]).await, example_server().await);
    let client = builder(&service).credential(app(&authority)).build().unwrap();
    operation::call(&client).await.unwrap();
    call(&client, &restricted()).await.unwrap_err();
    assert_eq!((count(&authority).await, count(&service).await), (1, 1));
}

#[tokio::test]
async fn a_user_credential_is_used() {
    let (authority, service) = (responding_in_turn([granting(1)]).await, example_server().await);
    let store = |_| async { Ok::<_, std::io::Error>(()) };
    let user = AppUserCredential::new(app(&authority), "refresh-token-0", store);
    let client = builder(&service).credential(user).build().unwrap();
    // The call may fail, because the server sends another operation's example.
    let _ = call(&client, &restricted()).await;
    assert_eq!((count(&authority).await, count(&service).await), (1, 1));
}

#[tokio::test]
async fn a_custom_credential_that_declares_app_only_tokens_is_not_used() {
    let service = example_server().await;
    let credential = Declared::of(Some(TokenKind::AppOnly));
    let client = builder(&service).credential(Arc::clone(&credential)).build().unwrap();
    assert_refused(&client, [&service, &service]).await;
    assert_eq!(credential.exchanges(), 0);
}

#[tokio::test]
async fn a_custom_credential_of_unknown_or_user_kind_is_used() {
    for kind in [None, Some(TokenKind::AppUser)] {
        let service = example_server().await;
        let credential = Declared::of(kind);
        let client = builder(&service).credential(Arc::clone(&credential)).build().unwrap();
        let _ = call(&client, &restricted()).await;
        assert_eq!((credential.exchanges(), count(&service).await), (1, 1), "{kind:?}");
    }
}

#[tokio::test]
async fn a_call_that_is_not_sent_leaves_the_request_id_unused() {
    let credential = Declared::of(Some(TokenKind::AppOnly));
    let client = MockTransport::new().builder().credential(credential).build().unwrap();
    let client = client.with_request_id(support::server::REQUEST_ID);
    call(&client, &restricted()).await.unwrap_err();
    operation::call(&client).await.unwrap();
}

/// A bare token has no kind, so the check does not apply to it.
#[tokio::test]
async fn the_check_also_applies_to_the_mock() {
    let transport = MockTransport::new();
    call(&transport.client(), &restricted()).await.unwrap();
    let credential = Declared::of(Some(TokenKind::AppOnly));
    let client = transport.builder().credential(credential).build().unwrap();
    let error = call(&client, &restricted()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnsupportedToken);
    assert_eq!(transport.requests().len(), 1);
}
