//! Does a client that uses the mock's transport get the same results as one that calls the mock's server?

use std::time::Duration;

use heck::ToSnakeCase as _;
use partner_center_client::{
    Client, Error, ErrorKind, RetryPolicy,
    mock::{MockServer, MockTransport, Quirk},
    uuid::Uuid,
};
use tokio::time::Instant;

use super::{client, status};
use support::{
    document,
    operation::{self, assert_example},
    requests,
    server::TOKEN,
    table::Response,
};

/// Returns a client that makes one attempt per call and times out after a second.
fn impatient(transport: &MockTransport) -> Client {
    let builder = transport.builder().retry(RetryPolicy::off()).timeout(Duration::from_secs(1));
    builder.build().unwrap()
}

#[tokio::test]
async fn each_operation_without_a_body_responds_with_its_success_example() {
    for operation in super::without_body() {
        let client = MockTransport::new().client();
        let response = requests::call(&client, &operation, None).await.unwrap();
        let (status, example) = requests::success(&operation);
        document::assert_same(&response.json, &example.unwrap_or_else(|| "null".to_owned()));
        assert_eq!(response.status.as_u16(), status);
    }
}

/// Returns the parts of an outcome that do not depend on the transport.
fn outcome(result: Result<Response, Error>) -> String {
    match result {
        Ok(response) => format!("{} {}", response.status, response.json),
        Err(error) => format!(
            "{:?} {:?} {:?} {:?} {:?}",
            error.kind(),
            error.status(),
            error.reason(),
            error.retry_after(),
            error.body().map(String::from_utf8_lossy)
        ),
    }
}

#[tokio::test]
async fn each_quirk_has_the_same_effect_as_on_the_server() {
    let quirks = [
        Quirk::byte_order_mark(),
        Quirk::throttled(Duration::from_secs(57)),
        Quirk::status(503),
        Quirk::fault(403, 20002, "No."),
        Quirk::json(200, &[1]),
        Quirk::unauthorized(),
        Quirk::gateway_page(),
        Quirk::redirect("https://example.com/"),
        Quirk::unknown_members(),
        Quirk::unknown_values(),
        Quirk::late(Duration::from_millis(10)),
        Quirk::slow_body(Duration::from_millis(10)),
        Quirk::truncated(),
        Quirk::disconnected(),
        Quirk::raw(*b"HTTP/1.1 403 Not for applications\r\ncontent-length: 0\r\n\r\n"),
        Quirk::raw(*b"HTTP/1.1 200 OK\r\n\r\n{\"until\":\"the end\"}"),
        Quirk::raw(*b"not HTTP\r\n\r\n"),
    ];
    for quirk in quirks {
        let (server, transport) = (MockServer::start(), MockTransport::new());
        server.quirk(quirk.clone());
        transport.quirk(quirk.clone());
        let expected = outcome(operation::call(&client(&server)).await);
        let found = outcome(operation::call(&impatient(&transport)).await);
        assert_eq!(found, expected, "{quirk:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn delays_beyond_the_timeout_take_no_real_time() {
    for quirk in [Quirk::late(Duration::from_secs(9)), Quirk::slow_body(Duration::from_secs(9))] {
        let transport = MockTransport::new();
        transport.quirk(quirk);
        let start = Instant::now();
        let error = operation::call(&impatient(&transport)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(start.elapsed().as_secs(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn retries_take_no_real_time() {
    let transport = MockTransport::new();
    transport.quirk(Quirk::throttled(Duration::from_secs(60)).times(2));
    let start = Instant::now();
    let response = operation::call(&transport.client()).await.unwrap();
    assert_example(&response);
    assert_eq!((response.attempts, transport.requests().len()), (3, 3));
    assert!(start.elapsed() >= Duration::from_secs(120));
}

#[tokio::test]
async fn a_quirk_for_one_operation() {
    for operation in document::operations() {
        let transport = MockTransport::new();
        let id = operation.id.to_snake_case();
        transport.quirk(Quirk::status(404).of(&id).always());
        for called in document::operations() {
            let body = requests::bodies(&called).remove(0);
            let result = requests::call(&impatient(&transport), &called, body.as_ref()).await;
            let expected = (called.id == operation.id).then_some(404);
            assert_eq!(result.err().as_ref().and_then(status), expected, "{}", called.id);
        }
    }
}

#[test]
#[should_panic(expected = "the document has no operation `nothing`; it has ")]
fn a_quirk_for_an_unknown_operation_panics() {
    let _ = Quirk::status(404).of("nothing");
}

#[tokio::test]
async fn requests_are_recorded_and_the_access_token_is_not_printed() {
    let transport = MockTransport::new();
    let client = transport.builder().access_token(TOKEN).locale("de-DE").build().unwrap();
    for operation in document::operations() {
        let body = requests::bodies(&operation).remove(0);
        requests::call(&client, &operation, body.as_ref()).await.unwrap();
        let request = transport.requests().pop().unwrap();
        super::assert_sent(&request, &operation);
        assert_eq!(request.header("x-locale"), Some("de-DE"));
        assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    }
    assert!(!format!("{transport:?} {:?} {client:?}", transport.requests()).contains("eyJ"));
}

#[tokio::test]
async fn a_client_keeps_its_transport_when_it_is_cloned() {
    let transport = MockTransport::new();
    let client = transport.client().with_correlation_id(Uuid::nil());
    operation::call(&client).await.unwrap();
    assert_eq!(transport.clone().requests().len(), 1);
}
