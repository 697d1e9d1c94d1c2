//! Does a stream of pages or items return everything in order, and end with an error if it cannot?

mod links;

use std::time::Duration;

use futures::StreamExt as _;
use partner_center_client::{
    Client, ErrorKind, RetryPolicy,
    serde_json::{Value, json},
};
use tokio::time::timeout;

use support::{
    collection::{self, link, number, page},
    script::{Script, Turn, later, respond_with, truncated},
    server::{CORRELATION_ID, REQUEST_ID},
};

fn serve(page: String) -> Turn {
    respond_with("200 OK", &[], page)
}

/// Returns a page with one item and a link to the page with this number.
fn to(next: u64) -> Turn {
    serve(page([next - 1], link(&format!("{}?page={next}", collection::path()))))
}

fn last(number: u64) -> Turn {
    serve(page([number], Value::Null))
}

fn busy() -> Turn {
    respond_with("503 Service Unavailable", &[], "")
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

async fn client_of(turns: impl Into<Vec<Turn>>) -> (Script, Client) {
    let script = Script::of(turns).await;
    let client = script.builder().build().unwrap();
    (script, client)
}

#[tokio::test(start_paused = true)]
async fn the_items_of_all_pages_in_order() {
    let path = collection::path();
    let (first, second) = (format!("{path}?page=2"), format!("{path}?page=3"));
    let (script, client) = client_of([
        serve(page([1, 2, 3], link(&first))),
        serve(page([], link(&second))),
        serve(page([4, 5], json!({ "next": null }))),
    ])
    .await;
    let (numbers, error) = collection::read(&client).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    let paths: Vec<String> = script.seen().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, [path, first, second]);
}

