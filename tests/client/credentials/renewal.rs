//! One exchange at a time, as seldom as possible, and early enough.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use partner_center_client::{AccessToken, Client, CredentialError, Error, ErrorKind, RetryPolicy};
use serde_json::json;
use tokio::task::JoinSet;
use wiremock::{MockServer, ResponseTemplate};

use super::{
    authority::{answering_in_turn, app, builder, count, granting, granting_for, refusing, token},
    service::refusing_tokens,
};
use support::{
    operation,
    server::{example, example_server},
};

const MINUTE: Duration = Duration::from_secs(60);

/// Lets time pass, without letting it run while a server works.
async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

async fn call(client: &Client) -> Result<(), Error> {
    operation::call(client).await.map(drop)
}

/// Twenty calls at once, and what became of each.
async fn twenty_calls(client: &Client) -> Vec<Result<(), Error>> {
    let mut calls = JoinSet::new();
    for _ in 0..20 {
        let client = client.clone();
        calls.spawn(async move { call(&client).await });
    }
    calls.join_all().await
}

fn client(service: &MockServer, authority: &MockServer) -> Client {
    builder(service).credential(app(authority)).build().unwrap()
}

fn slow(answer: ResponseTemplate) -> ResponseTemplate {
    answer.set_delay(Duration::from_millis(300))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_calls_take_one_exchange() {
    let (authority, service) = (
        answering_in_turn([granting_for(json!(0), 1), slow(granting(2))]).await,
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
    let answer = refusing(401, "invalid_client", 7_000_215, "Invalid client secret provided.");
    let (authority, service) = (answering_in_turn([slow(answer)]).await, example_server().await);
    for result in twenty_calls(&client(&service, &authority)).await {
        let error = result.unwrap_err();
        assert_eq!(error.credential_error().unwrap().codes(), [7_000_215]);
    }
    assert_eq!((count(&authority).await, count(&service).await), (1, 0));
}

#[tokio::test]
async fn a_call_that_is_dropped_takes_no_other_along() {
    let (authority, service) =
        (answering_in_turn([slow(granting(1))]).await, example_server().await);
    let client = client(&service, &authority);
    let dropped = tokio::time::timeout(Duration::from_millis(100), call(&client));
    let (dropped, others) = tokio::join!(dropped, twenty_calls(&client));
    assert!(dropped.is_err());
    assert!(others.into_iter().all(|result| result.is_ok()));
    assert_eq!(count(&authority).await, 1);
}

#[tokio::test]
async fn an_exchange_whose_calls_are_all_dropped_is_finished() {
    let (authority, service) =
        (answering_in_turn([slow(granting(1))]).await, example_server().await);
    let client = client(&service, &authority);
    tokio::time::timeout(Duration::from_millis(100), call(&client)).await.unwrap_err();
    tokio::time::sleep(Duration::from_millis(400)).await;
    call(&client).await.unwrap();
    assert_eq!(count(&authority).await, 1);
}

#[tokio::test]
async fn a_token_that_the_service_refuses_is_replaced_once() {
    let (authority, service) =
        (answering_in_turn([granting(1), granting(2)]).await, refusing_tokens(1).await);
    let client = client(&service, &authority);
    for _ in 0..3 {
        call(&client).await.unwrap();
    }
    assert_eq!((count(&authority).await, count(&service).await), (2, 4));
}

#[tokio::test]
async fn a_call_whose_tokens_are_refused_is_replayed_once() {
    let (authority, service) =
        (answering_in_turn([granting(1), granting(2)]).await, refusing_tokens(9).await);
    let error = call(&client(&service, &authority)).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 2));
    assert_eq!((count(&authority).await, count(&service).await), (2, 2));
}

#[tokio::test]
async fn a_call_is_replayed_once_whatever_comes_between() {
    let (refusal, busy) = (ResponseTemplate::new(401), ResponseTemplate::new(503));
    let service = answering_in_turn([refusal.clone(), busy, refusal]).await;
    let authority = answering_in_turn([granting(1), granting(2), granting(3)]).await;
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let client = builder(&service).retry(policy).credential(app(&authority)).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 3));
    assert_eq!((count(&authority).await, count(&service).await), (2, 3));
}

#[tokio::test]
async fn an_exchange_that_fails_for_the_moment_is_tried_again() {
    let (authority, service) = (
        answering_in_turn([ResponseTemplate::new(503), granting(1)]).await,
        example_server().await,
    );
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let client = builder(&service).retry(policy).credential(app(&authority)).build().unwrap();
    let response = operation::call(&client).await.unwrap();
    assert_eq!((response.attempts, count(&authority).await), (1, 2));
}

#[tokio::test]
async fn a_renewal_that_fails_for_the_moment_is_tried_again() {
    let disturbed = ResponseTemplate::new(503);
    let (authority, service) =
        (answering_in_turn([granting(1), disturbed, granting(2)]).await, refusing_tokens(1).await);
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let client = builder(&service).retry(policy).credential(app(&authority)).build().unwrap();
    let response = operation::call(&client).await.unwrap();
    assert_eq!((response.attempts, count(&authority).await, count(&service).await), (2, 3, 2));
}

#[tokio::test]
async fn a_renewal_that_fails_is_the_error() {
    let authority = answering_in_turn([granting(1), ResponseTemplate::new(503)]).await;
    let service = refusing_tokens(1).await;
    let policy = RetryPolicy::off();
    let client = builder(&service).retry(policy).credential(app(&authority)).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credential, 1));
    assert_eq!((count(&authority).await, count(&service).await), (2, 1));
}

#[tokio::test]
async fn a_token_that_does_not_come_in_time() {
    let service = example_server().await;
    let never = || std::future::pending::<Result<AccessToken, CredentialError>>();
    let builder = builder(&service).credential(never).timeout(Duration::from_millis(100));
    let error = call(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert!(error.to_string().contains("no access token in the time allowed"), "{error}");
}

#[tokio::test]
async fn a_token_that_twenty_calls_find_refused_is_replaced_once() {
    let (authority, service) =
        (answering_in_turn([granting(1), granting(2)]).await, refusing_tokens(1).await);
    let client = client(&service, &authority);
    for result in twenty_calls(&client).await {
        result.unwrap();
    }
    assert_eq!(count(&authority).await, 2);
}

#[tokio::test]
async fn a_late_refusal_does_not_cost_the_new_token() {
    let refusal = ResponseTemplate::new(401);
    let service = answering_in_turn([slow(refusal.clone()), refusal, example()]).await;
    let authority = answering_in_turn([granting(1), granting(2), granting(3)]).await;
    let client = client(&service, &authority);
    let late = tokio::spawn({
        let client = client.clone();
        async move { call(&client).await }
    });
    while count(&service).await == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    call(&client).await.unwrap();
    assert_eq!(count(&authority).await, 2);
    late.await.unwrap().unwrap();
    call(&client).await.unwrap();
    assert_eq!(count(&authority).await, 2);
}

#[tokio::test]
async fn a_token_of_unknown_life_is_never_renewed_unasked() {
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
