//! Does an error keep everything that the service returned?

mod confirmation;
mod encodings;
mod readings;
mod retry_after;
mod secrets;
mod values;

use std::{
    error::Error as _,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

use partner_center_client::{
    Client, ClientBuilder, Error, ErrorKind, RetryPolicy, types::FaultCode,
};

use support::{
    operation,
    server::{CORRELATION_ID, REQUEST_ID, TOKEN, builder_for},
};

const FAULT: &str = r#"{
    "code": 3000,
    "description": "Partner Organization with partner_id 9999999 could not be found",
    "data": [],
    "source": "PartnerFD"
}"#;
const THROTTLE: &str =
    r#"{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." }"#;
const PAGE: &str = "<!DOCTYPE html>
<html><head>
<TITLE class=\"x\">502 - Bad
  gateway</TITLE></head><body>…</body></html>";

/// Returns a client of a server that responds to one request with exactly these bytes, even if they are not valid HTTP.
fn responding_with(bytes: Vec<u8>) -> Client {
    responding_in_turn(vec![bytes])
}

fn responding_in_turn(responses: Vec<Vec<u8>>) -> Client {
    let mut responses = responses.into_iter();
    serving(move |mut stream| {
        read_request(&mut stream);
        let response = responses.next().expect("there is a response for each request");
        stream.write_all(&response).expect("the client listens");
    })
}

fn serving(serve: impl FnMut(TcpStream) + Send + 'static) -> Client {
    let (listener, url) = listen();
    thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(serve));
    client(builder_for(url))
}

fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = listener.local_addr().expect("the listener is bound");
    (listener, format!("http://{address}"))
}

fn client(builder: ClientBuilder) -> Client {
    let builder = builder.access_token(TOKEN).retry(RetryPolicy::off());
    let client = builder.build().expect("the settings are valid");
    client.with_request_id(REQUEST_ID).with_correlation_id(CORRELATION_ID)
}

fn read_request(stream: &mut TcpStream) {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).for_each(drop);
}

fn response(status_line: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = format!("Content-Length: {}", body.len());
    let head = [&[status_line, &length, "Connection: close"], headers].concat().join("\r\n");
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat()
}

fn truncated(status_line: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let mut bytes = response(status_line, headers, body);
    bytes.truncate(bytes.len() - 10);
    bytes
}

async fn error_of(client: Client) -> Error {
    operation::call(&client).await.expect_err("the call succeeded")
}

async fn error(response: Vec<u8>) -> Error {
    error_of(responding_with(response)).await
}

fn chain(error: &Error) -> Vec<String> {
    let first = error.source();
    std::iter::successors(first, |&error| error.source()).map(ToString::to_string).collect()
}

/// Compares the printed error and its sources with the snapshot.
fn assert_printed(name: &str, about: &str, error: &Error) {
    let sources = chain(error).into_iter().map(|source| format!("because: {source}"));
    let lines: Vec<String> = std::iter::once(error.to_string()).chain(sources).collect();
    insta::with_settings!({ description => about, omit_expression => true }, {
        insta::assert_snapshot!(name, operation::anonymous(&lines.join("\n")));
    });
}

fn page(name: &str) -> String {
    format!("https://learn.microsoft.com/partner-center/developer/{name}")
}

#[tokio::test]
async fn fault_with_integer_code() {
    let headers = [
        "Content-Type: application/json; charset=utf-8",
        "MS-CV: sLRFZMWm+EKuL47u.0",
        "MS-ServerId: 102030524",
    ];
    let error = error(response("404 Not Found", &headers, FAULT)).await;
    assert_eq!(error.fault().unwrap().code, Some(FaultCode::Integer(3000)));
    assert_eq!(error.code().as_deref(), Some("3000"));
    assert_printed("fault_with_integer_code", &page("get-partner-by-mpn-id"), &error);
}

