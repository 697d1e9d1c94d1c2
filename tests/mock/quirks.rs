//! Does the mock server misbehave as it is told?

use std::time::{Duration, Instant};

use partner_center_client::{
    Error, ErrorKind, ResponseValue, RetryPolicy,
    mock::{MockServer, Quirk},
    serde_json,
    types::{FaultCode, OverageType, SpendingBudget},
};

use super::{assert_documented, budget, client, status};
use crate::server::CUSTOMER;

/// The budget's answer to a server with this quirk.
async fn with(quirk: Quirk) -> Result<ResponseValue<SpendingBudget>, Error> {
    let server = MockServer::start();
    server.quirk(quirk);
    let answer = budget(&server).await;
    assert_eq!(server.requests().len(), 1);
    answer
}

async fn error(quirk: Quirk) -> Error {
    with(quirk).await.expect_err("the call succeeded")
}

#[tokio::test]
async fn byte_order_mark() {
    assert_documented(&with(Quirk::byte_order_mark()).await.unwrap());
}

#[tokio::test]
async fn throttled_then_success() {
    let server = MockServer::start();
    server.quirk(Quirk::throttled(Duration::from_secs(57)));
    let error = budget(&server).await.unwrap_err();
    assert_eq!(status(&error), Some(429));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(57)));
    assert!(error.to_string().contains("Try again in 57 seconds."), "{error}");
    assert_documented(&budget(&server).await.unwrap());
}

#[tokio::test]
async fn failures_then_success() {
    let server = MockServer::start();
    server.quirk(Quirk::status(500).times(2));
    server.quirk(Quirk::status(503));
    for expected in [500, 500, 503] {
        let error = budget(&server).await.unwrap_err();
        assert_eq!((status(&error), error.is_retryable()), (Some(expected), true));
    }
    assert_documented(&budget(&server).await.unwrap());
}

#[tokio::test]
async fn a_client_that_repeats_gets_past_what_passes() {
    let server = MockServer::start();
    server.quirk(Quirk::status(500).times(2));
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let client = server.builder().retry(policy).build().unwrap();
    let budget = client.get_usage_budget(&CUSTOMER).await.unwrap();
    assert_documented(&budget);
    assert_eq!(budget.attempts(), 3);
}

#[tokio::test]
async fn always() {
    let server = MockServer::start();
    server.quirk(Quirk::status(500).always());
    server.quirk(Quirk::status(404));
    for _ in 0..3 {
        assert_eq!(status(&budget(&server).await.unwrap_err()), Some(500));
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
    assert!(error.body().unwrap().starts_with(b"{\n  \"amount\""));
}

#[tokio::test]
async fn disconnected() {
    let error = error(Quirk::disconnected()).await;
    assert_eq!((error.kind(), status(&error)), (ErrorKind::Connection, None));
}

#[tokio::test]
async fn slow_body() {
    let start = Instant::now();
    assert_documented(&with(Quirk::slow_body(Duration::from_millis(50))).await.unwrap());
    assert!(start.elapsed() >= Duration::from_millis(50));
}

/// The error of a client that waits for less than a quirk takes.
async fn error_of_impatient_client(quirk: Quirk) -> Error {
    let server = MockServer::start();
    server.quirk(quirk.always());
    let client = server.builder().timeout(Duration::from_secs(1)).build().unwrap();
    client.get_usage_budget(&CUSTOMER).await.unwrap_err()
}

#[tokio::test]
async fn slower_body_than_the_client_waits_for() {
    let error = error_of_impatient_client(Quirk::slow_body(Duration::from_secs(9))).await;
    assert_eq!((error.kind(), status(&error)), (ErrorKind::Timeout, Some(200)));
}

#[tokio::test]
async fn later_than_the_client_waits_for() {
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
async fn fault_with_integer_or_text_as_code() {
    let integer = error(Quirk::fault(404, 3000, "None.")).await;
    assert_eq!(integer.fault().unwrap().code, Some(FaultCode::Integer(3000)));
    assert_eq!(integer.fault().unwrap().description.as_deref(), Some("None."));
    let text = error(Quirk::fault(400, "2000", "No.")).await;
    assert_eq!(text.fault().unwrap().code, Some(FaultCode::String("2000".to_owned())));
}

#[tokio::test]
async fn unknown_members() {
    let server = MockServer::start();
    server.quirk(Quirk::unknown_members());
    let overages = client(&server).get_overage(&CUSTOMER).await.unwrap();
    let attributes = overages.items[0].attributes.as_ref().unwrap();
    for extra in [&overages.extra, &overages.items[0].extra, &attributes.extra] {
        assert_eq!(extra["unknownMember"], true);
    }
    assert_eq!(overages.items[0].partner_id.as_deref(), Some("1234"));
}

#[tokio::test]
async fn unknown_values() {
    let server = MockServer::start();
    server.quirk(Quirk::unknown_values());
    let overages = client(&server).get_overage(&CUSTOMER).await.unwrap();
    let unknown = OverageType::Other("UnknownValue".to_owned());
    assert_eq!(overages.items[0].type_, Some(unknown));
    assert_eq!(overages.items[0].partner_id.as_deref(), Some("1234"));
}

#[tokio::test]
async fn a_changed_answer_keeps_its_digits() {
    let server = MockServer::start();
    let exact: SpendingBudget =
        serde_json::from_str(r#"{"amount":100.10,"attributes":{}}"#).unwrap();
    server.get_usage_budget(|_, then| drop(then.ok(&exact)));
    server.quirk(Quirk::unknown_members());
    let budget = budget(&server).await.unwrap();
    assert_eq!(budget.amount.as_ref().unwrap().to_string(), "100.10");
    assert_eq!(budget.attributes.as_ref().unwrap().extra["unknownMember"], true);
}

#[tokio::test]
async fn raw() {
    let bytes = b"HTTP/1.1 403 Not for applications\r\ncontent-length: 0\r\n\r\n";
    let error = error(Quirk::raw(*bytes)).await;
    assert_eq!((status(&error), error.reason()), (Some(403), Some("Not for applications")));
}
