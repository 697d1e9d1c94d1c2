//! Does one 429 hold back all calls of a client and its clones, until the service accepts requests again?

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use partner_center_client::{Client, Error, ErrorKind, RetryPolicy};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use support::{
    operation,
    script::{Script, Turn, later, respond_with},
    server::CORRELATION_ID,
};

const SECOND: Duration = Duration::from_secs(1);

fn success() -> Turn {
    respond_with("200 OK", &[], operation::example())
}

fn throttled_for(seconds: u64) -> Turn {
    respond_with("429 Too Many Requests", &[&format!("Retry-After: {seconds}")], "")
}

/// Makes one call, whose response throttles the client.
async fn be_throttled(script: &Script, client: &Client, seconds: u64) {
    script.play([throttled_for(seconds), success()]);
    let client = client.with_correlation_id(CORRELATION_ID);
    tokio::spawn(async move { operation::call(&client).await });
    sleep(Duration::from_millis(100)).await;
    assert_eq!(script.seen().len(), 1);
}

async fn call_all(client: &Client, calls: usize) -> Vec<Result<(), Error>> {
    let mut tasks = JoinSet::new();
    for _ in 0..calls {
        let client = client.with_correlation_id(CORRELATION_ID);
        tasks.spawn(async move { operation::call(&client).await.map(drop) });
    }
    tasks.join_all().await
}

#[tokio::test(start_paused = true)]
async fn no_request_is_sent_before_the_wait_is_over() {
    let script = Script::of([success()]).await;
    let client = script.builder().build().unwrap();
    be_throttled(&script, &client, 2).await;
    call_all(&client, 100).await.into_iter().for_each(|result| result.unwrap());
    assert_eq!(script.seen().len(), 102);
    assert!(script.waits()[0] >= 2 * SECOND, "{:?}", script.waits()[0]);
}

#[tokio::test(start_paused = true)]
async fn retries_of_other_calls_wait_too() {
    let script = Script::of([respond_with("503 Service Unavailable", &[], ""), success()]).await;
    let client = script.builder().build().unwrap();
    let retried = client.clone();
    let retried = tokio::spawn(async move { operation::call(&retried).await });
    tokio::task::yield_now().await;
    while script.seen().is_empty() {
        sleep(Duration::from_millis(1)).await;
    }
    be_throttled(&script, &client, 30).await;
    retried.await.unwrap().unwrap();
    assert!(script.waits()[0] >= 30 * SECOND, "{:?}", script.waits());
}

