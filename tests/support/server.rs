//! A server on this machine, a client of it, and what it was sent.

use partner_center_client::{Client, ClientBuilder, HeaderMap, uuid::Uuid};
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

use crate::operation;

pub const TOKEN: &str = "eyJ0eXAi.eyJhdWQi.c2lnbmF0";
pub const CUSTOMER: Uuid = Uuid::from_u128(0x11111111_1111_1111_1111_111111111111);
pub const REQUEST_ID: Uuid = Uuid::from_u128(0x22222222_2222_2222_2222_222222222222);
pub const CORRELATION_ID: Uuid = Uuid::from_u128(0x33333333_3333_3333_3333_333333333333);

/// A server that gives the same answer to every request.
pub async fn server(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

/// A server that answers every request with the example of the operation that tests call.
pub async fn example_server() -> MockServer {
    server(example()).await
}

/// What the operation that tests call is answered with.
pub fn example() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(operation::example(), "application/json")
}

pub fn builder(server: &MockServer) -> ClientBuilder {
    Client::builder().base_url(server.uri()).access_token(TOKEN)
}

/// A client whose ids do not change.
pub fn client(server: &MockServer) -> Client {
    with_ids(builder(server))
}

/// A client that sends every header that it can.
pub fn client_with_everything_set(server: &MockServer) -> Client {
    with_everything_set(builder(server))
}

/// The client of a builder, with ids that do not change.
pub fn with_ids(builder: ClientBuilder) -> Client {
    builder.build().unwrap().with_request_id(REQUEST_ID).with_correlation_id(CORRELATION_ID)
}

/// The client of a builder, which sends every header that it can.
pub fn with_everything_set(builder: ClientBuilder) -> Client {
    let builder = builder.application_name("Tests 1.0").locale("en-GB").validate_mfa(true);
    with_ids(builder).with_locale("de-DE").unwrap()
}

pub async fn requests(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.expect("wiremock records requests by default")
}

pub fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    Some(request.headers.get(name)?.to_str().unwrap())
}

/// The one request that the server got, as text.
pub async fn only_request(server: &MockServer) -> String {
    let requests = requests(server).await;
    assert_eq!(requests.len(), 1);
    let Request { method, url, headers, body, .. } = &requests[0];
    as_sent(method.as_str(), &url[url::Position::BeforePath..], headers, body)
}

/// A request as text, without what differs from run to run and from version to version.
pub fn as_sent(method: &str, target: &str, headers: &HeaderMap, body: &[u8]) -> String {
    let mut lines = vec![format!("{method} {target}")];
    let headers = headers.iter().filter(|(name, _)| *name != "host");
    lines.extend(headers.map(|(name, value)| {
        let value = value.to_str().unwrap().replace(TOKEN, "<token>");
        format!("{name}: {}", value.replace(env!("CARGO_PKG_VERSION"), "<version>"))
    }));
    lines[1..].sort();
    if !body.is_empty() {
        lines.extend([String::new(), String::from_utf8(body.to_vec()).unwrap()]);
    }
    lines.join("\n")
}
