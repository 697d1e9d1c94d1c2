//! The operation that tests call when any operation will do.
//!
//! It is chosen by its properties, so that these tests do not depend on the name of an operation or model.

use std::{sync::LazyLock, time::Duration};

use heck::ToSnakeCase as _;
use partner_center_client::{Client, Error};

use crate::{
    document::{self, Example, Operation},
    generated, requests,
    table::Response,
};

/// The first operation that has no request body, accepts app-only tokens, returns an object, and has a path parameter,
/// whose value logs must not show.
static OPERATION: LazyLock<Operation> = LazyLock::new(|| {
    let suits = |operation: &Operation| {
        let examples = operation.examples();
        let is_object =
            |it: &Example| it.json.starts_with("{\"") && generated::MODELS.contains(&it.model);
        examples.iter().any(|it| it.part == "200" && is_object(it))
            && operation.value.get("requestBody").is_none()
            && operation.flows().contains(&"clientCredentials")
            && operation.parameters().any(|parameter| parameter["in"] == "path")
    };
    document::operations().into_iter().find(suits).expect("the document has such an operation")
});

pub async fn call(client: &Client) -> Result<Response, Error> {
    requests::call(client, &OPERATION, None).await
}

#[cfg(target_os = "linux")]
pub async fn wait_until(
    client: &Client,
    is_settled: impl Fn(&str) -> bool,
    time: Duration,
) -> Result<Response, Error> {
    let argument = |name: &str| requests::argument(&OPERATION, name, None);
    generated::wait_until(client, &id(), argument, is_settled, time).await
}

/// Returns the name of the client method that calls the operation.
pub fn id() -> String {
    OPERATION.id.to_snake_case()
}

/// Returns the request path of the operation.
pub fn path() -> String {
    requests::path(&OPERATION)
}

/// Returns its example response as JSON.
pub fn example() -> String {
    requests::success(&OPERATION).1.expect("its response is an object")
}

/// Returns its example response as JSON, with an additional member.
pub fn example_with(member: &str, value: &str) -> String {
    example().replacen('{', &format!("{{\"{member}\":\"{value}\","), 1)
}

/// Replaces the names of the operation and its model with placeholders, so that snapshots do not depend on them.
pub fn anonymous(text: &str) -> String {
    let Operation { method, path, .. } = &*OPERATION;
    let examples = OPERATION.examples();
    let model = examples.iter().find(|example| example.part == "200").map(|it| it.model);
    let model = format!("struct {}", model.expect("its response is an object"));
    let text = text.replace(&format!("{}: {method} {path}", id()), "<operation>");
    let text = text.replace(&id(), "<operation>").replace(path, "<path>");
    text.replace(&model, "struct <model>")
}

/// Asserts that the client returned the example response.
pub fn assert_example(response: &Response) {
    document::assert_same(&response.json, &example());
}
