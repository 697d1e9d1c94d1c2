//! The operation of the document that tests call when any one will do.
//!
//! It is chosen by rule, so that these tests know neither the name of an operation nor of a model.

use std::{sync::LazyLock, time::Duration};

use heck::ToSnakeCase as _;
use partner_center_client::{Client, Error};

use crate::{
    document::{self, Example, Operation},
    generated, requests,
    table::Answer,
};

/// The first one that takes no body and answers with an object.
static OPERATION: LazyLock<Operation> = LazyLock::new(|| {
    let suits = |operation: &Operation| {
        let examples = operation.examples();
        let is_object =
            |it: &Example| it.json.starts_with("{\"") && generated::MODELS.contains(&it.model);
        examples.iter().any(|it| it.place == "200" && is_object(it))
            && operation.value.get("requestBody").is_none()
    };
    document::operations().into_iter().find(suits).expect("the document has such an operation")
});

pub async fn call(client: &Client) -> Result<Answer, Error> {
    requests::call(client, &OPERATION, None).await
}

#[cfg(target_os = "linux")]
pub async fn wait_until(
    client: &Client,
    is_settled: impl Fn(&str) -> bool,
    time: Duration,
) -> Result<Answer, Error> {
    let argument = |name: &str| requests::argument(&OPERATION, name, None);
    generated::wait_until(client, &id(), argument, is_settled, time).await
}

/// The name of its method.
pub fn id() -> String {
    OPERATION.id.to_snake_case()
}

/// The path of each call.
pub fn path() -> String {
    requests::path(&OPERATION)
}

/// What the service answers, as JSON.
pub fn example() -> String {
    requests::success(&OPERATION).1.expect("it answers with an object")
}

/// What the service answers, with a further member.
pub fn example_with(member: &str, value: &str) -> String {
    example().replacen('{', &format!("{{\"{member}\":\"{value}\","), 1)
}

/// A text without the names of the operation and its model, for snapshots that are not about them.
pub fn anonymous(text: &str) -> String {
    let Operation { method, path, .. } = &*OPERATION;
    let examples = OPERATION.examples();
    let model = examples.iter().find(|example| example.place == "200").map(|it| it.model);
    let model = format!("struct {}", model.expect("it answers with an object"));
    let text = text.replace(&format!("{}: {method} {path}", id()), "<operation>");
    let text = text.replace(&id(), "<operation>").replace(path, "<path>");
    text.replace(&model, "struct <model>")
}

/// Asserts that an answer was read as it was sent.
pub fn assert_example(answer: &Answer) {
    document::assert_same(&answer.json, &example());
}
