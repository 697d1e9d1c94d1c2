//! Does the mock server respond to each operation as its expectations say?

use std::panic::{AssertUnwindSafe, catch_unwind};

use heck::ToSnakeCase as _;
use partner_center_client::{
    Error,
    mock::{
        MockServer, OPERATIONS,
        httpmock::{Mock, When},
    },
};

use super::{client, response_examples, status, title};
use support::{
    document::{self, Example},
    generated as table, operation, requests,
};

/// Returns an example of an error response, if the document has one.
fn refusal(operation: &document::Operation) -> Option<Example> {
    response_examples(operation).into_iter().find(|example| !example.part.starts_with('2'))
}

/// Makes the mock expect calls of an operation and respond with an example.
fn expect<'a>(
    server: &'a MockServer,
    operation: &document::Operation,
    example: &Example,
    expected: impl FnOnce(When),
) -> Mock<'a> {
    let (id, response) = (operation.id.to_snake_case(), (status_of(example), example.name));
    table::expect(server, &id, response, expected)
}

fn status_of(example: &Example) -> u16 {
    example.part.replace("XX", "00").parse().unwrap()
}

#[tokio::test]
async fn an_expectation_responds_with_any_example() {
    for operation in document::operations() {
        for example in response_examples(&operation) {
            let server = MockServer::start();
            let expected = expect(&server, &operation, &example, drop);
            let body = requests::bodies(&operation).remove(0);
            let response = requests::call(&client(&server), &operation, body.as_ref()).await;
            let sent = response.as_ref().map_or_else(body_of, |response| response.json.clone());
            document::assert_same(&sent, &example.json);
            expected.assert();
        }
    }
}

fn body_of(error: &Error) -> String {
    String::from_utf8(error.body().unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn an_expectation_takes_precedence_over_the_examples() {
    for operation in document::operations() {
        let (server, Some(refusal)) = (MockServer::start(), refusal(&operation)) else { continue };
        let german = |when: When| drop(when.header("x-locale", "de-DE"));
        let expected = expect(&server, &operation, &refusal, german);
        let (client, body) = (client(&server), requests::bodies(&operation).remove(0));
        requests::call(&client, &operation, body.as_ref()).await.unwrap();
        let client = client.with_locale("de-DE").unwrap();
        let error = requests::call(&client, &operation, body.as_ref()).await.unwrap_err();
        assert_eq!(status(&error), Some(status_of(&refusal)), "{}", operation.id);
        expected.assert_calls(1);
    }
}

#[tokio::test]
async fn an_expectation_matches_the_body() {
    for operation in document::operations() {
        let bodies = requests::bodies(&operation);
        let [Some(body), others @ ..] = &bodies[..] else { continue };
        let (server, Some(refusal)) = (MockServer::start(), refusal(&operation)) else { continue };
        let (id, response) = (operation.id.to_snake_case(), (status_of(&refusal), refusal.name));
        let expected = table::expect_body(&server, &id, response, &body.json);
        for other in others {
            requests::call(&client(&server), &operation, other.as_ref()).await.unwrap();
        }
        requests::call(&client(&server), &operation, Some(body)).await.unwrap_err();
        expected.assert_calls(1);
    }
}

#[test]
fn an_unknown_example_panics_and_lists_the_known_ones() {
    let (server, id) = (MockServer::start(), operation::id());
    let missing = || {
        table::expect(&server, &id, (200, "nothing"), drop);
    };
    let panic = catch_unwind(AssertUnwindSafe(missing)).unwrap_err();
    let responses = OPERATIONS.iter().find(|entry| entry.id == id).unwrap().responses.iter();
    let examples = responses.flat_map(|response| {
        response.examples.iter().map(|example| title(response.status, example.name))
    });
    let examples = examples.collect::<Vec<_>>().join(", ");
    let expected = format!("{id} has no example `200 nothing`; it has {examples}");
    assert_eq!(panic.downcast_ref(), Some(&expected));
}