#[tokio::test(start_paused = true)]
async fn another_client_does_not_wait() {
    let script = Script::of([success()]).await;
    let client = script.builder().build().unwrap();
    be_throttled(&script, &client, 30).await;
    let other = script.builder().build().unwrap();
    timeout(SECOND, operation::call(&other)).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_429_without_retry_after_holds_back_no_other_call() {
    let script = Script::of([respond_with("429 Too Many Requests", &[], ""), success()]).await;
    let client = script.builder().retry(RetryPolicy::off()).build().unwrap();
    operation::call(&client).await.unwrap_err();
    timeout(SECOND, operation::call(&client)).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_call_that_would_time_out_during_the_wait_fails_immediately() {
    let script = Script::of([success()]).await;
    let client = script.builder().timeout(10 * SECOND).build().unwrap();
    be_throttled(&script, &client, 57).await;
    let began = Instant::now();
    let error = operation::call(&client).await.unwrap_err();
    assert!(began.elapsed() < SECOND, "{:?}", began.elapsed());
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Throttled, 0));
    assert!(error.is_throttled() && error.is_retryable() && !error.is_ambiguous());
    let wait = error.retry_after().unwrap();
    assert!((56 * SECOND..=57 * SECOND).contains(&wait), "{wait:?}");
    let expected = "not sent, because the service is throttling this client; retry after 57 s";
    assert!(error.to_string().contains(expected), "{error}");
    assert_eq!(script.seen().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_waits_for_a_slot_fails_when_the_service_throttles() {
    let script = Script::of([success(), throttled_for(57)]).await;
    let builder = script.builder().requests_per_second(1).timeout(10 * SECOND);
    let began = Instant::now();
    let results = call_all(&builder.build().unwrap(), 100).await;
    assert!(began.elapsed() < 3 * SECOND, "{:?}", began.elapsed());
    assert_eq!(script.seen().len(), 2);
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    for error in results.into_iter().filter_map(Result::err) {
        assert!(error.is_throttled(), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_behind_too_many_others_times_out_without_being_throttled() {
    let script = Script::of([success()]).await;
    let client = script.builder().timeout(10 * SECOND).build().unwrap();
    be_throttled(&script, &client, 6).await;
    let results = call_all(&client, 300).await;
    let errors: Vec<Error> = results.into_iter().filter_map(Result::err).collect();
    assert!((1..299).contains(&errors.len()), "{}", errors.len());
    for error in errors {
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
        let expected = "not sent, because too many other requests of this client are ahead of it";
        assert!(error.to_string().contains(expected) && !error.is_throttled(), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_wait_counts_toward_the_timeout() {
    let script = Script::of([success()]).await;
    let client = script.builder().timeout(10 * SECOND).build().unwrap();
    be_throttled(&script, &client, 6).await;
    script.play([Turn::Ignore]);
    let began = Instant::now();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(began.elapsed() < 11 * SECOND, "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_receives_a_429_returns_that_response() {
    let script = Script::of([throttled_for(57)]).await;
    let client = script.builder().timeout(10 * SECOND).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::ErrorResponse, 1));
    assert!(error.is_throttled());
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_does_not_delay_the_others() {
    let script = Script::of([success()]).await;
    let client = script.builder().build().unwrap();
    be_throttled(&script, &client, 5).await;
    timeout(SECOND, call_all(&client, 100)).await.unwrap_err();
    timeout(5 * SECOND, operation::call(&client)).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_first_429_after_the_wait_holds_back_the_remaining_calls() {
    let script = Script::of([success()]).await;
    let client = script.builder().build().unwrap();
    be_throttled(&script, &client, 2).await;
    script.play([throttled_for(5), success()]);
    call_all(&client, 100).await.into_iter().for_each(|result| result.unwrap());
    assert!(script.waits()[0] >= 5 * SECOND, "{:?}", &script.waits()[..3]);
}

#[tokio::test(start_paused = true)]
async fn the_pace_is_kept_after_the_wait() {
    let script = Script::of([success()]).await;
    let client = script.builder().requests_per_second(10).build().unwrap();
    be_throttled(&script, &client, 2).await;
    call_all(&client, 30).await.into_iter().for_each(|result| result.unwrap());
    for wait in &script.waits()[1..] {
        assert!(*wait >= Duration::from_millis(99), "{wait:?}");
    }
}

/// Starts a service that accepts 20 requests in 10 seconds and then throttles for 10 seconds. Each request during that
/// time extends it by half a second. Responses take between 50 and 250 milliseconds.
async fn limited_service(rejected: Arc<AtomicUsize>) -> Script {
    let (mut number, mut accepted, mut opens_at) = (0, VecDeque::new(), Duration::ZERO);
    Script::playing(move |seen| {
        number += 1;
        let latency = Duration::from_millis(50 + number * 37 % 200);
        accepted.retain(|&at| at + 10 * SECOND > seen.at);
        if seen.at >= opens_at && accepted.len() < 20 {
            accepted.push_back(seen.at);
            return later(latency, success());
        }
        opens_at = if seen.at < opens_at { opens_at + SECOND / 2 } else { seen.at + 10 * SECOND };
        rejected.fetch_add(1, Ordering::Relaxed);
        later(latency, throttled_for((opens_at - seen.at).as_millis().div_ceil(1000) as u64))
    })
    .await
}

/// Makes 25 calls with each client, all clients at the same time. Returns the time and the number of rejected requests.
async fn sweep(clients: impl Fn(&Script) -> Vec<Client>) -> (Duration, usize) {
    let rejected = Arc::new(AtomicUsize::new(0));
    let script = limited_service(Arc::clone(&rejected)).await;
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for client in clients(&script) {
        tasks.spawn(async move {
            for _ in 0..25 {
                operation::call(&client).await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    (began.elapsed(), rejected.load(Ordering::Relaxed))
}

fn client(script: &Script) -> Client {
    let policy = RetryPolicy::default().attempts(100);
    script.builder().retry(policy).timeout(10_000 * SECOND).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn clones_sweep_faster_and_with_fewer_rejections_than_separate_clients() {
    let (shared, fewer) = sweep(|script| vec![client(script); 8]).await;
    let (separate, more) =
        sweep(|script| std::iter::repeat_with(|| client(script)).take(8).collect()).await;
    println!("shared: {shared:?}, {fewer} rejections; separate: {separate:?}, {more} rejections");
    assert!(shared < separate, "{shared:?} is not less than {separate:?}");
    assert!(fewer < more, "{fewer} is not less than {more}");
}
