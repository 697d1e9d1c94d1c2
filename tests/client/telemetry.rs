//! Does a call emit the right spans and events to `tracing`, without any secret?

use std::{
    cell::RefCell,
    io::{self, Write},
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use partner_center_client::{
    AccessToken, AppCredential, AppUserCredential, CredentialError, Error, ErrorKind, RetryPolicy,
    uuid::Uuid,
};
use serde_json::{Value, json};
use tokio::time::sleep;
use tracing_subscriber::{filter::LevelFilter, fmt::format::FmtSpan};

use support::{
    document::{self, Operation},
    operation, requests,
    script::{Script, Turn, hang_up, respond_with},
    server::{CORRELATION_ID, CUSTOMER, REQUEST_ID, TOKEN},
};

const SECOND: Duration = Duration::from_secs(1);

thread_local! {
    /// The log of one test. Each test runs on its own thread with its own runtime.
    static LOG: RefCell<Vec<u8>> = RefCell::default();
}

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Sets one subscriber for all tests, because `tracing` caches for all threads which events have no subscriber.
fn subscribe() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let format = tracing_subscriber::fmt().json().flatten_event(true).with_span_list(false);
        let format = format.with_span_events(FmtSpan::CLOSE).without_time();
        format.with_writer(|| Log).with_max_level(LevelFilter::TRACE).init();
    });
}

/// Makes a call, and returns its result with everything that the client and its dependencies log.
async fn log(turns: impl Into<Vec<Turn>>) -> (String, Result<(), Error>) {
    subscribe();
    let script = Script::of(turns).await;
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let client = script.builder().retry(policy).build().unwrap();
    let client = client.with_request_id(REQUEST_ID).with_correlation_id(CORRELATION_ID);
    let result = operation::call(&client).await.map(drop);
    let log = String::from_utf8(LOG.take()).unwrap();
    (operation::anonymous(&log.replace(script.port(), "0")), result)
}

/// Returns the events that the client itself emits, and its span at the time when it closes.
fn own(log: &str) -> Vec<Value> {
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let own = lines.filter(|line| line["target"] == "partner_center_client");
    own.map(|mut line| if line["message"] == "close" { line["span"].take() } else { bare(line) })
        .collect()
}

/// Compares what the client logs with a snapshot.
fn assert_logged(name: &str, logged: &[Value]) {
    let page = "https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span";
    insta::with_settings!({ description => page, omit_expression => true }, {
        insta::assert_json_snapshot!(name, logged);
    });
}

/// Returns an event without its span.
fn bare(mut event: Value) -> Value {
    event.as_object_mut().unwrap().remove("span");
    event
}

