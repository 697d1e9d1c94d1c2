//! What does an observer see of the attempts of a call?

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use partner_center_client::{
    Attempt, AttemptEnd, Client, CredentialError, Observer, RetryPolicy, Wait,
};
use tokio::time::timeout;

use support::{
    collection, operation,
    script::{Script, Turn, hang_up, later, respond_with},
    server::{CORRELATION_ID, CUSTOMER, REQUEST_ID, TOKEN},
};

/// An observer that records each event as a line, and the `Debug` output of all events.
#[derive(Default)]
struct Events {
    lines: Mutex<Vec<String>>,
    debug: Mutex<String>,
}

impl Events {
    fn push(&self, line: String, debug: String) {
        self.lines.lock().unwrap().push(line);
        self.debug.lock().unwrap().push_str(&debug);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.lines.lock().unwrap())
    }
}

impl Observer for Events {
    fn attempt_started(&self, attempt: &Attempt<'_>) {
        self.push(format!("{} started", attempt.number), format!("{attempt:?}"));
    }

    fn attempt_ended(&self, attempt: &Attempt<'_>, end: &AttemptEnd) {
        let status =
            end.status.map_or("no status".to_owned(), |status| status.as_u16().to_string());
        let (number, outcome) = (attempt.number, end.outcome);
        let line = format!("{number} ended: {outcome:?}, {status}, {:?}", end.elapsed);
        self.push(line, format!("{attempt:?} {end:?}"));
    }

    fn wait_started(&self, attempt: &Attempt<'_>, wait: &Wait) {
        let line = format!("{} waits: {:?}, {:?}", attempt.number, wait.reason, wait.duration);
        self.push(line, format!("{attempt:?} {wait:?}"));
    }
}

fn success() -> Turn {
    respond_with("200 OK", &[], operation::example())
}

async fn observed(turns: impl Into<Vec<Turn>>) -> (Client, Arc<Events>, Script) {
    let (script, events) = (Script::of(turns).await, Arc::new(Events::default()));
    let builder = script.builder().retry(RetryPolicy::default().base(Duration::ZERO));
    let client = builder.observer(Arc::clone(&events)).build().unwrap();
    let client = client.with_request_id(REQUEST_ID).with_correlation_id(CORRELATION_ID);
    (client, events, script)
}

