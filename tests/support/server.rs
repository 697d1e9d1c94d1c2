//! A loopback server, clients for it, and the requests that it received.

use partner_center_client::{Client, ClientBuilder, HeaderMap, uuid::Uuid};
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

use crate::operation;

pub const TOKEN: &str = "eyJ0eXAi.eyJhdWQi.c2lnbmF0";
pub const CUSTOMER: Uuid = Uuid::from_u128(0x11111111_1111_1111_1111_111111111111);
pub const REQUEST_ID: Uuid = Uuid::from_u128(0x22222222_2222_2222_2222_222222222222);
pub const CORRELATION_ID: Uuid = Uuid::from_u128(0x33333333_3333_3333_3333_333333333333);

/// Starts a server that sends the same response to every request.
pub async fn server(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

/// Starts a server that sends the example response of the tests' operation to every request.
pub async fn example_server() -> MockServer {
    server(example()).await
}

/// Returns the example response of the tests' operation.
pub fn example() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(operation::example(), "application/json")
}

/// Returns a builder for a client of a server on this machine. It uses rustls, since OpenSSL would read all root
/// certificates for each client.
pub fn builder_for(url: impl Into<String>) -> ClientBuilder {
    Client::builder().base_url(url).configure_http(|http| http.tls_backend_rustls())
}

pub fn builder(server: &MockServer) -> ClientBuilder {
    builder_for(server.uri()).access_token(TOKEN)
}

/// Returns a client with fixed IDs.
pub fn client(server: &MockServer) -> Client {
    with_ids(builder(server))
}

/// Returns a client that sends every header it supports.
pub fn client_with_everything_set(server: &MockServer) -> Client {
    with_everything_set(builder(server))
}

/// Builds a client with fixed IDs.
pub fn with_ids(builder: ClientBuilder) -> Client {
    builder.build().unwrap().with_request_id(REQUEST_ID).with_correlation_id(CORRELATION_ID)
}

/// Builds a client that sends every header it supports.
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

/// Returns the only request that the server received, as text.
pub async fn only_request(server: &MockServer) -> String {
    let requests = requests(server).await;
    assert_eq!(requests.len(), 1);
    let Request { method, url, headers, body, .. } = &requests[0];
    as_sent(method.as_str(), &url[url::Position::BeforePath..], headers, body)
}

/// Returns a request as text, without the parts that differ between runs and versions.
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
