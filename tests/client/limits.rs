//! Do a client and its clones keep their shared limits?

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use partner_center_client::{AccessToken, Client, Error};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use support::{
    operation,
    script::{Script, Turn, later, respond_with},
    server::{CORRELATION_ID, TOKEN},
};

const SECOND: Duration = Duration::from_secs(1);

fn success() -> Turn {
    respond_with("200 OK", &[], operation::example())
}

/// Starts this many concurrent calls, each with its own clone of the client.
fn at_once(client: &Client, calls: usize) -> JoinSet<Result<u32, Error>> {
    let mut tasks = JoinSet::new();
    for _ in 0..calls {
        let client = client.with_correlation_id(CORRELATION_ID);
        tasks.spawn(async move { Ok(operation::call(&client).await?.attempts) });
    }
    tasks
}

async fn succeed(calls: JoinSet<Result<u32, Error>>) {
    for result in calls.join_all().await {
        result.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn the_pace_spreads_requests_evenly() {
    let script = Script::of([success()]).await;
    let client = script.builder().requests_per_minute(120).build().unwrap();
    succeed(at_once(&client, 50)).await;
    assert_eq!(script.seen().len(), 50);
    for wait in script.waits() {
        let bounds = Duration::from_millis(499)..Duration::from_millis(510);
        assert!(bounds.contains(&wait), "{wait:?}");
    }
}

/// Asserts that the server saw at most this many requests in any second.
fn assert_no_more_in_a_second(script: &Script, limit: usize) {
    for window in script.seen().windows(limit + 1) {
        let time = window[limit].at - window[0].at;
        assert!(time >= SECOND, "{} requests in {time:?}", limit + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_pace_faster_than_the_timer_resolution_is_kept() {
    for limit in [300, 2000] {
        let script = Script::of([success()]).await;
        let client = script.builder().requests_per_second(limit).build().unwrap();
        succeed(at_once(&client, 601)).await;
        let seen = script.seen();
        let pace = 600.0 / (seen[600].at - seen[0].at).as_secs_f64();
        assert!((0.99..=1.0).contains(&(pace / f64::from(limit))), "{pace} instead of {limit}");
        assert_no_more_in_a_second(&script, limit as usize);
    }
}

/// Asserts that the server saw at most ten requests in any second.
fn assert_ten_a_second(script: &Script) {
    assert_no_more_in_a_second(script, 10);
}

#[tokio::test(start_paused = true)]
async fn the_pace_is_kept_if_the_first_token_is_late() {
    let script = Script::of([success()]).await;
    let credential = || async {
        sleep(2 * SECOND).await;
        Ok(AccessToken::new(TOKEN))
    };
    let client = script.builder().credential(credential).requests_per_second(10).build().unwrap();
    succeed(at_once(&client, 30)).await;
    assert_eq!(script.seen().len(), 30);
    assert_ten_a_second(&script);
}

#[tokio::test(start_paused = true)]
async fn the_pace_is_kept_for_retries_with_a_new_token() {
    let count = AtomicUsize::new(0);
    let credential = move || {
        let number = count.fetch_add(1, Ordering::Relaxed);
        async move { Ok(AccessToken::new(format!("{TOKEN}{number}"))) }
    };
    let first = format!("Bearer {TOKEN}0");
    let script = Script::playing(move |seen| {
        if seen.header("Authorization") == first {
            later(31 * SECOND, respond_with("401 Unauthorized", &[], ""))
        } else {
            success()
        }
    });
    let script = script.await;
    let client = script.builder().credential(credential).requests_per_second(10).build().unwrap();
    succeed(at_once(&client, 30)).await;
    assert!(script.seen().len() > 50, "{}", script.seen().len());
    assert_ten_a_second(&script);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_expires_during_the_wait_is_not_sent() {
    let count = AtomicUsize::new(0);
    let credential = move || {
        let number = count.fetch_add(1, Ordering::Relaxed);
        let token = AccessToken::new(format!("{TOKEN}{number}"));
        async move { Ok(token.expires_in(30 * SECOND)) }
    };
    let script = Script::of([success()]).await;
    let client = script.builder().credential(credential).requests_per_minute(1).build().unwrap();
    succeed(at_once(&client, 3)).await;
    let seen = script.seen();
    let tokens: BTreeSet<&str> = seen.iter().map(|seen| seen.header("Authorization")).collect();
    assert_eq!(tokens.len(), 3, "{tokens:?}");
    assert!(script.waits().iter().all(|wait| *wait >= 60 * SECOND), "{:?}", script.waits());
}

#[tokio::test(start_paused = true)]
async fn slots_that_pass_without_calls_are_lost() {
    let script = Script::of([success()]).await;
    let client = script.builder().requests_per_second(20).build().unwrap();
    succeed(at_once(&client, 10)).await;
    sleep(10 * SECOND).await;
    succeed(at_once(&client, 10)).await;
    for wait in script.waits() {
        assert!(wait >= Duration::from_millis(49), "{wait:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn slots_that_pass_while_the_program_is_suspended_are_lost() {
    let script = Script::of([success()]).await;
    let client = script.builder().requests_per_second(300).build().unwrap();
    let calls = at_once(&client, 400);
    sleep(SECOND / 10).await;
    tokio::time::advance(10 * SECOND).await;
    succeed(calls).await;
    assert_no_more_in_a_second(&script, 300);
    for window in script.seen().windows(4) {
        assert!(window[3].at > window[0].at, "{window:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_waits_for_a_slot() {
    let busy = respond_with("503 Service Unavailable", &[], "");
    let script = Script::of([busy.clone(), busy, success()]).await;
    let policy = partner_center_client::RetryPolicy::default().base(Duration::ZERO);
    let client = script.builder().retry(policy).requests_per_minute(6).build().unwrap();
    succeed(at_once(&client, 4)).await;
    for wait in script.waits() {
        assert!(wait >= 10 * SECOND, "{wait:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_takes_priority_over_new_calls() {
    let script = Script::of([respond_with("503 Service Unavailable", &[], ""), success()]).await;
    let builder = script.builder().requests_per_minute(6).timeout(60 * SECOND);
    succeed(at_once(&builder.build().unwrap(), 50)).await;
}

#[tokio::test(start_paused = true)]
async fn a_call_returns_its_last_response_if_a_retry_would_get_no_slot_in_time() {
    let script = Script::of([respond_with("503 Service Unavailable", &[], "")]).await;
    let builder = script.builder().requests_per_minute(1).timeout(10 * SECOND);
    let error = operation::call(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (503, 1));
}

#[tokio::test(start_paused = true)]
async fn the_wait_for_the_first_slot_does_not_count_toward_the_timeout() {
    let script = Script::of([success()]).await;
    let builder = script.builder().requests_per_minute(1).timeout(10 * SECOND);
    succeed(at_once(&builder.build().unwrap(), 20)).await;
    let builder = script.builder().concurrent_calls(1).timeout(10 * SECOND);
    succeed(at_once(&builder.build().unwrap(), 20)).await;
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_uses_no_slot() {
    let script = Script::of([success()]).await;
    let client = script.builder().requests_per_minute(1).build().unwrap();
    operation::call(&client).await.unwrap();
    timeout(SECOND, at_once(&client, 100).join_all()).await.unwrap_err();
    let began = Instant::now();
    operation::call(&client).await.unwrap();
    assert!(began.elapsed() < 60 * SECOND, "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn the_number_of_concurrent_calls_is_limited() {
    let script = Script::of([later(SECOND, success())]).await;
    let client = script.builder().concurrent_calls(4).build().unwrap();
    let began = Instant::now();
    succeed(at_once(&client, 40)).await;
    let seconds = began.elapsed().as_secs_f64();
    assert!((10.0..10.5).contains(&seconds), "{seconds}");
    for four in script.seen().windows(5) {
        assert!(four[4].at - four[0].at >= SECOND, "{four:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_waits_for_a_retry_counts_as_concurrent() {
    let throttled = respond_with("429 Too Many Requests", &["Retry-After: 60"], "");
    let script = Script::of([throttled, success()]).await;
    let client = script.builder().concurrent_calls(1).build().unwrap();
    succeed(at_once(&client, 5)).await;
    assert!(script.waits()[0] >= 60 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_no_longer_counts_as_concurrent() {
    let script = Script::of([Turn::Ignore, success()]).await;
    let client = script.builder().concurrent_calls(1).build().unwrap();
    timeout(SECOND, operation::call(&client)).await.unwrap_err();
    timeout(SECOND, operation::call(&client)).await.unwrap().unwrap();
}

/// Returns the server's reaction to a request. Two of three requests fail, in different ways.
fn fault(number: usize) -> Turn {
    match number % 9 {
        0 => support::script::hang_up(),
        2 => respond_with("429 Too Many Requests", &["Retry-After: 2"], ""),
        3 => support::script::truncated(success()),
        5 => respond_with("502 Bad Gateway", &["Content-Type: text/html"], "<html>"),
        6 => later(90 * SECOND, success()),
        8 => respond_with("503 Service Unavailable", &["Retry-After: soon"], "{"),
        _ => later(Duration::from_millis(20), success()),
    }
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_in_fifty_tasks_survive_failures() {
    let number = Arc::new(AtomicUsize::new(0));
    let count = number.clone();
    let script = Script::playing(move |_| fault(count.fetch_add(1, Ordering::Relaxed))).await;
    let policy = partner_center_client::RetryPolicy::default().attempts(50);
    let builder = script.builder().retry(policy).timeout(100_000 * SECOND).concurrent_calls(20);
    let client = builder.build().unwrap();
    let mut tasks = JoinSet::new();
    for _ in 0..50 {
        let client = client.clone();
        tasks.spawn(async move {
            let mut attempts = 0;
            for _ in 0..20 {
                let response = operation::call(&client).await.unwrap();
                operation::assert_example(&response);
                attempts += response.attempts as usize;
            }
            attempts
        });
    }
    let attempts: usize = tasks.join_all().await.into_iter().sum();
    assert_eq!((attempts, number.load(Ordering::Relaxed)), (script.seen().len(), attempts));
    drop(client);
    sleep(1000 * SECOND).await;
    // The only task left is the listener of the server.
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 1);
}
