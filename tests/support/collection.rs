//! The operation that tests call when any operation with pages will do, and the pages of its collection.
//!
//! It is the first one in the document, so that these tests do not depend on the name of an operation or model.

use std::sync::LazyLock;

use futures::{StreamExt as _, stream::BoxStream};
use heck::ToSnakeCase as _;
use partner_center_client::{Client, Error};
use serde_json::{Value, json};

use crate::{
    document::{self, Operation},
    generated, requests,
    table::Response,
};

/// The first operation with pages.
static OPERATION: LazyLock<Operation> = LazyLock::new(|| {
    let is_first =
        |it: &Operation| Some(&it.id.to_snake_case().as_str()) == generated::PAGED.first();
    document::operations().into_iter().find(is_first).expect("the document has such an operation")
});

/// Returns a stream of the items as JSON.
pub fn items(client: &Client) -> BoxStream<'static, Result<String, Error>> {
    let argument = |name: &str| requests::argument(&OPERATION, name, None);
    generated::items(client, generated::PAGED[0], argument)
}

pub fn pages(client: &Client) -> BoxStream<'static, Result<Response, Error>> {
    let argument = |name: &str| requests::argument(&OPERATION, name, None);
    generated::pages(client, generated::PAGED[0], argument)
}

/// Reads the numbers of all items, and the error that ends the stream, if there is one.
pub async fn read(client: &Client) -> (Vec<u64>, Option<Error>) {
    let mut items = items(client);
    let mut numbers = Vec::new();
    while let Some(item) = items.next().await {
        assert!(numbers.len() < 100, "the stream does not end");
        match item {
            Ok(item) => numbers.push(number(&item)),
            Err(error) => {
                assert!(items.next().await.is_none(), "the stream continues after {error}");
                return (numbers, Some(error));
            }
        }
    }
    (numbers, None)
}

/// Returns the member `number` of an item.
pub fn number(item: &str) -> u64 {
    serde_json::from_str::<Value>(item).unwrap()["number"].as_u64().unwrap()
}

/// Returns the request path of the operation.
pub fn path() -> String {
    requests::path(&OPERATION)
}

/// Returns a page as JSON, with numbered items and these links.
pub fn page(numbers: impl IntoIterator<Item = u64>, links: Value) -> String {
    let example = requests::success(&OPERATION).1.expect("its response is an object");
    let mut page: Value = serde_json::from_str(&example).unwrap();
    let mut item = page["items"][0].clone();
    let items = numbers.into_iter().map(|number| {
        item["number"] = json!(number);
        item.clone()
    });
    page["items"] = items.collect();
    page["links"] = links;
    page.to_string()
}

/// Returns the member `links` of a page, with a link to the next page.
pub fn link(uri: &str) -> Value {
    json!({ "next": { "uri": uri, "method": "GET", "headers": [] } })
}
