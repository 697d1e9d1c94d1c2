//! Is a value waited for as long as it takes, and no longer than allowed?

use std::time::Duration;

use partner_center_client::{
    Client, ErrorKind, ResponseValue, StatusCode, types::OverageCollection, wait_until,
};
use tokio::time::Instant;

use crate::{
    script::{Script, Turn, answer},
    server::CUSTOMER,
};

const SECOND: Duration = Duration::from_secs(1);

fn overage(enabled: bool) -> Turn {
    let body = format!(r#"{{"items":[{{"type":"PhoneServices","overageEnabled":{enabled}}}]}}"#);
    answer("200 OK", &["MS-RequestId: 1"], body)
}

async fn client(script: &Script) -> Client {
    script.builder().build().unwrap()
}

fn is_enabled(overages: &OverageCollection) -> bool {
    overages.items.iter().any(|overage| overage.overage_enabled == Some(true))
}

async fn enabled(
    client: &Client,
    time: Duration,
) -> Result<ResponseValue<OverageCollection>, partner_center_client::Error> {
    wait_until(|| client.get_overage(&CUSTOMER), is_enabled, time).await
}

#[tokio::test(start_paused = true)]
async fn a_value_that_is_there() {
    let script = Script::of([overage(true)]).await;
    let began = Instant::now();
    assert!(is_enabled(&enabled(&client(&script).await, SECOND).await.unwrap()));
    assert!(began.elapsed() < SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_value_that_comes() {
    let mut turns = vec![overage(false); 7];
    turns.push(overage(true));
    let script = Script::of(turns).await;
    assert!(is_enabled(&enabled(&client(&script).await, 600 * SECOND).await.unwrap()));
    let waits: Vec<u64> = script.waits().iter().map(Duration::as_secs).collect();
    assert_eq!(waits, [1, 2, 4, 8, 15, 15, 15]);
}

#[tokio::test(start_paused = true)]
async fn a_value_that_does_not_come() {
    let script = Script::of([overage(false)]).await;
    let began = Instant::now();
    let error = enabled(&client(&script).await, 60 * SECOND).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotSettled);
    assert!((60 * SECOND..61 * SECOND).contains(&began.elapsed()), "{:?}", began.elapsed());
    assert_eq!((error.request_id(), script.seen().len()), (Some("1"), 7));
    assert_eq!((error.status(), error.body()), (Some(StatusCode::OK), None));
    let line = error.to_string();
    assert!(line.contains("overage: 200 OK: not what was waited for within 60 s (request ID 1,"));
}

#[tokio::test(start_paused = true)]
async fn a_service_that_says_nothing() {
    let script = Script::of([Turn::Ignore]).await;
    let began = Instant::now();
    let error = enabled(&client(&script).await, 10 * SECOND).await.unwrap_err();
    assert_eq!((error.kind(), error.operation_id()), (ErrorKind::NotSettled, None));
    assert_eq!(error.to_string(), "not what was waited for within 10 s");
    assert!(began.elapsed() < 11 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fails() {
    let script = Script::of([overage(false), answer("403 Forbidden", &[], "")]).await;
    let error = enabled(&client(&script).await, 60 * SECOND).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), script.seen().len()), (403, 2));
}