#[tokio::test(start_paused = true)]
async fn a_call_with_three_attempts() {
    let throttled = respond_with("429 Too Many Requests", &["Retry-After: 7"], "");
    let turns = [hang_up(), later(Duration::from_secs(2), throttled), success()];
    let (client, events, _script) = observed(turns).await;
    operation::call(&client).await.unwrap();
    let expected = [
        "1 started",
        "1 ended: Failure(Connection), no status, 0ns",
        "1 waits: Connection, 0ns",
        "2 started",
        "2 ended: Failure(ErrorResponse), 429, 2s",
        "2 waits: ErrorResponse, 7s",
        "3 started",
        "3 ended: Success, 200, 0ns",
    ];
    assert_eq!(events.take(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_not_retried_does_not_wait() {
    let (client, events, _script) = observed([respond_with("403 Forbidden", &[], "")]).await;
    operation::call(&client).await.unwrap_err();
    let expected = ["1 started", "1 ended: Failure(ErrorResponse), 403, 0ns"];
    assert_eq!(events.take(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_success_status_on_an_invalid_or_undeclared_response() {
    let turns = [
        (
            later(Duration::from_secs(2), respond_with("200 OK", &[], "<html>")),
            "InvalidResponse), 200, 2s",
        ),
        (respond_with("299 OK", &[], "{}"), "UnexpectedResponse), 299, 0ns"),
    ];
    for (turn, expected) in turns {
        let (client, events, _script) = observed([turn]).await;
        operation::call(&client).await.unwrap_err();
        assert_eq!(events.take(), ["1 started", &format!("1 ended: Failure({expected}")]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_that_cannot_be_read() {
    let (client, events, _script) = observed([respond_with("200 OK", &[], "<html>")]).await;
    assert!(collection::read(&client).await.1.is_some());
    assert_eq!(events.take(), ["1 started", "1 ended: Failure(InvalidResponse), 200, 0ns"]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped() {
    let (client, events, _script) = observed([Turn::Ignore]).await;
    timeout(Duration::from_secs(5), operation::call(&client)).await.unwrap_err();
    assert_eq!(events.take(), ["1 started", "1 ended: Canceled, no status, 5s"]);
}

#[tokio::test(start_paused = true)]
async fn a_call_without_a_token_has_no_attempt() {
    let (script, events) = (Script::of([success()]).await, Arc::new(Events::default()));
    let credential = || async { Err(CredentialError::other("no token")) };
    let builder = script.builder().credential(credential).observer(Arc::clone(&events));
    operation::call(&builder.build().unwrap()).await.unwrap_err();
    assert!(events.take().is_empty());
}

#[tokio::test(start_paused = true)]
async fn events_have_the_operation_and_ids_but_no_secret() {
    let body = format!(r#"{{"code":1,"description":"a body about {TOKEN}"}}"#);
    let id = format!("MS-RequestId: {CUSTOMER}");
    let turns = [respond_with(&format!("503 {TOKEN}"), &[&id], &body), success()];
    let (client, events, _script) = observed(turns).await;
    operation::call(&client).await.unwrap();
    let debug = events.debug.lock().unwrap().clone();
    let (request_id, correlation_id) = (REQUEST_ID.to_string(), CORRELATION_ID.to_string());
    for part in [&operation::id(), "{customer-tenant-id}", &request_id, &correlation_id] {
        assert!(debug.contains(part), "{part}: {debug}");
    }
    for secret in [TOKEN, &CUSTOMER.to_string(), "a body", "127.0.0.1"] {
        assert!(!debug.contains(secret), "{secret}: {debug}");
    }
}

/// An observer that counts each event and then panics.
#[derive(Default)]
struct Panicking(Mutex<usize>);

impl Panicking {
    fn fail(&self) -> ! {
        *self.0.lock().unwrap_or_else(|error| error.into_inner()) += 1;
        panic!("a bug in the observer");
    }
}

impl Observer for Panicking {
    fn attempt_started(&self, _: &Attempt<'_>) {
        self.fail();
    }

    fn attempt_ended(&self, _: &Attempt<'_>, _: &AttemptEnd) {
        self.fail();
    }

    fn wait_started(&self, _: &Attempt<'_>, _: &Wait) {
        self.fail();
    }
}

#[tokio::test(start_paused = true)]
async fn an_observer_that_panics_does_not_fail_the_call() {
    let busy = respond_with("503 Service Unavailable", &[], "");
    let script = Script::of([busy, success()]).await;
    let observer = Arc::new(Panicking::default());
    let builder = script.builder().observer(Arc::clone(&observer)).concurrent_calls(1);
    let client = builder.requests_per_second(1).build().unwrap();
    operation::call(&client).await.unwrap();
    operation::call(&client).await.unwrap();
    assert_eq!(*observer.0.lock().unwrap(), 5 + 2);
}

#[tokio::test(start_paused = true)]
async fn an_observer_that_panics_at_a_dropped_call_does_not_abort() {
    let script = Script::of([Turn::Ignore]).await;
    let observer = Arc::new(Panicking::default());
    let client = script.builder().observer(Arc::clone(&observer)).build().unwrap();
    timeout(Duration::from_secs(5), operation::call(&client)).await.unwrap_err();
    assert_eq!(*observer.0.lock().unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn clones_and_several_clients_share_an_observer() {
    let (script, events) = (Script::of([success()]).await, Arc::new(Events::default()));
    let observer: Arc<dyn Observer> = events.clone();
    let client = || script.builder().observer(Arc::clone(&observer)).build().unwrap();
    operation::call(&client()).await.unwrap();
    operation::call(&client().with_locale("de").unwrap()).await.unwrap();
    let both = ["1 started", "1 ended: Success, 200, 0ns"].repeat(2);
    assert_eq!(events.take(), both);
}
