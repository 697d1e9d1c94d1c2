//! A client makes one exchange at a time, and only if it needs a token.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use partner_center_client::{AccessToken, Client, CredentialError, ErrorKind, RetryPolicy};
use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

use super::{
    authority::{app, builder, count, granting, granting_for, refusing, responding_in_turn, token},
    calls::{call, pass, twenty_calls},
    service::rejecting_tokens,
};
use support::{
    operation,
    server::{example, example_server},
};

const MINUTE: Duration = Duration::from_secs(60);

/// Returns a client whose token is old enough to be replaced if the service rejects it.
async fn with_old_token(service: &MockServer, authority: &MockServer) -> Client {
    let client = client(service, authority);
    call(&client).await.unwrap_err();
    pass(MINUTE).await;
    client
}

fn client(service: &MockServer, authority: &MockServer) -> Client {
    builder(service).credential(app(authority)).build().unwrap()
}

fn slow(response: ResponseTemplate) -> ResponseTemplate {
    response.set_delay(Duration::from_millis(300))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_calls_make_one_exchange() {
    let (authority, service) = (
        responding_in_turn([granting_for(json!(0), 1), slow(granting(2))]).await,
        example_server().await,
    );
    let client = client(&service, &authority);
    call(&client).await.unwrap();
    for result in twenty_calls(&client).await {
        result.unwrap();
    }
    assert_eq!(count(&authority).await, 2);
}

#[tokio::test]
async fn twenty_calls_share_a_failure() {
    let response = refusing(401, "invalid_client", 7_000_215, "Invalid client secret provided.");
    let (authority, service) = (responding_in_turn([slow(response)]).await, example_server().await);
    for result in twenty_calls(&client(&service, &authority)).await {
        let error = result.unwrap_err();
        assert_eq!(error.credential_error().unwrap().codes(), [7_000_215]);
    }
    assert_eq!((count(&authority).await, count(&service).await), (1, 0));
}

#[tokio::test]
async fn dropping_a_call_does_not_affect_the_others() {
    let (authority, service) =
        (responding_in_turn([slow(granting(1))]).await, example_server().await);
    let client = client(&service, &authority);
    let dropped = tokio::time::timeout(Duration::from_millis(100), call(&client));
    let (dropped, others) = tokio::join!(dropped, twenty_calls(&client));
    assert!(dropped.is_err());
    assert!(others.into_iter().all(|result| result.is_ok()));
    assert_eq!(count(&authority).await, 1);
}

#[tokio::test]
async fn an_exchange_completes_even_if_all_its_calls_are_dropped() {
    let (authority, service) =
        (responding_in_turn([slow(granting(1))]).await, example_server().await);
    let client = client(&service, &authority);
    tokio::time::timeout(Duration::from_millis(100), call(&client)).await.unwrap_err();
    tokio::time::sleep(Duration::from_millis(400)).await;
    call(&client).await.unwrap();
    assert_eq!(count(&authority).await, 1);
}

#[tokio::test]
async fn a_token_that_the_service_rejects_is_replaced_once() {
    let (authority, service) =
        (responding_in_turn([granting(1), granting(2)]).await, rejecting_tokens(1).await);
    let client = with_old_token(&service, &authority).await;
    for _ in 0..3 {
        call(&client).await.unwrap();
    }
    assert_eq!((count(&authority).await, count(&service).await), (2, 5));
}

#[tokio::test]
async fn a_call_whose_tokens_are_rejected_is_retried_once() {
    let (authority, service) =
        (responding_in_turn([granting(1), granting(2)]).await, rejecting_tokens(9).await);
    let error = call(&with_old_token(&service, &authority).await).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 2));
    assert_eq!((count(&authority).await, count(&service).await), (2, 3));
}

