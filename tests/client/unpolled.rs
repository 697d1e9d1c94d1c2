//! Can a call that the program has stopped polling hold up another call?

use std::{
    future::Future,
    pin::{Pin, pin},
    time::Duration,
};

use futures::{StreamExt as _, stream};
use partner_center_client::{Client, Error};
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout};

use support::{
    collection, operation,
    script::{Script, Turn, later, respond_with},
    table::Response,
};

const SECOND: Duration = Duration::from_secs(1);

fn success() -> Turn {
    respond_with("200 OK", &[], operation::example())
}

async fn call(client: &Client) -> Result<(), Error> {
    operation::call(client).await.map(drop)
}

type Call<'a> = Pin<Box<dyn Future<Output = Result<Response, Error>> + 'a>>;

/// Starts this many calls, and polls each only once, so that it waits.
async fn waiting(client: &Client, calls: usize) -> Vec<Call<'_>> {
    let mut waiting: Vec<Call<'_>> = Vec::new();
    for _ in 0..calls {
        let mut call: Call<'_> = Box::pin(operation::call(client));
        assert!(futures::poll!(&mut call).is_pending());
        waiting.push(call);
    }
    waiting
}

/// Makes a call that must succeed within this time.
async fn call_within(client: &Client, time: Duration) {
    timeout(time, call(client)).await.expect("the call does not wait for others").unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_call_that_waits_for_a_slot() {
    let script = Script::of([success()]).await;
    let client = script.builder().requests_per_minute(60).build().unwrap();
    for calls in [1, 8, 100] {
        call(&client).await.unwrap();
        let _waiting = waiting(&client, calls).await;
        call_within(&client, 20 * SECOND).await;
        // Later calls no longer wait for the calls that missed their turn.
        call_within(&client, SECOND + SECOND / 10).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_polled_again_takes_the_next_slot() {
    let script = Script::of([success()]).await;
    let client = script.builder().requests_per_minute(60).build().unwrap();
    call(&client).await.unwrap();
    let mut waiting = waiting(&client, 1).await;
    call_within(&client, 2 * SECOND).await;
    let mut later = Box::pin(call(&client));
    assert!(futures::poll!(&mut later).is_pending());
    let first = waiting.remove(0);
    tokio::select! {
        biased;
        _ = later => panic!("the older call must be first"),
        result = first => drop(result.unwrap()),
    }
    for wait in script.waits() {
        assert!(wait > SECOND - Duration::from_millis(10), "{wait:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_that_waits_for_a_slot() {
    let script = Script::of([respond_with("503 Service Unavailable", &[], ""), success()]).await;
    let builder = script.builder().requests_per_minute(1).timeout(1000 * SECOND);
    let client = builder.build().unwrap();
    let mut retried = Box::pin(call(&client));
    timeout(30 * SECOND, &mut retried).await.unwrap_err();
    call_within(&client, 61 * SECOND).await;
    retried.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_released_after_a_429() {
    let throttled = respond_with("429 Too Many Requests", &["Retry-After: 5"], "");
    let script = Script::of([throttled, success()]).await;
    let client = script.builder().build().unwrap();
    let first = tokio::spawn({
        let client = client.clone();
        async move { call(&client).await }
    });
    sleep(SECOND).await;
    let mut waiting = waiting(&client, 3).await;
    first.await.unwrap().unwrap();
    for waiting in &mut waiting {
        assert!(futures::poll!(waiting).is_pending());
    }
    call_within(&client, SECOND).await;
    for waiting in waiting {
        waiting.await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_waits_for_a_permit() {
    for calls in [1, 8, 100] {
        let script = Script::of([later(SECOND, success())]).await;
        let client = script.builder().concurrent_calls(1).build().unwrap();
        let mut first = Box::pin(call(&client));
        timeout(SECOND / 2, &mut first).await.unwrap_err();
        let waiting = waiting(&client, calls).await;
        let mut last = Box::pin(call(&client));
        assert!(futures::poll!(&mut last).is_pending());
        first.await.unwrap();
        timeout(3 * SECOND, last).await.expect("the permit is free").unwrap();
        call_within(&client, SECOND + SECOND / 10).await;
        drop(waiting);
    }
}

#[tokio::test(start_paused = true)]
async fn calls_get_their_permits_in_order() {
    let script = Script::of([later(SECOND, success())]).await;
    let client = script.builder().concurrent_calls(1).build().unwrap();
    let calls = stream::iter(0..50).map(|number| {
        let client = &client;
        async move {
            call(client).await.unwrap();
            number
        }
    });
    let numbers: Vec<usize> = calls.buffer_unordered(50).collect().await;
    assert_eq!(numbers, Vec::from_iter(0..50));
}

#[tokio::test(start_paused = true)]
async fn a_loop_of_calls_leaves_the_permit_to_other_calls() {
    let script = Script::of([later(SECOND, success())]).await;
    let client = script.builder().concurrent_calls(1).build().unwrap();
    let worker = tokio::spawn({
        let client = client.clone();
        async move {
            loop {
                call(&client).await.unwrap();
            }
        }
    });
    sleep(SECOND / 2).await;
    call_within(&client, 3 * SECOND).await;
    worker.abort();
}

#[tokio::test(start_paused = true)]
async fn a_page_that_waits_for_a_slot() {
    let (path, script) = (collection::path(), Script::of([success()]).await);
    let first = collection::page([1], collection::link(&format!("{path}?page=2")));
    let last = collection::page([2], Value::Null);
    script.play([first, last].map(|page| respond_with("200 OK", &[], page)));
    let client = script.builder().requests_per_minute(60).build().unwrap();
    let mut items = collection::items(&client);
    items.next().await.unwrap().unwrap();
    timeout(SECOND / 2, items.next()).await.unwrap_err();
    call_within(&client, 2 * SECOND).await;
    assert_eq!(script.seen().len(), 2);
    items.next().await.unwrap().unwrap();
}

/// The loop of the sweep recipe in the guide, with a call in its body.
#[tokio::test(start_paused = true)]
async fn a_loop_over_buffered_calls_with_a_call_in_its_body() {
    let script = Script::of([later(SECOND / 2, success())]).await;
    let client = script.builder().requests_per_minute(600).build().unwrap();
    let began = Instant::now();
    let calls = stream::iter(0..40).map(|_| call(&client)).buffer_unordered(8);
    let mut calls = pin!(calls);
    while let Some(result) = calls.next().await {
        result.unwrap();
        call_within(&client, 10 * SECOND).await;
    }
    assert_eq!(script.seen().len(), 80);
    // The pace limits the 80 requests to 8 seconds, and the 40 calls in the body take 20 seconds.
    assert!(began.elapsed() < 30 * SECOND, "{:?}", began.elapsed());
}
