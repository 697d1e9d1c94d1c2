//! Does the mock serve the pages of a collection?

use futures::{StreamExt as _, TryStreamExt as _};
use heck::ToSnakeCase as _;
use partner_center_client::{
    Client, ErrorKind, RetryPolicy,
    mock::{MockServer, MockTransport, OPERATIONS, Quirk},
    serde_json::{self, Value, json},
};

use support::{
    collection::{self, number},
    document, generated, requests,
};

/// Returns the numbers of the items in the tests' collection.
async fn numbers(client: &Client) -> Vec<u64> {
    let items: Vec<String> = collection::items(client).try_collect().await.unwrap();
    items.iter().map(|item| number(item)).collect()
}

/// Returns a page that has items with these numbers and no links.
fn page(numbers: impl IntoIterator<Item = u64>) -> Value {
    serde_json::from_str(&collection::page(numbers, Value::Null)).unwrap()
}

#[tokio::test]
async fn each_operation_with_pages_returns_all_of_them() {
    for operation in document::operations() {
        let id = operation.id.to_snake_case();
        if !generated::PAGED.contains(&id.as_str()) {
            continue;
        }
        let example: Value =
            serde_json::from_str(&requests::success(&operation).1.unwrap()).unwrap();
        let transport = MockTransport::new();
        transport.pages(&id, [&example, &example, &example]);
        let argument = |name: &str| requests::argument(&operation, name, None);
        let items = generated::items(&transport.client(), &id, argument);
        let items: Vec<String> = items.try_collect().await.unwrap();
        assert_eq!(items.len(), 3 * example["items"].as_array().unwrap().len(), "{id}");
        let pages: Vec<_> =
            generated::pages(&transport.client(), &id, argument).try_collect().await.unwrap();
        assert_eq!(pages.len(), 3, "{id}");
        assert_eq!(transport.requests().len(), 6, "{id}");
    }
}

#[tokio::test]
async fn the_server_and_the_transport_serve_the_same_pages() {
    let pages = || [page([1, 2]), page([]), page([3])];
    let (server, transport) = (MockServer::start(), MockTransport::new());
    server.pages(generated::PAGED[0], pages());
    transport.pages(generated::PAGED[0], pages());
    assert_eq!(numbers(&server.client()).await, [1, 2, 3]);
    assert_eq!(numbers(&transport.client()).await, [1, 2, 3]);
    let tokens = |requests: Vec<partner_center_client::mock::Request>| {
        let token = |request: &partner_center_client::mock::Request| {
            request.header("MS-ContinuationToken").map(str::to_owned)
        };
        requests.iter().map(token).collect::<Vec<_>>()
    };
    assert_eq!(tokens(server.requests()), tokens(transport.requests()));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn other_links_of_a_page_are_kept() {
    let mut first = page([1]);
    first["links"] = json!({ "self": { "uri": "/here" }, "next": { "uri": "/elsewhere" } });
    let transport = MockTransport::new();
    transport.pages(generated::PAGED[0], [first]);
    let page = collection::pages(&transport.client()).next().await.unwrap().unwrap();
    let links: Value = serde_json::from_str::<Value>(&page.json).unwrap()["links"].take();
    assert_eq!((&links["self"]["uri"], &links["next"]), (&json!("/here"), &Value::Null));
}

#[tokio::test(start_paused = true)]
async fn a_quirk_applies_to_a_page() {
    let transport = MockTransport::new();
    transport.pages(generated::PAGED[0], [page([1]), page([2])]);
    let client = transport.builder().retry(RetryPolicy::off()).build().unwrap();
    let mut items = collection::items(&client);
    assert_eq!(number(&items.next().await.unwrap().unwrap()), 1);
    transport.quirk(Quirk::status(503));
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::ErrorResponse, 1));
    assert!(items.next().await.is_none());
}

#[test]
#[should_panic(expected = "has no pages")]
fn pages_for_an_operation_without_pages_panic() {
    let other = OPERATIONS.iter().find(|operation| !generated::PAGED.contains(&operation.id));
    MockTransport::new().pages(other.expect("not all operations have pages").id, [page([])]);
}

#[test]
#[should_panic(expected = "at least one page")]
fn an_empty_list_of_pages_panics() {
    MockTransport::new().pages(generated::PAGED[0], [] as [Value; 0]);
}
