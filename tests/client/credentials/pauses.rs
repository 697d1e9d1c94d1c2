//! After a failed exchange, calls fail immediately for a while. Tokio's clock is paused.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::Poll,
    time::Duration,
};

use partner_center_client::{
    AccessToken, AppUserCredential, CredentialError, CredentialErrorKind, RetryPolicy,
};
use tokio::time::{Instant, sleep, timeout};

use super::{
    calls::{call, twenty_calls},
    scene::{HOUR, MINUTE, SECOND, Scene, app, granting, refusing, throttling, unavailable},
};
use support::script::{Script, later};

/// Makes forty calls that all fail, twenty at a time, and returns the last error.
async fn forty_failures(scene: &Scene) -> CredentialError {
    let mut results = twenty_calls(&scene.client).await;
    results.extend(twenty_calls(&scene.client).await);
    let errors = results.into_iter().map(Result::unwrap_err);
    let last = errors.last().unwrap();
    last.credential_error().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn forty_failed_calls_make_one_exchange() {
    for failure in [refusing(), unavailable(), throttling("60")] {
        let scene = Scene::of([failure]).await;
        forty_failures(&scene).await;
        assert_eq!((scene.exchanges(), scene.service.seen().len()), (1, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn forty_failed_calls_make_one_exchange_if_the_credential_panics() {
    let exchanges = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&exchanges);
    let credential = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        std::future::poll_fn(|_| -> Poll<Result<AccessToken, CredentialError>> {
            panic!("the credential panics")
        })
    };
    let scene = Scene::with(Script::of([unavailable()]).await, credential).await;
    let error = forty_failures(&scene).await;
    assert_eq!(error.kind(), CredentialErrorKind::Other);
    assert_eq!(exchanges.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn the_error_shows_the_reason_and_the_rest_of_the_pause() {
    let scene = Scene::of([throttling("60"), granting(1, HOUR)]).await;
    scene.failure().await;
    sleep(17 * SECOND).await;
    let error = scene.failure().await;
    let line = "sign-in: 429 Too Many Requests: empty body (no further token request for 43 s)";
    assert_eq!(error.to_string(), line);
    assert_eq!(error.retry_after().unwrap().as_millis().div_ceil(1000), 43);
    assert!(error.is_retryable());
    sleep(43 * SECOND).await;
    scene.assert_uses(1).await;
    assert_eq!(scene.exchanges(), 2);
}

/// Makes a call every half second for two minutes, and returns the waits between the exchanges.
async fn waits(scene: &Scene) -> Vec<Duration> {
    for _ in 0..240 {
        scene.failure().await;
        sleep(SECOND / 2).await;
    }
    scene.authority.waits()
}

fn assert_about(waits: &[Duration], expected: &[u32]) {
    assert_eq!(waits.len(), expected.len(), "{waits:?}");
    for (&wait, &seconds) in waits.iter().zip(expected) {
        let late = wait.checked_sub(seconds * SECOND);
        assert!(late.is_some_and(|late| late < SECOND), "{waits:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_pause_after_transient_failures_doubles_up_to_30_seconds() {
    let scene = Scene::of([unavailable()]).await;
    assert_about(&waits(&scene).await, &[1, 2, 4, 8, 16, 30, 30]);
}

#[tokio::test(start_paused = true)]
async fn the_pause_after_permanent_failures_is_30_seconds() {
    let scene = Scene::of([refusing()]).await;
    assert_about(&waits(&scene).await, &[30, 30, 30]);
}

#[tokio::test(start_paused = true)]
async fn a_success_resets_the_pause() {
    let scene = Scene::of([
        unavailable(),
        unavailable(),
        granting(1, 10 * SECOND),
        unavailable(),
        granting(2, HOUR),
    ])
    .await;
    for pause in [1, 2] {
        scene.failure().await;
        sleep(pause * SECOND).await;
    }
    scene.assert_uses(1).await;
    sleep(10 * SECOND).await;
    scene.failure().await;
    sleep(SECOND).await;
    scene.assert_uses(2).await;
}

#[tokio::test(start_paused = true)]
async fn a_pause_takes_at_most_an_hour_whatever_the_authority_requests() {
    let scene = Scene::of([throttling("99999999999999999999"), granting(1, HOUR)]).await;
    scene.failure().await;
    sleep(HOUR - SECOND).await;
    scene.failure().await;
    sleep(SECOND).await;
    scene.assert_uses(1).await;
}

#[tokio::test(start_paused = true)]
async fn a_call_retries_after_a_short_pause() {
    let authority = Script::of([unavailable(), unavailable(), granting(1, HOUR)]).await;
    let app = app(&authority);
    let scene = Scene::with_policy(authority, app, RetryPolicy::default()).await;
    let (token, waited) = scene.call().await.unwrap();
    assert_eq!((token, waited.as_secs(), scene.exchanges()), (1, 3, 3));
}

#[tokio::test(start_paused = true)]
async fn only_the_call_that_was_throttled_waits_out_a_long_pause() {
    let authority = Script::of([throttling("60"), granting(1, HOUR)]).await;
    let app = app(&authority);
    let scene = Scene::with_policy(authority, app, RetryPolicy::default()).await;
    let client = scene.client.clone();
    let first = tokio::spawn(async move { call(&client).await });
    sleep(SECOND).await;
    scene.failure().await;
    first.await.unwrap().unwrap();
    assert_eq!(scene.exchanges(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_does_not_retry_an_exchange_that_timed_out() {
    let credential = || std::future::pending::<Result<AccessToken, CredentialError>>();
    let authority = Script::of([unavailable()]).await;
    let scene = Scene::with_policy(authority, credential, RetryPolicy::default()).await;
    let began = Instant::now();
    let error = scene.call().await.unwrap_err();
    assert_eq!(began.elapsed().as_secs(), 60);
    assert!(error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn a_new_client_secret_ends_the_pause() {
    let authority = Script::of([refusing(), granting(1, HOUR)]).await;
    let app = app(&authority);
    let scene = Scene::with(authority, app.clone()).await;
    scene.failure().await;
    app.set_client_secret("new-secret\n").unwrap_err();
    scene.failure().await;
    app.set_client_secret("new-secret").unwrap();
    scene.assert_uses(1).await;
    assert!(scene.authority.seen()[1].body.contains("client_secret=new-secret"));
}

#[tokio::test(start_paused = true)]
async fn a_new_refresh_token_ends_the_pause_and_replaces_the_access_token() {
    let turns = [refusing(), granting(1, HOUR), granting(2, HOUR)];
    let authority = Script::of(turns).await;
    let store = |_| async { Ok::<(), io::Error>(()) };
    let user = Arc::new(AppUserCredential::new(app(&authority), "refresh-token-0", store));
    let scene = Scene::with(authority, Arc::clone(&user)).await;
    scene.failure().await;
    for n in [1, 2] {
        user.set_refresh_token(format!("refresh-token-{n}")).unwrap();
        scene.assert_uses(n).await;
        scene.assert_uses(n).await;
        let body = &scene.authority.seen()[n].body;
        assert!(body.contains(&format!("refresh_token=refresh-token-{n}")));
    }
}

#[tokio::test(start_paused = true)]
async fn the_result_of_an_exchange_with_the_old_secret_is_ignored() {
    let authority = Script::of([later(20 * SECOND, refusing()), granting(1, HOUR)]).await;
    let app = app(&authority);
    let scene = Scene::with(authority, app.clone()).await;
    timeout(SECOND, scene.call()).await.unwrap_err();
    app.set_client_secret("new-secret").unwrap();
    scene.assert_uses(1).await;
    sleep(MINUTE).await;
    scene.assert_uses(1).await;
    assert_eq!(scene.exchanges(), 2);
}
