//! Does every operation react correctly to every response, in every attempt?

use std::{collections::BTreeSet, ops::RangeInclusive, time::Duration};

use heck::ToSnakeCase as _;
use partner_center_client::{Client, Error, ErrorKind};

use support::{
    document::{self, Example, Operation},
    requests,
    script::{Script, Turn, hang_up, respond_with, truncated},
    server::{CORRELATION_ID, CUSTOMER, REQUEST_ID, TOKEN},
    table::Response,
};

/// Non-success statuses that are tested in addition to the declared ones.
const STATUSES: [u16; 21] = [
    300, 302, 304, 400, 401, 403, 404, 405, 406, 408, 409, 412, 418, 429, 500, 501, 502, 503, 504,
    511, 599,
];

fn statuses(operation: &Operation) -> BTreeSet<u16> {
    let declared = operation.responses().filter_map(|(status, _)| status.parse().ok());
    declared.filter(|status| *status >= 300).chain(STATUSES).collect()
}

const RETRYABLE: [u16; 6] = [408, 429, 500, 502, 503, 504];

/// One body of each kind. The flag is true if the body is a fault.
const BODIES: [(&[u8], bool); 18] = [
    (b"{\"code\":3000,\"description\":\"x\",\"data\":[],\"source\":\"PartnerFD\"}", true),
    (b"\xef\xbb\xbf{\"code\":\"3000\",\"description\":\"x\"}", true),
    (b"\r\n { \"code\" : 3000 } \r\n", true),
    (b"{\"statusCode\":429,\"message\":\"Rate limit is exceeded.\"}", true),
    (b"{\"message\":\"x\"}", true),
    (b"{\"error\":{\"code\":\"Forbidden\",\"message\":\"x\"}}", true),
    (b"{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS0: x\"}", true),
    (b"{\"code\":3000,\"description\":\"Stra\xdfe\"}", true),
    (
        b"<!DOCTYPE html>\n<html><head>\n<TITLE class=\"x\">502 - Bad\n  gateway</TITLE></head>",
        false,
    ),
    (b"<html>", false),
    (b"<title", false),
    (b"", false),
    (b"\xef\xbb\xbf", false),
    (b"{\"code\":3000,", false),
    (b"[[[[[[[[", false),
    (b"\xff\xfe{\0}\0", false),
    (b"Bad Request", false),
    (b"{\"items\":[],\"totalCount\":0}", false),
];

/// A client, and the example request and response of an operation, which are read from the document only once.
struct Caller<'o> {
    client: Client,
    operation: &'o Operation,
    body: Option<Example>,
    success: Turn,
}

impl<'o> Caller<'o> {
    fn new(script: &Script, operation: &'o Operation) -> Self {
        let client = script.builder().build().unwrap();
        let client = client.with_correlation_id(CORRELATION_ID);
        let body = requests::bodies(operation).swap_remove(0);
        let (status, value) = requests::success(operation);
        let success = respond_with(&status.to_string(), &[], value.unwrap_or_default());
        Self { client, operation, body, success }
    }

    /// Calls the operation after waiting until no earlier response throttles the client.
    async fn call(&self) -> Result<Response, Error> {
        tokio::time::sleep(Duration::from_secs(57)).await;
        let client = self.client.with_request_id(REQUEST_ID);
        requests::call(&client, self.operation, self.body.as_ref()).await
    }
}

