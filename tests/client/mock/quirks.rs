//! Does each quirk of the mock have its effect?

use std::time::{Duration, Instant};

use partner_center_client::{
    Error, ErrorKind, RetryPolicy,
    mock::{MockServer, Quirk},
    serde_json::{self, Value},
    types::FaultCode,
};

use super::{call, client, status, without_body};
use support::{
    document,
    operation::{self, assert_example},
    requests,
    table::Response,
};

/// Returns the outcome of a call to a server with this quirk.
async fn with(quirk: Quirk) -> Result<Response, Error> {
    let server = MockServer::start();
    server.quirk(quirk);
    let response = call(&server).await;
    assert_eq!(server.requests().len(), 1);
    response
}

async fn error(quirk: Quirk) -> Error {
    with(quirk).await.expect_err("the call succeeded")
}

#[tokio::test]
async fn byte_order_mark() {
    assert_example(&with(Quirk::byte_order_mark()).await.unwrap());
}

#[tokio::test]
async fn throttled_then_success() {
    let server = MockServer::start();
    server.quirk(Quirk::throttled(Duration::from_secs(57)));
    let error = call(&server).await.unwrap_err();
    assert_eq!(status(&error), Some(429));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(57)));
    assert!(error.to_string().contains("Try again in 57 seconds."), "{error}");
    assert_example(&call(&server).await.unwrap());
}

#[tokio::test]
async fn failures_then_success() {
    let server = MockServer::start();
    server.quirk(Quirk::status(500).times(2));
    server.quirk(Quirk::status(503));
    for expected in [500, 500, 503] {
        let error = call(&server).await.unwrap_err();
        assert_eq!((status(&error), error.is_retryable()), (Some(expected), true));
    }
    assert_example(&call(&server).await.unwrap());
}

#[tokio::test]
async fn a_client_that_retries_succeeds_after_transient_failures() {
    let server = MockServer::start();
    server.quirk(Quirk::status(500).times(2));
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let client = server.builder().retry(policy).build().unwrap();
    let response = operation::call(&client).await.unwrap();
    assert_example(&response);
    assert_eq!(response.attempts, 3);
}

#[tokio::test]
async fn always() {
    let server = MockServer::start();
    server.quirk(Quirk::status(500).always());
    server.quirk(Quirk::status(404));
    for _ in 0..3 {
        assert_eq!(status(&call(&server).await.unwrap_err()), Some(500));
    }
}

#[tokio::test]
async fn gateway_page() {
    let error = error(Quirk::gateway_page()).await;
    assert_eq!((status(&error), error.fault()), (Some(502), None));
    assert!(error.to_string().contains("502 Bad Gateway"), "{error}");
}

#[tokio::test]
async fn unauthorized() {
    let error = error(Quirk::unauthorized()).await;
    assert_eq!((status(&error), error.body()), (Some(401), Some(&b""[..])));
}

#[tokio::test]
async fn truncated() {
    let error = error(Quirk::truncated()).await;
    assert_eq!((error.kind(), status(&error)), (ErrorKind::IncompleteResponse, Some(200)));
    assert!(error.body().unwrap().starts_with(b"{\n  \""));
}

#[tokio::test]
async fn disconnected() {
    let error = error(Quirk::disconnected()).await;
    assert_eq!((error.kind(), status(&error)), (ErrorKind::Connection, None));
}

#[tokio::test]
async fn slow_body() {
    let start = Instant::now();
    assert_example(&with(Quirk::slow_body(Duration::from_millis(50))).await.unwrap());
    assert!(start.elapsed() >= Duration::from_millis(50));
}

/// Returns the error of a call whose timeout is shorter than the quirk's delay.
async fn error_of_impatient_client(quirk: Quirk) -> Error {
    let server = MockServer::start();
    server.quirk(quirk.always());
    let client = server.builder().timeout(Duration::from_secs(1)).build().unwrap();
    operation::call(&client).await.unwrap_err()
}

#[tokio::test]
async fn a_body_that_is_slower_than_the_timeout() {
    let error = error_of_impatient_client(Quirk::slow_body(Duration::from_secs(9))).await;
    assert_eq!((error.kind(), status(&error)), (ErrorKind::Timeout, Some(200)));
}

#[tokio::test]
async fn a_response_that_is_later_than_the_timeout() {
    let error = error_of_impatient_client(Quirk::late(Duration::from_secs(9))).await;
    assert_eq!((error.kind(), status(&error)), (ErrorKind::Timeout, None));
}

#[tokio::test]
async fn redirect() {
    let elsewhere = MockServer::start();
    let error = error(Quirk::redirect(elsewhere.url())).await;
    assert_eq!(status(&error), Some(302));
    assert_eq!(error.headers().unwrap()["location"], elsewhere.url());
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_fault_whose_code_is_an_integer_or_a_string() {
    let integer = error(Quirk::fault(404, 3000, "None.")).await;
    assert_eq!(integer.fault().unwrap().code, Some(FaultCode::Integer(3000)));
    assert_eq!(integer.fault().unwrap().description.as_deref(), Some("None."));
    let text = error(Quirk::fault(400, "2000", "No.")).await;
    assert_eq!(text.fault().unwrap().code, Some(FaultCode::String("2000".to_owned())));
}

/// Returns the response of a server with this quirk to each operation without a request body, and the example for it.
async fn responses(quirk: Quirk) -> Vec<(Value, Value)> {
    let server = MockServer::start();
    server.quirk(quirk.always());
    let mut responses = Vec::new();
    for operation in without_body() {
        let (_, Some(example)) = requests::success(&operation) else { continue };
        let response = requests::call(&client(&server), &operation, None).await.unwrap();
        let parsed = |json: &str| serde_json::from_str::<Value>(json).unwrap();
        let (response, mut example) = (parsed(&response.json), parsed(&example));
        document::drop_nulls(&mut example, &response);
        responses.push((response, example));
    }
    responses
}

/// Applies a change to each value, innermost first.
fn changed(mut value: Value, change: &dyn Fn(&mut Value)) -> Value {
    match &mut value {
        Value::Object(members) => {
            members.values_mut().for_each(|it| *it = changed(it.take(), change));
        }
        Value::Array(items) => items.iter_mut().for_each(|it| *it = changed(it.take(), change)),
        _ => {}
    }
    change(&mut value);
    value
}

#[tokio::test]
async fn unknown_members() {
    for (response, example) in responses(Quirk::unknown_members()).await {
        let expected = changed(example, &|value| {
            if value.is_object() {
                value["unknownMember"] = true.into();
            }
        });
        assert_eq!(response, expected);
    }
}

#[tokio::test]
async fn unknown_values() {
    let listed = document::listed_values();
    for (response, example) in responses(Quirk::unknown_values()).await {
        let expected = changed(example, &|value| {
            if listed.contains(&&*value) {
                *value = "UnknownValue".into();
            }
        });
        assert_eq!(response, expected);
    }
}

#[tokio::test]
async fn raw() {
    let bytes = b"HTTP/1.1 403 Not for applications\r\ncontent-length: 0\r\n\r\n";
    let error = error(Quirk::raw(*bytes)).await;
    assert_eq!((status(&error), error.reason()), (Some(403), Some("Not for applications")));
}
