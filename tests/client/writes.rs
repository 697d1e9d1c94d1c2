//! Do writes to one resource keep their order, and can a program detect an ambiguous write and choose whether it is
//! retried?

use std::{sync::LazyLock, time::Duration};

use heck::ToSnakeCase as _;
use partner_center_client::{Client, Error, ErrorKind, RetryPolicy, uuid::Uuid};
use serde_json::{Value, json};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

use support::{
    document::{self, Example, Operation},
    generated, operation, requests,
    script::{Script, Turn, hang_up, later, respond_with, truncated},
    server::{CORRELATION_ID, CUSTOMER},
};

const SECOND: Duration = Duration::from_secs(1);
const OTHER_CUSTOMER: Uuid = Uuid::from_u128(0x44444444_4444_4444_4444_444444444444);

/// The first operation whose example request has a string that is not a GUID.
static WRITE: LazyLock<Operation> = LazyLock::new(|| {
    let is_write = |operation: &Operation| {
        requests::bodies(operation).swap_remove(0).is_some_and(|it| text(&it).is_some())
    };
    document::operations().into_iter().find(is_write).expect("the document has such an operation")
});

/// Returns the name of a member that is a string but not a GUID. The response does not have to repeat its value, so one
/// response confirms all writes.
fn text(example: &Example) -> Option<String> {
    let is_text = |value: &Value| value.as_str().is_some_and(|it| Uuid::parse_str(it).is_err());
    let members = document_value(&example.json);
    let text = members.as_object()?.iter().find(|(_, value)| is_text(value))?;
    Some(text.0.clone())
}

/// Returns one of two request bodies.
fn body(index: usize) -> Example {
    let example = requests::bodies(&WRITE).swap_remove(0).expect("the operation has a body");
    let mut value = document_value(&example.json);
    if index == 1 {
        value[text(&example).expect("it has a string that is not a GUID")] = json!("another");
    }
    Example { json: value.to_string(), ..example }
}

/// Sends one of the two request bodies.
async fn write_of(client: &Client, customer: Uuid, index: usize) -> Result<u32, Error> {
    let body = body(index);
    let argument = |name: &str| match name {
        "body" => body.json.clone(),
        _ => json!(customer).to_string(),
    };
    let response = generated::call(client, &WRITE.id.to_snake_case(), argument).await?;
    Ok(response.attempts)
}

async fn write(client: &Client, index: usize) -> Result<u32, Error> {
    write_of(client, CUSTOMER, index).await
}

fn success() -> Turn {
    let (status, body) = requests::success(&WRITE);
    respond_with(&format!("{status} OK"), &[], body.unwrap_or_default())
}

/// Returns the indices of the request bodies that the server received, in order.
fn received(script: &Script) -> Vec<usize> {
    let is_second = |body: &str| document_value(body) == document_value(&self::body(1).json);
    script.seen().iter().map(|seen| usize::from(is_second(&seen.body))).collect()
}