/// Asserts that the waits between the requests are within these bounds, in this order.
fn assert_waits(script: &Script, bounds: &[RangeInclusive<u64>], case: &str) {
    let waits: Vec<u128> = script.waits().iter().map(Duration::as_millis).collect();
    assert_eq!(waits.len(), bounds.len(), "{case}: {waits:?}");
    for (wait, bounds) in waits.iter().zip(bounds) {
        // The server receives a request slightly after the client sends it.
        let bounds = u128::from(*bounds.start())..=u128::from(*bounds.end()) + 100;
        assert!(bounds.contains(wait), "{case}: {wait} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn every_operation_with_every_status_and_body() {
    for operation in document::operations() {
        let script = Script::of([hang_up()]).await;
        let caller = Caller::new(&script, &operation);
        for status in statuses(&operation) {
            for (body, is_fault) in BODIES {
                let case = format!("{} {status} {}", operation.id, body.escape_ascii());
                let failure =
                    respond_with(&format!("{status} Because"), &["Retry-After: 57"], body);
                let attempts = if RETRYABLE.contains(&status) { 4 } else { 1 };
                script.play([failure.clone()]);
                let error = caller.call().await.expect_err(&case);
                assert_waits(&script, &vec![57_000..=57_000; attempts - 1], &case);
                assert_eq!(script.seen().len(), attempts, "{case}");
                assert_accessors(&error, &operation, attempts as u32, &case);
                // A 304 response has no body, even if it has a `Content-Length`.
                let (body, is_fault) =
                    if status == 304 { (&b""[..], false) } else { (body, is_fault) };
                assert_eq!(error.status().unwrap().as_u16(), status, "{case}");
                assert_eq!(error.body(), Some(body), "{case}");
                assert_eq!(error.fault().is_some(), is_fault, "{case}");
                assert_eq!(error.is_retryable(), attempts > 1, "{case}");
                if attempts > 1 {
                    script.play([failure, caller.success.clone()]);
                    caller.call().await.expect(&case);
                    assert_waits(&script, &[57_000..=57_000], &case);
                }
            }
        }
    }
}

fn assert_accessors(error: &Error, operation: &Operation, attempts: u32, case: &str) {
    assert_eq!(error.kind(), ErrorKind::ErrorResponse, "{case}");
    assert_eq!(error.reason(), Some("Because"), "{case}");
    assert_eq!(error.headers().unwrap()["Retry-After"], "57", "{case}");
    assert_eq!(error.request_id(), Some(REQUEST_ID.to_string().as_str()), "{case}");
    assert_eq!(error.correlation_id(), Some(CORRELATION_ID.to_string().as_str()), "{case}");
    assert_eq!(error.operation_id(), Some(operation.id.to_snake_case().as_str()), "{case}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(57)), "{case}");
    assert_eq!(error.attempts(), attempts, "{case}");
    assert_eq!(error.elapsed().as_secs(), 57 * u64::from(attempts - 1), "{case}");
    assert_ticket(error, operation, attempts);
}

/// Asserts that the error prints one line with everything that a support ticket needs, and no secrets.
fn assert_ticket(error: &Error, operation: &Operation, attempts: u32) {
    let line = error.to_string();
    let status = error.status().unwrap().as_u16();
    let (id, method, path) = (operation.id.to_snake_case(), &operation.method, operation.path);
    let plural = if attempts == 1 { "" } else { "s" };
    let needed = [
        format!("{id}: {method} {path}: {status} Because: "),
        format!("request ID {REQUEST_ID}, correlation ID {CORRELATION_ID}, "),
        format!(", {attempts} attempt{plural}, retry after 57 s)"),
    ];
    for part in needed {
        assert!(line.contains(&part), "{line}");
    }
    assert!(!line.contains('\n') && !line.contains(TOKEN), "{line}");
    assert!(!line.contains(&CUSTOMER.to_string()), "{line}");
}

/// A possible outcome of an attempt.
struct Outcome {
    name: &'static str,
    turn: Turn,
    kind: ErrorKind,
    is_retryable: bool,
    /// The duration of the attempt in milliseconds.
    takes: u64,
    retry_after: u64,
}

fn outcomes(operation: &Operation) -> Vec<Outcome> {
    use ErrorKind::{
        Connection, ErrorResponse, IncompleteResponse, InvalidResponse, Timeout, UnexpectedResponse,
    };
    let (status, value) = requests::success(operation);
    let status = format!("{status} Done");
    let outcome = |name, turn, kind, is_retryable| Outcome {
        name,
        turn,
        kind,
        is_retryable,
        takes: 0,
        retry_after: 0,
    };
    let throttled = respond_with("429 Too Many Requests", &["Retry-After: 57"], "");
    let mut outcomes = vec![
        outcome("no connection", hang_up(), Connection, true),
        outcome("503", respond_with("503 Busy", &[], "<html>"), ErrorResponse, true),
        Outcome { takes: 60_000, ..outcome("no response", Turn::Ignore, Timeout, true) },
        Outcome { retry_after: 57_000, ..outcome("429", throttled, ErrorResponse, true) },
        outcome("403", respond_with("403 No", &[], ""), ErrorResponse, false),
    ];
    if let Some(value) = value {
        let whole = respond_with(&status, &[], format!("{value}          "));
        outcomes.push(outcome("truncated", truncated(whole), IncompleteResponse, true));
        let page = respond_with(&status, &[], "<html>");
        outcomes.push(outcome("not JSON", page, InvalidResponse, false));
    }
    let declares = |status: &u16| {
        let status = status.to_string();
        operation.responses().any(|(declared, _)| declared == status || declared == "2XX")
    };
    if let Some(other) = [202, 203, 206].into_iter().find(|status| !declares(status)) {
        let other = respond_with(&format!("{other} Done"), &[], "");
        outcomes.push(outcome("another success", other, UnexpectedResponse, false));
    }
    outcomes
}

/// Returns the bounds of the time between two requests, if the random wait is at most `span` milliseconds.
fn bounds(outcome: &Outcome, span: u64) -> RangeInclusive<u64> {
    let wait = outcome.retry_after..=outcome.retry_after.max(span);
    outcome.takes + wait.start()..=outcome.takes + wait.end()
}

#[tokio::test(start_paused = true)]
async fn every_operation_with_every_pair_of_outcomes() {
    for operation in document::operations() {
        let script = Script::of([hang_up()]).await;
        let caller = Caller::new(&script, &operation);
        for first in outcomes(&operation) {
            for second in outcomes(&operation) {
                let case = format!("{} {}, {}", operation.id, first.name, second.name);
                script.play([first.turn.clone(), second.turn.clone(), caller.success.clone()]);
                let result = caller.call().await;
                let waits = [bounds(&first, 1000), bounds(&second, 2000)];
                let retries = match (first.is_retryable, second.is_retryable) {
                    (true, true) => 2,
                    (true, false) => 1,
                    (false, _) => 0,
                };
                assert_waits(&script, &waits[..retries], &case);
                let expected = [Some(first.kind), Some(second.kind), None][retries];
                assert_eq!(result.as_ref().err().map(Error::kind), expected, "{case}");
                if let Err(error) = result {
                    assert_eq!(error.attempts() as usize, retries + 1, "{case}");
                }
            }
        }
    }
}