#[tokio::test(start_paused = true)]
async fn a_page_without_a_next_one_is_the_last() {
    for links in
        [Value::Null, json!({}), json!({ "next": null }), json!({ "self": { "uri": "/" } })]
    {
        let (script, client) = client_of([serve(page([1], links.clone()))]).await;
        let (numbers, error) = collection::read(&client).await;
        assert!(error.is_none(), "{links}: {error:?}");
        assert_eq!((numbers, script.seen().len()), (vec![1], 1), "{links}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_has_the_ids_and_the_attempts_of_its_call() {
    let (script, client) = client_of([to(2), busy(), busy(), to(3), last(3)]).await;
    let pages: Vec<_> = collection::pages(&client).collect().await;
    let pages: Vec<_> = pages.into_iter().map(Result::unwrap).collect();
    assert_eq!(pages.iter().map(|page| page.attempts).collect::<Vec<_>>(), [1, 3, 1]);
    let seen = script.seen();
    let ids: Vec<&str> = seen.iter().map(|request| request.header("MS-RequestId")).collect();
    assert!(ids[1] == ids[2] && ids[2] == ids[3], "{ids:?}");
    assert!(ids[0] != ids[1] && ids[3] != ids[4] && ids[0] != ids[4], "{ids:?}");
    for (page, id) in pages.iter().zip([ids[0], ids[1], ids[4]]) {
        assert_eq!(page.sent_request_id.to_string(), id);
    }
}

#[tokio::test(start_paused = true)]
async fn all_pages_send_the_correlation_id_and_only_the_first_the_request_id() {
    let (script, client) = client_of([to(2), to(3), last(3)]).await;
    let client = client.with_request_id(REQUEST_ID).with_correlation_id(CORRELATION_ID);
    let (numbers, error) = collection::read(&client).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(numbers, [1, 2, 3]);
    let seen = script.seen();
    assert!(seen.iter().all(|it| it.header("MS-CorrelationId") == CORRELATION_ID.to_string()));
    let has_id = |number: usize| seen[number].header("MS-RequestId") == REQUEST_ID.to_string();
    assert!(has_id(0) && !has_id(1) && !has_id(2));
    assert_ne!(seen[1].header("MS-RequestId"), seen[2].header("MS-RequestId"));
}

#[tokio::test(start_paused = true)]
async fn each_page_has_its_own_timeout() {
    let slow = |turn| later(seconds(6), turn);
    let script = Script::of([slow(to(2)), slow(to(3)), slow(last(3))]).await;
    let client = script.builder().timeout(seconds(10)).build().unwrap();
    let (numbers, error) = collection::read(&client).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(numbers, [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_takes_too_long_ends_the_stream() {
    let script = Script::of([to(2), Turn::Ignore]).await;
    let client = script.builder().timeout(seconds(10)).retry(RetryPolicy::off()).build().unwrap();
    let (numbers, error) = collection::read(&client).await;
    assert_eq!((numbers, error.unwrap().kind()), (vec![1], ErrorKind::Timeout));
}

#[tokio::test(start_paused = true)]
async fn the_pace_is_kept_between_pages() {
    let script = Script::of([to(2), to(3), last(3)]).await;
    let client = script.builder().requests_per_minute(60).build().unwrap();
    let (numbers, _) = collection::read(&client).await;
    assert_eq!(numbers, [1, 2, 3]);
    for wait in script.waits() {
        assert!((seconds(1)..seconds(2)).contains(&wait), "{wait:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_page_ends_the_stream_with_its_error() {
    let failures = [
        (respond_with("403 Forbidden", &[], r#"{ "code": 1 }"#), ErrorKind::ErrorResponse),
        (respond_with("200 OK", &[], "<html>"), ErrorKind::InvalidResponse),
        (respond_with("204 No Content", &[], ""), ErrorKind::UnexpectedResponse),
        (truncated(last(2)), ErrorKind::IncompleteResponse),
    ];
    for (failure, kind) in failures {
        let script = Script::of([to(2), failure]).await;
        let client = script.builder().retry(RetryPolicy::off()).build().unwrap();
        let (numbers, error) = collection::read(&client).await;
        let error = error.unwrap();
        assert_eq!((numbers, error.kind()), (vec![1], kind), "{error}");
        let sent = error.sent_request_id().unwrap().to_string();
        assert_eq!(script.seen()[1].header("MS-RequestId"), sent);
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_is_requested_only_after_all_earlier_items_have_been_read() {
    let (script, client) =
        client_of([serve(page([1, 2], link(&format!("{}?page=2", collection::path())))), last(3)])
            .await;
    let mut items = collection::items(&client);
    tokio::time::sleep(seconds(60)).await;
    assert_eq!(script.seen().len(), 0);
    for requests in [1, 1, 2] {
        items.next().await.unwrap().unwrap();
        tokio::time::sleep(seconds(60)).await;
        assert_eq!(script.seen().len(), requests);
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_stream_sends_no_more_requests() {
    let (script, client) = client_of([to(2), busy()]).await;
    let mut items = collection::items(&client);
    assert_eq!(number(&items.next().await.unwrap().unwrap()), 1);
    timeout(Duration::from_millis(1), items.next()).await.unwrap_err();
    drop(items);
    let sent = script.seen().len();
    tokio::time::sleep(seconds(1000)).await;
    assert_eq!(script.seen().len(), sent);
}

#[tokio::test(start_paused = true)]
async fn a_canceled_wait_for_a_page_can_be_resumed() {
    let (script, client) = client_of([to(2), later(seconds(9), last(2))]).await;
    let mut items = collection::items(&client);
    items.next().await.unwrap().unwrap();
    timeout(seconds(1), items.next()).await.unwrap_err();
    assert_eq!(number(&items.next().await.unwrap().unwrap()), 2);
    assert_eq!(script.seen().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_stream_can_move_to_another_task() {
    let (_script, client) = client_of([to(2), last(2)]).await;
    let task = tokio::spawn(async move { collection::read(&client).await.0 });
    assert_eq!(task.await.unwrap(), [1, 2]);
}
