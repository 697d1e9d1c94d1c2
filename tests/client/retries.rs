//! Does the client retry exactly the calls that can succeed later, as often and after the waits that its policy sets?

use std::{
    future::pending,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use partner_center_client::{AccessToken, Error, ErrorKind, RetryPolicy, uuid::Uuid};
use tokio::time::{Instant, timeout};

use support::{
    document, operation, requests,
    script::{Script, Turn, hang_up, later, respond_with, truncated},
    server::{CORRELATION_ID, REQUEST_ID, TOKEN},
};

const TENTH: Duration = Duration::from_millis(100);

fn success() -> Turn {
    respond_with("200 OK", &[], operation::example())
}

fn busy() -> Turn {
    respond_with("503 Service Unavailable", &[], "")
}

fn busy_for(seconds: u64) -> Turn {
    respond_with("503 Service Unavailable", &[&format!("Retry-After: {seconds}")], "")
}

async fn error_of(script: &Script) -> Error {
    operation::call(&script.builder().build().unwrap()).await.unwrap_err()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test(start_paused = true)]
async fn transient_failures_are_retried() {
    let failures = [
        hang_up(),
        Turn::Ignore,
        truncated(success()),
        respond_with("408 Request Timeout", &[], ""),
        respond_with("429 Too Many Requests", &[], ""),
        respond_with("500 Internal Server Error", &[], "<html>"),
        respond_with("502 Bad Gateway", &[], ""),
        respond_with("503 Service Unavailable", &[], "{"),
        respond_with("504 Gateway Timeout", &[], ""),
        respond_with("409 Conflict", &[], r#"{ "code": 1, "isRetryable": true }"#),
    ];
    for failure in failures {
        let script = Script::of([failure.clone(), failure.clone(), success()]).await;
        let client = script.builder().build().unwrap();
        let response = operation::call(&client).await.unwrap();
        assert_eq!((response.attempts, script.seen().len()), (3, 3), "{failure:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn permanent_failures_are_not_retried() {
    let failures = [
        "200 OK",
        "204 No Content",
        "302 Found",
        "400 Bad Request",
        "401 Unauthorized",
        "403 Forbidden",
        "404 Not Found",
        "409 Conflict",
        "412 Precondition Failed",
        "418 I'm a teapot",
        "501 Not Implemented",
        "511 Network Authentication Required",
    ];
    for failure in failures {
        let script = Script::of([respond_with(failure, &["Retry-After: 1"], "{}}")]).await;
        assert_eq!(error_of(&script).await.attempts(), 1, "{failure}");
        assert_eq!(script.seen().len(), 1, "{failure}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_has_the_attempts_and_the_elapsed_time() {
    let script = Script::of([busy_for(7)]).await;
    let error = error_of(&script).await;
    assert_eq!((error.attempts(), script.seen().len()), (4, 4));
    assert!((seconds(21)..seconds(29)).contains(&error.elapsed()), "{:?}", error.elapsed());
    assert!(error.to_string().ends_with(", 4 attempts, retry after 7 s)"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_value_has_the_attempts_and_the_elapsed_time() {
    let script = Script::of([busy_for(7), success()]).await;
    let client = script.builder().build().unwrap();
    let response = operation::call(&client).await.unwrap();
    assert_eq!(response.attempts, 2);
    assert!((seconds(7)..seconds(8)).contains(&response.elapsed), "{:?}", response.elapsed);
}

#[tokio::test(start_paused = true)]
async fn all_attempts_of_a_call_share_its_ids() {
    let script = Script::of([busy(), busy(), success(), busy(), success()]).await;
    let client = script.builder().build().unwrap().with_correlation_id(CORRELATION_ID);
    operation::call(&client).await.unwrap();
    operation::call(&client).await.unwrap();
    let seen = script.seen();
    let ids: Vec<&str> = seen.iter().map(|request| request.header("MS-RequestId")).collect();
    assert!(
        ids[0] == ids[1] && ids[1] == ids[2] && ids[3] == ids[4] && ids[0] != ids[3],
        "{ids:?}"
    );
    for request in &seen {
        assert_eq!(request.header("MS-CorrelationId"), CORRELATION_ID.to_string());
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_sends_the_same_request() {
    for operation in document::operations() {
        let body = requests::bodies(&operation).remove(0);
        let script = Script::of([busy()]).await;
        let client = script.builder().build().unwrap();
        requests::call(&client, &operation, body.as_ref()).await.unwrap_err();
        let [first, others @ ..] = &script.seen()[..] else { unreachable!("a request was sent") };
        assert_eq!(first.body.is_empty(), body.is_none(), "{}", operation.id);
        for other in others {
            assert_eq!(first.without_time(), other.without_time(), "{}", operation.id);
        }
        assert_eq!(others.len(), 3, "{}", operation.id);
    }
}

#[tokio::test(start_paused = true)]
async fn a_random_wait_is_at_most_its_interval() {
    for _ in 0..50 {
        let script = Script::of([busy()]).await;
        let policy = RetryPolicy::default().attempts(6).base(seconds(2)).cap(seconds(5));
        let client = script.builder().retry(policy).build().unwrap();
        operation::call(&client).await.unwrap_err();
        let waits = script.waits();
        assert_eq!(waits.len(), 5);
        for (wait, span) in waits.iter().zip([2, 4, 5, 5, 5]) {
            assert!(*wait < seconds(span) + TENTH, "{waits:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_is_at_least_as_long_as_retry_after() {
    let date = "Date: Tue, 21 Jul 2020 04:10:58 GMT";
    let cases: [(&[&str], u64); 4] = [
        (&["Retry-After: 57"], 57),
        (&["Retry-After: Tue, 21 Jul 2020 04:11:28 GMT", date], 30),
        (&["Retry-After: 0"], 0),
        (&["Retry-After: Tue, 21 Jul 2020 04:00:00 GMT", date], 0),
    ];
    for (headers, least) in cases {
        let throttled = respond_with("429 Too Many Requests", headers, "");
        let script = Script::of([throttled.clone(), throttled, success()]).await;
        let client = script.builder().build().unwrap();
        operation::call(&client).await.unwrap();
        for (wait, span) in script.waits().into_iter().zip([1, 2]) {
            let bounds = seconds(least)..=seconds(least.max(span)) + TENTH;
            assert!(bounds.contains(&wait), "{headers:?} {wait:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_exceeds_the_timeout_ends_the_call() {
    let script = Script::of([busy_for(10), busy_for(291)]).await;
    let began = Instant::now();
    let error = error_of(&script).await;
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (2, 503));
    assert_eq!(error.retry_after(), Some(seconds(291)));
    assert!(began.elapsed() < seconds(11), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn an_attempt_ends_at_its_timeout() {
    let script = Script::of([Turn::Ignore]).await;
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let client = script.builder().retry(policy).attempt_timeout(seconds(3)).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 4));
    assert!((seconds(12)..seconds(13)).contains(&error.elapsed()), "{:?}", error.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_at_its_timeout() {
    let script = Script::of([Turn::Ignore]).await;
    let policy = RetryPolicy::default().attempts(100).base(Duration::ZERO);
    let builder = script.builder().retry(policy).attempt_timeout(seconds(3)).timeout(seconds(11));
    let error = operation::call(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 4));
    assert!((seconds(11)..=seconds(11) + TENTH).contains(&error.elapsed()), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn the_longest_possible_timeouts_work() {
    let script = Script::of([busy(), success()]).await;
    let builder = script.builder().timeout(Duration::MAX).attempt_timeout(Duration::MAX);
    operation::call(&builder.build().unwrap()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_client_with_retries_off_sends_each_call_once() {
    for turn in [hang_up(), busy_for(1), truncated(success())] {
        let script = Script::of([turn]).await;
        let client = script.builder().retry(RetryPolicy::off()).build().unwrap();
        let error = operation::call(&client).await.unwrap_err();
        assert!(error.is_retryable(), "{error}");
        assert_eq!((error.attempts(), script.seen().len()), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_is_not_retried() {
    let script = Script::of([busy_for(10)]).await;
    let client = script.builder().build().unwrap();
    timeout(seconds(15), operation::call(&client)).await.unwrap_err();
    tokio::time::sleep(seconds(1000)).await;
    assert_eq!(script.seen().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn all_attempts_send_the_request_id_of_the_caller() {
    let script = Script::of([busy(), success()]).await;
    let client = script.builder().build().unwrap().with_request_id(REQUEST_ID);
    operation::call(&client).await.unwrap();
    for request in script.seen() {
        assert_eq!(request.header("MS-RequestId").parse(), Ok::<Uuid, _>(REQUEST_ID));
    }
}

/// Returns the error of a call with a timeout of ten seconds. The service responds only to the first attempt.
async fn error_before_the_timeout(response: Turn) -> Error {
    let script = Script::of([response, Turn::Ignore]).await;
    let client = script.builder().timeout(seconds(10)).build().unwrap();
    operation::call(&client).await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn a_retry_without_enough_time_does_not_hide_the_last_response() {
    let fault = r#"{ "code": 1, "description": "Slow down." }"#;
    let throttled = respond_with("429 Too Many Requests", &["retry-after-ms: 9900"], fault);
    let error = error_before_the_timeout(throttled).await;
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (429, 1));
    assert_eq!(error.code().as_deref(), Some("1"));
    assert!(error.elapsed() < TENTH, "{:?}", error.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_retry_needs_as_much_time_as_the_last_response_took() {
    let slow = later(seconds(6), busy());
    assert_eq!(error_before_the_timeout(slow).await.status().unwrap().as_u16(), 503);
}

#[tokio::test(start_paused = true)]
async fn a_retry_with_enough_time_is_made() {
    let error = error_before_the_timeout(busy_for(8)).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 2));
}

#[tokio::test(start_paused = true)]
async fn a_retry_needs_no_more_time_than_the_attempt_timeout() {
    let script = Script::of([busy(), success()]).await;
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let builder = script.builder().retry(policy).timeout(seconds(1)).attempt_timeout(TENTH);
    operation::call(&builder.build().unwrap()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_takes_too_long_does_not_hide_the_401() {
    let script = Script::of([respond_with("401 Unauthorized", &[], "")]).await;
    let was_called = AtomicBool::new(false);
    let credential = move || {
        let is_first = !was_called.swap(true, Ordering::Relaxed);
        async move { if is_first { Ok(AccessToken::new(TOKEN)) } else { pending().await } }
    };
    let client = script.builder().credential(credential).timeout(seconds(10)).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
}