#[tokio::test]
async fn fault_with_string_code() {
    let body = r#"{"code":"2000","description":"Tenant Id must be a GUID."}"#;
    let error = error(response("400 Bad Request", &[], body)).await;
    assert_eq!(error.fault().unwrap().code, Some(FaultCode::String("2000".to_owned())));
    assert_eq!(error.code().as_deref(), Some("2000"));
    assert_printed("fault_with_string_code", &page("error-codes"), &error);
}

#[tokio::test]
async fn fault_with_ids_from_the_service() {
    let headers = [
        "MS-RequestId: b32574ec-fae7-4ea2-915a-0e1ab46e92ca",
        "MS-CorrelationId: 1465c64a-9e93-46a4-a8da-e3ab67665e64",
    ];
    let body = r#"{"code":800111,"description":"The Azure entitlement was not found."}"#;
    let error = error(response("404 Not Found", &headers, body)).await;
    assert_eq!(error.request_id(), Some("b32574ec-fae7-4ea2-915a-0e1ab46e92ca"));
    assert_eq!(error.correlation_id(), Some("1465c64a-9e93-46a4-a8da-e3ab67665e64"));
    assert_printed("fault_with_ids_from_the_service", &page("error-codes"), &error);
}

#[tokio::test]
async fn extended_fault() {
    let body = r#"{
        "code": 600061,
        "message": "A partner confirmed agreement already exists for the customer.",
        "description": "A partner confirmed agreement already exists for the customer.",
        "errorName": "PartnerConfirmedAgreementAlreadyExists",
        "isRetryable": false,
        "parameters": {},
        "errorMessageExtended": "InternalErrorCode=600061"
    }"#;
    let error = error(response("409 Conflict", &[], body)).await;
    assert!(!error.is_retryable());
    let page = page("confirm-customer-consent-customer-agreement");
    assert_printed("extended_fault", &page, &error);
}

#[tokio::test]
async fn throttled() {
    let headers = ["Retry-After: 57", "Date: Tue, 21 Jul 2020 04:10:58 GMT"];
    let error = error(response("429 Too Many Requests", &headers, THROTTLE)).await;
    assert!(error.is_retryable());
    assert_eq!(error.code(), None);
    assert_printed("throttled", &page("api-throttling-guidance"), &error);
}

#[tokio::test]
async fn explanation_only_in_the_reason_phrase() {
    let status = "403 This resource can't be accessed by application credentials.";
    let error = error(response(status, &[], "")).await;
    assert_eq!(error.fault(), None);
    let page = "https://github.com/microsoft/Partner-Center-PowerShell/issues/141";
    assert_printed("explanation_only_in_the_reason_phrase", page, &error);
}

#[tokio::test]
async fn unauthorized_without_an_explanation() {
    let headers = ["WWW-Authenticate: OAuth realm=urn:cpsvc:cpid:0"];
    let error = error(response("401 Unauthorized", &headers, "")).await;
    assert_printed("unauthorized_without_an_explanation", &page("error-codes"), &error);
}

#[tokio::test]
async fn nested_error() {
    let body = r#"{"error":{"code":"Forbidden","message":"The caller may not do this."}}"#;
    let error = error(response("403 Forbidden", &[], body)).await;
    let page = "https://github.com/MicrosoftDocs/azure-docs/issues/35403";
    assert_eq!(error.code().as_deref(), Some("Forbidden"));
    assert_printed("nested_error", page, &error);
}

#[tokio::test]
async fn sign_in_error() {
    let body = r#"{
        "error": "invalid_grant",
        "error_description": "AADSTS50173: The provided grant has expired.\r\nTrace ID: 0",
        "error_codes": [50173],
        "timestamp": "2026-01-01 00:00:00Z",
        "trace_id": "0",
        "correlation_id": "0"
    }"#;
    let error = error(response("400 Bad Request", &[], body)).await;
    let page = "https://learn.microsoft.com/entra/identity-platform/reference-error-codes";
    assert_eq!(error.code().as_deref(), Some("invalid_grant"));
    assert_printed("sign_in_error", page, &error);
}

#[tokio::test]
async fn gateway_page() {
    let headers = ["Content-Type: text/html; charset=us-ascii"];
    let error = error(response("502 Bad Gateway", &headers, PAGE)).await;
    assert_printed("gateway_page", "a gateway page, shown by its title", &error);
}

