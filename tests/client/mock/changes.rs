//! Do later reads show what a `PUT` or `PATCH` set?

use std::time::Duration;

use heck::ToSnakeCase as _;
use partner_center_client::{
    Client, RetryPolicy,
    mock::{MockServer, MockTransport, Quirk},
    serde_json::{self, Map, Value},
    uuid::Uuid,
};

use support::{
    document::{self, Example, Operation},
    generated as table, requests,
};

/// A write, a read of the same path, and an example request body of the write.
struct Write {
    write: Operation,
    read: Operation,
    body: Example,
}

/// Returns the writes to paths that can also be read.
fn writes() -> Vec<Write> {
    let mut writes = Vec::new();
    for write in document::operations() {
        for body in requests::bodies(&write).into_iter().flatten() {
            let (write, path) = (by_id(write.id), write.path);
            let reads = |it: &Operation| it.method == "GET" && it.path == path;
            let read = document::operations().into_iter().find(reads);
            writes.extend(read.map(|read| Write { write, read, body }));
        }
    }
    assert!(!writes.is_empty(), "the document has no write to a path that can be read");
    writes
}

fn by_id(id: &str) -> Operation {
    document::operations().into_iter().find(|operation| operation.id == id).unwrap()
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

impl Write {
    /// Makes the write, and returns the members that it set and that the response has too.
    async fn set(&self, client: &Client) -> Map<String, Value> {
        let response = requests::call(client, &self.write, Some(&self.body)).await.unwrap();
        let (body, response) = (parsed(&self.body.json), parsed(&response.json));
        let members = body.as_object().unwrap().iter();
        let set: Map<_, _> = members
            .filter(|(name, value)| value.is_null() || !response[name.as_str()].is_null())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        assert!(agrees(&response, &set), "{response} lacks {set:?}");
        assert!(!set.is_empty());
        set
    }

    async fn get(&self, client: &Client) -> Value {
        parsed(&requests::call(client, &self.read, None).await.unwrap().json)
    }

    async fn shows(&self, client: &Client, set: &Map<String, Value>) -> bool {
        shows(&self.get(client).await, set)
    }
}

/// Returns true if an object has these members. Null is the same as absent.
fn agrees(object: &Value, members: &Map<String, Value>) -> bool {
    members.iter().all(|(name, value)| object[name.as_str()] == *value)
}

/// Returns true if a value or an item in one of its lists has these members.
fn shows(value: &Value, members: &Map<String, Value>) -> bool {
    let lists = value.as_object().unwrap().values().filter_map(Value::as_array);
    agrees(value, members) || lists.flatten().any(|item| agrees(item, members))
}

#[tokio::test]
async fn a_read_shows_the_change() {
    for write in writes() {
        let transport = MockTransport::new();
        let set = write.set(&transport.client()).await;
        assert!(write.shows(&transport.client(), &set).await, "{}", write.body.title());
    }
}

#[tokio::test]
async fn a_read_from_the_server_shows_the_change() {
    let write = writes().pop().unwrap();
    let server = MockServer::start();
    let set = write.set(&server.client()).await;
    assert!(write.shows(&server.client(), &set).await);
}

#[tokio::test]
async fn each_of_several_changes_is_shown() {
    let transport = MockTransport::new();
    let client = transport.client();
    for write in writes() {
        let set = write.set(&client).await;
        assert!(write.shows(&client, &set).await, "{}", write.body.title());
    }
}

/// Returns a write whose example changes what a read returns.
async fn visible_write() -> Write {
    for write in writes() {
        let transport = MockTransport::new();
        let before = write.get(&transport.client()).await;
        let set = write.set(&transport.client()).await;
        if !shows(&before, &set) {
            return write;
        }
    }
    panic!("no example request changes what a read returns")
}

#[tokio::test]
async fn a_change_becomes_visible_after_the_given_number_of_reads() {
    let write = visible_write().await;
    let transport = MockTransport::new();
    transport.show_changes_after_reads(2);
    let client = transport.client();
    let set = write.set(&client).await;
    let mut shown = Vec::new();
    for _ in 0..4 {
        shown.push(write.shows(&client, &set).await);
    }
    assert_eq!(shown, [false, false, true, true]);
}

#[tokio::test(start_paused = true)]
async fn a_change_becomes_visible_after_the_given_time() {
    let write = visible_write().await;
    let transport = MockTransport::new();
    transport.show_changes_after(Duration::from_secs(60));
    let client = transport.client();
    let set = write.set(&client).await;
    tokio::time::sleep(Duration::from_secs(59)).await;
    assert!(!write.shows(&client, &set).await);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(write.shows(&client, &set).await);
}

#[tokio::test]
async fn a_change_that_never_becomes_visible() {
    let write = visible_write().await;
    let transport = MockTransport::new();
    transport.show_changes_after(Duration::MAX);
    let set = write.set(&transport.client()).await;
    assert!(!write.shows(&transport.client(), &set).await);
}

#[tokio::test]
async fn other_paths_and_other_mocks_are_unchanged() {
    let write = visible_write().await;
    let transport = MockTransport::new();
    let set = write.set(&transport.client()).await;
    assert!(!write.shows(&MockTransport::new().client(), &set).await);
    let argument = |_: &str| Value::from(Uuid::from_u128(7).to_string()).to_string();
    let id = write.read.id.to_snake_case();
    let other = table::call(&transport.client(), &id, argument).await.unwrap();
    assert!(!shows(&parsed(&other.json), &set));
}

#[tokio::test]
async fn a_write_that_a_quirk_responds_to_changes_nothing() {
    let write = visible_write().await;
    let transport = MockTransport::new();
    let set = write.set(&MockTransport::new().client()).await;
    transport.quirk(Quirk::status(404));
    requests::call(&transport.client(), &write.write, Some(&write.body)).await.unwrap_err();
    assert!(!write.shows(&transport.client(), &set).await);
}

#[tokio::test]
async fn a_write_whose_response_is_lost_changes_the_resource() {
    let write = visible_write().await;
    let transport = MockTransport::new();
    let set = write.set(&MockTransport::new().client()).await;
    let client = transport.builder().retry(RetryPolicy::off()).build().unwrap();
    transport.quirk(Quirk::truncated());
    requests::call(&client, &write.write, Some(&write.body)).await.unwrap_err();
    assert!(write.shows(&client, &set).await);
}
