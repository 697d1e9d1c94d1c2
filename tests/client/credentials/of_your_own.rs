//! Custom credentials, which users of the client write themselves.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use partner_center_client::{
    AccessToken, Credential, CredentialError, CredentialErrorKind, ErrorKind,
};
use wiremock::MockServer;

use super::{
    authority::{builder, count, token},
    calls::pass,
};
use support::{
    operation,
    server::{example_server, header, requests},
};

/// Asserts that a call with this credential sends the first token.
async fn assert_used(service: &MockServer, credential: impl Credential) {
    let client = builder(service).credential(credential).build().unwrap();
    operation::call(&client).await.unwrap();
    let requests = requests(service).await;
    let authorization = header(requests.last().unwrap(), "authorization");
    assert_eq!(authorization, Some(format!("Bearer {}", token(1)).as_str()));
}

/// A credential that counts its exchanges.
#[derive(Default)]
struct Vault(AtomicUsize);

impl Credential for Vault {
    async fn access_token(&self) -> Result<AccessToken, CredentialError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(AccessToken::new(token(1)))
    }
}

#[tokio::test]
async fn a_token_a_closure_and_a_type_can_be_credentials() {
    let service = example_server().await;
    assert_used(&service, AccessToken::new(token(1))).await;
    assert_used(&service, || async { Ok(AccessToken::new(token(1))) }).await;
    assert_used(&service, Vault::default()).await;
}

#[tokio::test]
async fn clients_can_share_a_credential() {
    let (service, vault) = (example_server().await, Arc::new(Vault::default()));
    assert_used(&service, Arc::clone(&vault)).await;
    assert_used(&service, Arc::clone(&vault)).await;
    assert_eq!(vault.0.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn an_invalid_token_is_not_sent() {
    let service = example_server().await;
    for text in ["", "Bearer abc", "abc\n", "ä"] {
        let credential = move || async move { Ok(AccessToken::new(text)) };
        let client = builder(&service).credential(credential).build().unwrap();
        let error = operation::call(&client).await.unwrap_err();
        let error = error.credential_error().unwrap();
        assert_eq!(error.kind(), CredentialErrorKind::InvalidResponse, "{text:?}");
        let expected = "the credential returned an access token that is empty or contains characters \
            that are invalid in a token (no further token request for 30 s)";
        assert_eq!(error.to_string(), expected, "{text:?}");
    }
    assert_eq!(count(&service).await, 0);
}

#[tokio::test]
async fn the_error_of_a_custom_credential_is_the_source() {
    let service = example_server().await;
    let credential = || async { Err(CredentialError::other("the vault is sealed")) };
    let client = builder(&service).credential(credential).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Credential, false));
    assert_eq!(error.operation_id(), Some(operation::id().as_str()));
    let error = error.credential_error().unwrap();
    assert_eq!(error.kind(), CredentialErrorKind::Other);
    assert_eq!(error.to_string(), "the credential failed (no further token request for 1 s)");
    let source = std::error::Error::source(error).unwrap();
    assert_eq!(source.to_string(), "the vault is sealed");
}

#[tokio::test]
async fn a_panic_becomes_an_error_and_a_later_call_succeeds() {
    let (service, vault) = (example_server().await, Vault::default());
    let credential = move || {
        let n = vault.0.fetch_add(1, Ordering::Relaxed);
        async move {
            assert_eq!(n, 1, "the first exchange panics");
            Ok(AccessToken::new(token(1)))
        }
    };
    let client = builder(&service).credential(credential).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(error.credential_error().unwrap().kind(), CredentialErrorKind::Other);
    pass(Duration::from_secs(1)).await;
    operation::call(&client).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_credential_that_never_returns_is_canceled() {
    let credential = || std::future::pending::<Result<AccessToken, CredentialError>>();
    let client = partner_center_client::Client::builder().credential(credential).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    let error = error.credential_error().unwrap();
    assert_eq!((error.kind(), error.is_retryable()), (CredentialErrorKind::Timeout, true));
    assert_eq!(
        error.to_string(),
        "the credential returned no token within 60 s (no further token request for 1 s)"
    );
}
