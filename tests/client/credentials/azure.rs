//! Credentials from `azure_core` get tokens, and their failures become credential errors.

use std::{
    collections::VecDeque,
    io,
    pin::Pin,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use partner_center_client::{
    AzureCredential, Client, CredentialError, CredentialErrorKind, RetryPolicy,
    azure_core::{
        self, Error,
        credentials::{AccessToken, TokenCredential, TokenRequestOptions},
        error::ErrorKind,
        http::{RawResponse, StatusCode, headers::Headers},
    },
};
use tokio::time::{Instant, sleep};

use super::authority::{builder, token};
use support::{
    operation,
    server::{example_server, header, requests},
};

type Response<'a> = Pin<Box<dyn Future<Output = azure_core::Result<AccessToken>> + Send + 'a>>;

/// A credential that fails with each of its errors once and then returns tokens. It records the requested scopes.
#[derive(Debug, Default)]
struct Identity {
    scopes: Mutex<Vec<String>>,
    errors: Mutex<VecDeque<Error>>,
    delay: Duration,
}

impl Identity {
    fn failing(error: Error) -> Self {
        Self { errors: Mutex::new([error].into()), ..Self::default() }
    }
}

impl TokenCredential for Identity {
    fn get_token<'a, 'b, 'c, 'd, 'e>(
        &'a self,
        scopes: &'b [&'c str],
        _: Option<TokenRequestOptions<'d>>,
    ) -> Response<'e>
    where
        'a: 'e,
        'b: 'e,
        'c: 'e,
        'd: 'e,
    {
        self.scopes.lock().unwrap().extend(scopes.iter().map(|&scope| scope.to_owned()));
        Box::pin(async {
            sleep(self.delay).await;
            match self.errors.lock().unwrap().pop_front() {
                Some(error) => Err(error),
                None => Ok(AccessToken::new(token(1), SystemTime::now().into())),
            }
        })
    }
}

#[tokio::test]
async fn a_call_sends_a_token_for_partner_center() {
    let (identity, service) = (Arc::new(Identity::default()), example_server().await);
    let credential = AzureCredential::new(identity.clone());
    let client = builder(&service).credential(credential).build().unwrap();
    operation::call(&client).await.unwrap();
    let authorization = format!("Bearer {}", token(1));
    assert_eq!(header(&requests(&service).await[0], "authorization"), Some(&*authorization));
    let scopes = identity.scopes.lock().unwrap();
    assert_eq!(*scopes, ["https://api.partnercenter.microsoft.com/.default"]);
}

#[tokio::test]
async fn an_expired_token_is_replaced() {
    let (identity, service) = (Arc::new(Identity::default()), example_server().await);
    let credential = AzureCredential::new(identity.clone()).scope("api://own/.default");
    let client = builder(&service).credential(credential).build().unwrap();
    operation::call(&client).await.unwrap();
    operation::call(&client).await.unwrap();
    assert_eq!(*identity.scopes.lock().unwrap(), ["api://own/.default"; 2]);
}

/// Returns the credential error of a call whose credential fails with this error from `azure_core`.
async fn error(error: Error) -> CredentialError {
    let client = client(Identity::failing(error)).retry(RetryPolicy::off()).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    error.credential_error().unwrap().clone()
}

fn client(identity: Identity) -> partner_center_client::ClientBuilder {
    // Nothing listens on this port.
    let builder = Client::builder().base_url("http://127.0.0.1:9");
    builder.credential(AzureCredential::new(Arc::new(identity)))
}

/// Wraps a request error as `azure_identity` does.
fn wrapped(error: Error) -> Error {
    Error::with_error(ErrorKind::Credential, error, "authentication failed")
}