#[tokio::test]
async fn page_without_title() {
    let headers = ["Content-Type: text/html"];
    let error = error(response("503 Service Unavailable", &headers, "<p>Later.</p>")).await;
    assert_printed("page_without_title", "a page without a title, shown by its size", &error);
}

#[tokio::test]
async fn plain_text() {
    let error = error(response("500 Internal Server Error", &[], "upstream\nreset")).await;
    assert_printed("plain_text", "text from a gateway", &error);
}

#[tokio::test]
async fn bytes_that_are_not_text() {
    let headers = ["Content-Type: application/octet-stream"];
    let error = error(response("500 Internal Server Error", &headers, b"\xff\xfe\0\x01")).await;
    assert_printed(
        "bytes_that_are_not_text",
        "bytes that are not text, shown by their size",
        &error,
    );
}

#[tokio::test]
async fn redirect() {
    let headers = ["Location: https://sign-in.example/customers/1"];
    let error = error(response("302 Found", &headers, "<html>")).await;
    assert_printed("redirect", "a redirect, which is not followed", &error);
}

#[tokio::test]
async fn status_without_a_name() {
    let error = error(response("599 ", &[], "")).await;
    assert_eq!(error.reason(), None);
    assert_printed("status_without_a_name", "a status without a standard name", &error);
}

#[tokio::test]
async fn no_connection() {
    let (listener, url) = listen();
    drop(listener);
    let error = error_of(client(builder_for(url))).await;
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.is_retryable());
    assert!(!chain(&error).is_empty());
    // The snapshot omits the sources, because their wording depends on the operating system.
    let about = "a port that nobody listens on";
    insta::with_settings!({ description => about, omit_expression => true }, {
        insta::assert_snapshot!("no_connection", operation::anonymous(&error.to_string()));
    });
}

#[tokio::test]
async fn connection_closed_before_the_response() {
    let error = error_of(serving(|mut stream| read_request(&mut stream))).await;
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.is_retryable());
    assert_eq!((error.status(), error.body(), error.headers()), (None, None, None));
    assert_eq!(error.request_id(), Some(REQUEST_ID.to_string().as_str()));
}

#[tokio::test]
async fn no_response_in_time() {
    let error = error_of(stopping_after("")).await;
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_retryable());
    assert_printed("no_response_in_time", "a server that never responds", &error);
}

#[tokio::test]
async fn no_complete_response_in_time() {
    let error = error_of(stopping_after("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"")).await;
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body(), Some(b"{\"".as_slice()));
    assert!(error.is_retryable());
    assert_printed(
        "no_complete_response_in_time",
        "a server that stops in the middle of the body",
        &error,
    );
}

/// Returns a client with a short timeout, whose server sends this text and then nothing more.
fn stopping_after(text: &'static str) -> Client {
    let (listener, url) = listen();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("the client connects");
        read_request(&mut stream);
        stream.write_all(text.as_bytes()).expect("the client listens");
        // Waits until the client closes the connection.
        let _ = stream.read_to_end(&mut Vec::new());
    });
    client(builder_for(url).timeout(Duration::from_millis(500)))
}

#[tokio::test]
async fn an_error_is_one_line_whatever_the_service_sends() {
    let text = "a\\nb\\r\\n\\tc \\u0000\\u001b[31m \\u2028 \\u202e d";
    let body = format!(r#"{{"code":"x\ny","description":"{text} {}"}}"#, "e".repeat(50_000));
    let status = format!("400 {}", "reason ".repeat(1000));
    let error = error(response(&status, &[], body)).await;
    let line = error.to_string();
    assert!(line.chars().count() < 1700, "{}", line.len());
    assert!(!line.contains(|character: char| character.is_control() || character == '\u{202e}'));
    let shown = r"400 reason reason";
    assert!(line.contains(shown), "{line}");
    let shown = r": x y: a b c \u{0}\u{1b}[31m \u{202e} d eeee";
    assert!(line.contains(shown), "{line}");
}