#[tokio::test(start_paused = true)]
async fn a_call_with_three_attempts() {
    let turns = [
        hang_up(),
        respond_with("429 Too Many Requests", &["Retry-After: 7"], ""),
        respond_with("200 OK", &["MS-RequestId: 1"], operation::example()),
    ];
    let (log, result) = log(turns).await;
    result.unwrap();
    assert_logged("a_call_with_three_attempts", &own(&log));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fails() {
    let (log, result) = log([respond_with("403 Forbidden", &[], "")]).await;
    result.unwrap_err();
    assert_logged("a_call_that_fails", &own(&log));
}

/// Calls an operation with an example request, and returns what the client logs with the kind of the error.
async fn logged(operation: &Operation, turn: Turn) -> (Vec<Value>, ErrorKind) {
    subscribe();
    let script = Script::of([turn]).await;
    let client = script.builder().timeout(10 * SECOND).build().unwrap();
    let body = requests::bodies(operation).remove(0);
    let error = requests::call(&client, operation, body.as_ref()).await.unwrap_err();
    (own(&String::from_utf8(LOG.take()).unwrap()), error.kind())
}

#[tokio::test(start_paused = true)]
async fn a_success_status_on_a_response_that_is_an_error() {
    let turns = [
        (respond_with("200 OK", &[], "<html>"), ErrorKind::InvalidResponse),
        (respond_with("200 OK", &[], "{}"), ErrorKind::NotConfirmed),
        (respond_with("299 OK", &[], "{}"), ErrorKind::UnexpectedResponse),
    ];
    for (turn, expected) in turns {
        let (logged, kind) = logged(&write(), turn).await;
        assert_eq!(kind, expected);
        let [event, span] = &logged[..] else { panic!("{logged:#?}") };
        let kind = json!(format!("{kind:?}"));
        assert_eq!((&event["level"], &event["message"]), (&json!("WARN"), &json!("failed")));
        assert_eq!((&event["error.type"], &span["error.type"]), (&kind, &kind));
        assert_eq!(span["otel.status_code"], "ERROR");
        assert!(span["http.response.status_code"].is_number(), "{span}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_that_times_out_before_its_turn_has_a_span() {
    subscribe();
    let script = Script::of([Turn::Ignore]).await;
    let client = script.builder().timeout(10 * SECOND).build().unwrap();
    let write = write();
    let body = requests::bodies(&write).remove(0);
    let call = || requests::call(&client, &write, body.as_ref());
    let (_, error) = tokio::join!(call(), async {
        sleep(SECOND).await;
        call().await
    });
    let sent = error.unwrap_err().sent_request_id().unwrap();
    let logged = own(&String::from_utf8(LOG.take()).unwrap());
    let is_its_own = |line: &&Value| line["partner_center.request_id"] == sent.to_string();
    let [span] = logged.iter().filter(is_its_own).collect::<Vec<_>>()[..] else {
        panic!("{logged:#?}")
    };
    assert_eq!(
        (&span["error.type"], &span["otel.status_code"]),
        (&json!("Timeout"), &json!("ERROR"))
    );
}

/// Returns the first operation with a request body.
fn write() -> Operation {
    let is_write = |operation: &Operation| requests::bodies(operation)[0].is_some();
    document::operations().into_iter().find(is_write).expect("the document has such an operation")
}

#[tokio::test(start_paused = true)]
async fn a_token_that_cannot_be_renewed() {
    subscribe();
    let script = Script::of([respond_with("200 OK", &[], operation::example())]).await;
    let given = AtomicBool::new(false);
    let credential = move || {
        let token = AccessToken::new(TOKEN).expires_in(Duration::from_secs(3600));
        let is_first = !given.swap(true, Ordering::Relaxed);
        async move { if is_first { Ok(token) } else { Err(CredentialError::other(TOKEN)) } }
    };
    let client = script.builder().credential(credential).build().unwrap();
    operation::call(&client).await.unwrap();
    sleep(Duration::from_secs(3500)).await;
    LOG.take();
    operation::call(&client).await.unwrap();
    let log = String::from_utf8(LOG.take()).unwrap();
    let warnings: Vec<Value> =
        own(&log).into_iter().filter(|event| event["level"] == "WARN").collect();
    assert_logged("a_token_that_cannot_be_renewed", &warnings);
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_is_rejected() {
    subscribe();
    let secret = "secret+of/the~client=";
    let body =
        json!({ "error_codes": [7_000_222], "error_description": format!("a body {secret}") });
    let authority = Script::of([respond_with("401 Unauthorized", &[], body.to_string())]).await;
    let app = AppCredential::new("contoso.onmicrosoft.com", Uuid::nil(), secret);
    let builder = authority.builder().credential(app.authority(authority.url()));
    operation::call(&builder.build().unwrap()).await.unwrap_err();
    let log = String::from_utf8(LOG.take()).unwrap();
    let expected = json!({
        "level": "WARN",
        "target": "partner_center_client",
        "message": "no access token",
        "error.type": "ErrorResponse",
        "http.response.status_code": 401,
        "partner_center.aadsts_codes": "[7000222]",
    });
    assert_eq!(own(&log)[0], expected);
    for secret in [secret, "of%2Fthe", "a body"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_that_cannot_be_stored() {
    subscribe();
    let grant = json!({
        "token_type": "Bearer",
        "access_token": TOKEN,
        "refresh_token": "refresh-token-1",
    });
    let grant = respond_with("200 OK", &["Content-Type: application/json"], grant.to_string());
    let authority = Script::of([grant]).await;
    let app = AppCredential::new("contoso.onmicrosoft.com", Uuid::nil(), "client-secret");
    let store = |_| async { Err::<(), _>(io::Error::other("refresh-token-1")) };
    let user = AppUserCredential::new(app.authority(authority.url()), "refresh-token-0", store);
    let service = Script::of([respond_with("200 OK", &[], operation::example())]).await;
    let client = service.builder().credential(user).build().unwrap();
    for _ in 0..2 {
        operation::call(&client).await.unwrap();
    }
    let log = String::from_utf8(LOG.take()).unwrap();
    let warnings: Vec<Value> =
        own(&log).into_iter().filter(|event| event["level"] == "WARN").collect();
    let expected = json!({
        "level": "WARN",
        "target": "partner_center_client",
        "message": "refresh token not stored",
        "error.type": "NotStored",
    });
    assert_eq!(warnings, [expected]);
    assert!(!log.contains("refresh-token-"), "{log}");
}

#[tokio::test(start_paused = true)]
async fn no_token_customer_or_body_is_logged() {
    let body = format!(r#"{{"code":1,"description":"a body about {TOKEN}"}}"#);
    let challenge = format!("WWW-Authenticate: Bearer {TOKEN}");
    let location = format!("Location: https://{TOKEN}/{CUSTOMER}");
    let turns = [
        respond_with(&format!("503 {TOKEN}"), &[], &body),
        respond_with("500 Internal Server Error", &[&location], &body),
        respond_with("401 Unauthorized", &[&challenge], &body),
    ];
    let (log, result) = log(turns).await;
    result.unwrap_err();
    assert!(log.contains("<operation>"), "{log}");
    for secret in [TOKEN, &CUSTOMER.to_string(), "a body"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}