fn document_value(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_retry_cannot_undo_a_newer_write() {
    let script = Script::of([Turn::Ignore, success()]).await;
    let client = script.builder().build().unwrap();
    let clone = client.with_correlation_id(CORRELATION_ID);
    let newer = async {
        sleep(SECOND).await;
        write(&clone, 1).await
    };
    let (older, newer) = tokio::join!(write(&client, 0), newer);
    assert_eq!((older.unwrap(), newer.unwrap()), (2, 1));
    assert_eq!(received(&script), [0, 0, 1]);
}

#[tokio::test(start_paused = true)]
async fn a_write_waits_until_an_older_one_has_been_retried() {
    let busy = respond_with("503 Service Unavailable", &["Retry-After: 30"], "");
    let script = Script::of([busy, success()]).await;
    let client = script.builder().build().unwrap();
    let newer = async {
        sleep(SECOND).await;
        write(&client, 1).await
    };
    let (older, newer) = tokio::join!(write(&client, 0), newer);
    assert_eq!((older.unwrap(), newer.unwrap()), (2, 1));
    assert_eq!(received(&script), [0, 0, 1]);
}

#[tokio::test(start_paused = true)]
async fn writes_to_one_resource_keep_the_order_of_their_calls() {
    let script = Script::of([later(SECOND, success())]).await;
    let client = script.builder().build().unwrap();
    let mut writes = JoinSet::new();
    for number in 0..10 {
        let client = client.with_request_id(Uuid::from_u128(number));
        writes.spawn(async move { write(&client, 0).await });
    }
    assert!(writes.join_all().await.iter().all(Result::is_ok));
    let seen = script.seen();
    let numbers: Vec<u128> = seen
        .iter()
        .map(|seen| seen.header("MS-RequestId").parse::<Uuid>().unwrap().as_u128())
        .collect();
    assert_eq!(numbers, Vec::from_iter(0..10));
    assert!(script.waits().iter().all(|wait| *wait >= SECOND), "{:?}", script.waits());
}

#[tokio::test(start_paused = true)]
async fn writes_for_other_customers_and_reads_do_not_wait() {
    let script = Script::of([Turn::Ignore, success()]).await;
    let client = script.builder().build().unwrap();
    let others = async {
        sleep(SECOND).await;
        write_of(&client, OTHER_CUSTOMER, 1).await.unwrap();
        script.play([respond_with("200 OK", &[], operation::example())]);
        operation::call(&client).await.unwrap();
    };
    tokio::select! {
        _ = write(&client, 0) => panic!("the first write has no response"),
        () = others => {}
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_that_waits_takes_no_slot_from_other_calls() {
    let script = Script::of([Turn::Ignore, success()]).await;
    let client = script.builder().concurrent_calls(2).build().unwrap();
    let other = async {
        sleep(SECOND).await;
        write_of(&client, OTHER_CUSTOMER, 1).await.unwrap();
    };
    tokio::select! {
        _ = async { tokio::join!(write(&client, 0), write(&client, 0), write(&client, 1)) } => {
            panic!("the first write has no response")
        }
        () = other => {}
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_write_does_not_hold_up_the_next_one() {
    let script = Script::of([Turn::Ignore, success()]).await;
    let client = script.builder().build().unwrap();
    timeout(SECOND, write(&client, 0)).await.unwrap_err();
    timeout(SECOND, write(&client, 1)).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_failed_write_does_not_hold_up_the_next_one() {
    let script = Script::of([Turn::Ignore, success()]).await;
    let client = script.builder().retry(RetryPolicy::off()).build().unwrap();
    let (older, newer) = tokio::join!(write(&client, 0), write(&client, 1));
    assert_eq!((older.unwrap_err().kind(), newer.unwrap()), (ErrorKind::Timeout, 1));
}

#[tokio::test(start_paused = true)]
async fn the_wait_for_an_older_write_counts_toward_the_timeout() {
    let script = Script::of([Turn::Ignore]).await;
    let client = script.builder().timeout(10 * SECOND).build().unwrap();
    let (_, error) = tokio::join!(write(&client, 0), write(&client, 1));
    let error = error.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert!(error.elapsed() <= 10 * SECOND, "{:?}", error.elapsed());
    let expected = "not sent, because an earlier write of the same resource is still in progress";
    assert!(error.to_string().contains(expected) && !error.is_ambiguous(), "{error}");
    assert!(received(&script).iter().all(|value| *value == 0));
}

/// Returns responses, and failures to respond, after which the service may have performed the write.
fn ambiguous_failures() -> Vec<Turn> {
    vec![
        Turn::Ignore,
        hang_up(),
        truncated(success()),
        respond_with("408 Request Timeout", &[], ""),
        respond_with("408 Request Timeout", &[], r#"{ "code": 1, "isRetryable": true }"#),
        respond_with("500 Internal Server Error", &[], r#"{ "code": 1 }"#),
        respond_with("500 Internal Server Error", &[], r#"{ "code": 1, "isRetryable": true }"#),
        respond_with("502 Bad Gateway", &["Retry-After: 1"], ""),
        respond_with("503 Service Unavailable", &[], "<html>"),
        respond_with("504 Gateway Timeout", &[], ""),
    ]
}

/// Returns responses after which the service has not performed the write, but may do so if it is retried.
fn refusals() -> [Turn; 4] {
    [
        respond_with("429 Too Many Requests", &[], ""),
        respond_with("503 Service Unavailable", &["Retry-After: 1"], ""),
        respond_with("503 Service Unavailable", &[], r#"{ "code": 1 }"#),
        respond_with("409 Conflict", &[], r#"{ "code": 1, "isRetryable": true }"#),
    ]
}

#[tokio::test(start_paused = true)]
async fn an_ambiguous_write_is_retried_by_default() {
    for failure in ambiguous_failures() {
        let script = Script::of([failure.clone(), success()]).await;
        let client = script.builder().build().unwrap();
        assert_eq!(write(&client, 0).await.unwrap(), 2, "{failure:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_can_be_configured_not_to_retry_ambiguous_writes() {
    for failure in ambiguous_failures() {
        let script = Script::of([failure.clone(), success()]).await;
        let client = script.builder().retry_ambiguous_writes(false).build().unwrap();
        let error = write(&client, 0).await.unwrap_err();
        assert!(error.is_ambiguous() && error.is_retryable(), "{failure:?}");
        assert_eq!((error.attempts(), script.seen().len()), (1, 1), "{failure:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_single_call_can_be_configured_not_to_retry_an_ambiguous_write() {
    let script = Script::of([Turn::Ignore, success()]).await;
    let client = script.builder().build().unwrap();
    let error = write(&client.with_retry_ambiguous_writes(false), 0).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    script.play([Turn::Ignore, success()]);
    assert_eq!(write(&client, 0).await.unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_write_that_was_not_performed_is_always_retried() {
    for refusal in refusals() {
        let script = Script::of([refusal.clone(), success()]).await;
        let client = script.builder().retry_ambiguous_writes(false).build().unwrap();
        assert_eq!(write(&client, 0).await.unwrap(), 2, "{refusal:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_that_could_not_connect_is_always_retried() {
    let builder = Client::builder().base_url("http://127.0.0.1:9").access_token("token");
    let client = builder.retry_ambiguous_writes(false).build().unwrap();
    let error = write(&client, 0).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 4), "{error:?}");
    assert!(!error.is_ambiguous());
}

#[tokio::test(start_paused = true)]
async fn a_read_is_always_retried() {
    let script = Script::of([hang_up(), respond_with("200 OK", &[], operation::example())]).await;
    let client = script.builder().retry_ambiguous_writes(false).build().unwrap();
    assert_eq!(operation::call(&client).await.unwrap().attempts, 2);
}

#[tokio::test(start_paused = true)]
async fn a_later_error_response_does_not_resolve_an_ambiguous_attempt() {
    let forbidden = respond_with("403 Forbidden", &[], "");
    let script = Script::of([Turn::Ignore, forbidden.clone()]).await;
    let client = script.builder().build().unwrap();
    assert!(write(&client, 0).await.unwrap_err().is_ambiguous());
    script.play([forbidden]);
    assert!(!write(&client, 0).await.unwrap_err().is_ambiguous());
}

#[tokio::test(start_paused = true)]
async fn a_redirect_to_the_result_of_a_write_is_ambiguous() {
    for (status, is_ambiguous) in [("303 See Other", true), ("307 Temporary Redirect", false)] {
        let script = Script::of([respond_with(status, &["Location: /v1/result"], "")]).await;
        let error = write(&script.builder().build().unwrap(), 0).await.unwrap_err();
        assert_eq!((error.is_ambiguous(), error.attempts()), (is_ambiguous, 1), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_read_is_not_ambiguous() {
    let script = Script::of([hang_up()]).await;
    let client = script.builder().build().unwrap();
    assert!(!operation::call(&client).await.unwrap_err().is_ambiguous());
}