#[tokio::test]
async fn a_call_is_retried_with_a_new_token_only_once_even_after_other_failures() {
    let (rejection, unavailable) = (ResponseTemplate::new(401), ResponseTemplate::new(503));
    let service = responding_in_turn([example(), rejection.clone(), unavailable, rejection]).await;
    let authority = responding_in_turn([granting(1), granting(2), granting(3)]).await;
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let client = builder(&service).retry(policy).credential(app(&authority)).build().unwrap();
    call(&client).await.unwrap();
    pass(MINUTE).await;
    let error = call(&client).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 3));
    assert_eq!((count(&authority).await, count(&service).await), (2, 4));
}

#[tokio::test]
async fn an_exchange_that_fails_temporarily_is_retried() {
    let (authority, service) = (
        responding_in_turn([ResponseTemplate::new(503), granting(1)]).await,
        example_server().await,
    );
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let client = builder(&service).retry(policy).credential(app(&authority)).build().unwrap();
    let response = operation::call(&client).await.unwrap();
    assert_eq!((response.attempts, count(&authority).await), (1, 2));
}

#[tokio::test]
async fn a_renewal_that_fails_temporarily_is_retried() {
    let unavailable = ResponseTemplate::new(503);
    let (authority, service) = (
        responding_in_turn([granting(1), unavailable, granting(2)]).await,
        rejecting_tokens(1).await,
    );
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let client = builder(&service).retry(policy).credential(app(&authority)).build().unwrap();
    call(&client).await.unwrap_err();
    pass(MINUTE).await;
    let response = operation::call(&client).await.unwrap();
    assert_eq!((response.attempts, count(&authority).await, count(&service).await), (2, 3, 3));
}

#[tokio::test]
async fn a_failed_renewal_is_the_error_of_the_call() {
    let authority = responding_in_turn([granting(1), ResponseTemplate::new(503)]).await;
    let service = rejecting_tokens(1).await;
    let client = with_old_token(&service, &authority).await;
    let error = call(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credential, 1));
    assert_eq!((count(&authority).await, count(&service).await), (2, 2));
}

#[tokio::test]
async fn a_call_times_out_if_it_gets_no_token_in_time() {
    let service = example_server().await;
    let never = || std::future::pending::<Result<AccessToken, CredentialError>>();
    let builder = builder(&service).credential(never).timeout(Duration::from_millis(100));
    let error = call(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert!(error.to_string().contains("no access token in the time allowed"), "{error}");
}

#[tokio::test]
async fn a_rejected_token_is_replaced_once_for_twenty_calls() {
    let (authority, service) =
        (responding_in_turn([granting(1), granting(2)]).await, rejecting_tokens(1).await);
    let client = with_old_token(&service, &authority).await;
    for result in twenty_calls(&client).await {
        result.unwrap();
    }
    assert_eq!(count(&authority).await, 2);
}

#[tokio::test]
async fn a_late_rejection_of_the_old_token_does_not_affect_the_new_one() {
    let rejection = ResponseTemplate::new(401);
    let service =
        responding_in_turn([example(), slow(rejection.clone()), rejection, example()]).await;
    let authority = responding_in_turn([granting(1), granting(2), granting(3)]).await;
    let client = client(&service, &authority);
    call(&client).await.unwrap();
    pass(MINUTE).await;
    let late = tokio::spawn({
        let client = client.clone();
        async move { call(&client).await }
    });
    while count(&service).await == 1 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    call(&client).await.unwrap();
    assert_eq!(count(&authority).await, 2);
    late.await.unwrap().unwrap();
    call(&client).await.unwrap();
    assert_eq!(count(&authority).await, 2);
}

#[tokio::test]
async fn a_token_with_an_unknown_lifetime_is_not_renewed() {
    let exchanges = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&exchanges);
    let credential = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        async { Ok::<_, CredentialError>(AccessToken::new(token(1))) }
    };
    let service = example_server().await;
    let client = builder(&service).credential(credential).build().unwrap();
    call(&client).await.unwrap();
    pass(24 * 60 * MINUTE).await;
    call(&client).await.unwrap();
    assert_eq!(exchanges.load(Ordering::Relaxed), 1);
}
