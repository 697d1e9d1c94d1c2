//! Does `wait_until` wait until a change is visible, and no longer than its time limit?

use std::time::Duration;

use partner_center_client::{Error, ErrorKind, StatusCode};
use tokio::time::Instant;

use support::{
    operation,
    script::{Script, Turn, respond_with},
    table::Response,
};

const SECOND: Duration = Duration::from_secs(1);

/// Returns a response whose value has this state.
fn value(state: &str) -> Turn {
    respond_with("200 OK", &["MS-RequestId: 1"], operation::example_with("state", state))
}

async fn settled(script: &Script, time: Duration) -> Result<Response, Error> {
    let client = script.builder().build().unwrap();
    operation::wait_until(&client, |json| json.contains(r#""state":"new""#), time).await
}

#[tokio::test(start_paused = true)]
async fn a_state_that_is_already_visible() {
    let script = Script::of([value("new")]).await;
    let began = Instant::now();
    settled(&script, SECOND).await.unwrap();
    assert!(began.elapsed() < SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_becomes_visible_later() {
    let mut turns = vec![value("old"); 7];
    turns.push(value("new"));
    let script = Script::of(turns).await;
    settled(&script, 600 * SECOND).await.unwrap();
    let waits: Vec<u64> = script.waits().iter().map(Duration::as_secs).collect();
    assert_eq!(waits, [1, 2, 4, 8, 15, 15, 15]);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_does_not_become_visible_in_time() {
    let script = Script::of([value("old")]).await;
    let began = Instant::now();
    let error = settled(&script, 60 * SECOND).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotSettled);
    assert!((60 * SECOND..61 * SECOND).contains(&began.elapsed()), "{:?}", began.elapsed());
    assert_eq!((error.request_id(), script.seen().len()), (Some("1"), 7));
    assert_eq!((error.status(), error.body()), (Some(StatusCode::OK), None));
    let line = error.to_string();
    assert!(
        line.contains(": 200 OK: the expected value was not reached within 60 s (request ID 1,")
    );
}

#[tokio::test(start_paused = true)]
async fn a_service_that_does_not_respond() {
    let script = Script::of([Turn::Ignore]).await;
    let began = Instant::now();
    let error = settled(&script, 10 * SECOND).await.unwrap_err();
    assert_eq!((error.kind(), error.operation_id()), (ErrorKind::NotSettled, None));
    assert_eq!(error.to_string(), "the expected value was not reached within 10 s");
    assert!(began.elapsed() < 11 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fails() {
    let script = Script::of([value("old"), respond_with("403 Forbidden", &[], "")]).await;
    let error = settled(&script, 60 * SECOND).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), script.seen().len()), (403, 2));
}