/// Returns the message of each source of an error.
fn sources(error: &CredentialError) -> Vec<String> {
    let first = std::error::Error::source(error);
    std::iter::successors(first, |&error| error.source()).map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_failed_authentication_is_permanent() {
    let error = error(Error::with_message(ErrorKind::Credential, "no identity")).await;
    assert_eq!((error.kind(), error.is_retryable()), (CredentialErrorKind::Other, false));
    assert_eq!(sources(&error), ["no identity"]);
}

#[tokio::test]
async fn a_failed_connection_is_retryable() {
    for kind in [ErrorKind::Connection, ErrorKind::Io] {
        let cause = io::Error::new(io::ErrorKind::NetworkUnreachable, "no network");
        let error = error(wrapped(Error::with_error(kind, cause, "request failed"))).await;
        assert_eq!((error.kind(), error.is_retryable()), (CredentialErrorKind::Connection, true));
        assert_eq!(sources(&error), ["authentication failed", "request failed", "no network"]);
        assert!(error.to_string().starts_with("the credential failed: the connection failed"));
    }
}

#[tokio::test]
async fn a_file_or_program_error_is_permanent() {
    for kind in [io::ErrorKind::NotFound, io::ErrorKind::PermissionDenied] {
        for outer in [ErrorKind::Credential, ErrorKind::Io] {
            let cause = io::Error::new(kind, "az");
            let error = error(wrapped(Error::with_error(outer, cause, "Azure CLI"))).await;
            assert_eq!((error.kind(), error.is_retryable()), (CredentialErrorKind::Other, false));
            assert_eq!(sources(&error), ["authentication failed", "Azure CLI", "az"]);
        }
    }
}

#[tokio::test]
async fn a_timeout_is_retryable() {
    let cause = io::Error::new(io::ErrorKind::TimedOut, "too slow");
    let error = error(wrapped(Error::new(ErrorKind::Io, cause))).await;
    assert_eq!((error.kind(), error.is_retryable()), (CredentialErrorKind::Timeout, true));
}

fn response(status: StatusCode) -> Error {
    let mut headers = Headers::new();
    headers.insert("retry-after", "77");
    let raw_response = Some(Box::new(RawResponse::from_bytes(status, headers, "")));
    let error_code = None;
    wrapped(ErrorKind::HttpResponse { status, error_code, raw_response }.into_error())
}

#[tokio::test]
async fn throttling_is_retryable_after_the_wait_in_the_response() {
    let error = error(response(StatusCode::TooManyRequests)).await;
    assert_eq!((error.kind(), error.is_retryable()), (CredentialErrorKind::ErrorResponse, true));
    assert_eq!(error.status().unwrap().as_u16(), 429);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(77)));
    let line = "the credential failed: 429 Too Many Requests (no further token request for 77 s)";
    assert_eq!(error.to_string(), line);
}

#[tokio::test]
async fn an_error_response_from_the_authority_keeps_its_status() {
    let error = error(response(StatusCode::Unauthorized)).await;
    assert_eq!((error.kind(), error.is_retryable()), (CredentialErrorKind::ErrorResponse, false));
    assert_eq!(error.status().unwrap().as_u16(), 401);
}

#[tokio::test]
async fn a_call_is_retried_after_a_failed_connection() {
    let identity = Identity::failing(ErrorKind::Connection.into_error());
    let service = example_server().await;
    let builder = builder(&service).retry(RetryPolicy::default());
    let builder = builder.credential(AzureCredential::new(Arc::new(identity)));
    operation::call(&builder.build().unwrap()).await.unwrap();
}

/// Credentials from `azure_core` retry on their own for a minute.
#[tokio::test(start_paused = true)]
async fn the_cause_is_kept_if_the_credential_fails_after_more_than_a_minute() {
    let delay = Duration::from_secs(70);
    let identity =
        Identity { delay, ..Identity::failing(wrapped(ErrorKind::Connection.into_error())) };
    let client = client(identity).build().unwrap();
    let began = Instant::now();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(began.elapsed().as_secs(), 70);
    let error = error.credential_error().unwrap();
    assert_eq!(error.kind(), CredentialErrorKind::Connection);
    assert_eq!(sources(error), ["authentication failed", "Connection"]);
}
