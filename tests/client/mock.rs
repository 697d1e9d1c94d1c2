//! Does the mock respond as the document says, and record the requests?

mod changes;
mod expectations;
mod generated;
mod models;
mod outcome;
mod pages;
mod quirks;
mod transport;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};

use ::document::exact;
use heck::ToSnakeCase as _;
use partner_center_client::{
    AppCredential, Client, Error, ErrorKind, RetryPolicy,
    mock::{MockServer, OPERATIONS, Operation, Quirk, Request},
    serde_json,
    uuid::Uuid,
};
use serde_json::{Value, json};

use support::{
    document::{self, Example},
    operation::{self, assert_example},
    requests,
    server::TOKEN,
    table::Response,
};

/// Returns a client that makes one attempt per call.
fn client(server: &MockServer) -> Client {
    server.builder().retry(RetryPolicy::off()).build().unwrap()
}

async fn call(server: &MockServer) -> Result<Response, Error> {
    operation::call(&client(server)).await
}

fn status(error: &Error) -> Option<u16> {
    error.status().map(|status| status.as_u16())
}

/// Returns the entry of an operation in the mock's table.
fn entry(operation: &document::Operation) -> &'static Operation {
    let id = operation.id.to_snake_case();
    OPERATIONS.iter().find(|entry| entry.id == id).unwrap()
}

/// Returns the operations without a request body. Their responses are the examples, without values from a request.
fn without_body() -> impl Iterator<Item = document::Operation> {
    let operations = document::operations().into_iter();
    operations.filter(|operation| requests::bodies(operation)[0].is_none())
}

fn response_examples(operation: &document::Operation) -> Vec<Example> {
    let examples = operation.examples().into_iter();
    examples.filter(|example| example.part != "request").collect()
}

#[test]
fn the_table_has_each_operation() {
    for operation in document::operations() {
        let entry = entry(&operation);
        assert_eq!((entry.method, entry.path), (operation.method.as_str(), operation.path));
    }
    assert_eq!(OPERATIONS.len(), document::operations().len());
}

#[test]
fn the_table_has_each_example_response_with_all_digits() {
    for operation in document::operations() {
        let documented: BTreeMap<String, Value> = response_examples(&operation)
            .iter()
            .map(|example| {
                (title(&example.part, example.name), exact::json(&example.json).unwrap())
            })
            .collect();
        let responses = entry(&operation).responses.iter();
        let listed: BTreeMap<String, Value> = responses
            .flat_map(|response| {
                let examples = response.examples.iter();
                examples.map(|example| {
                    (title(response.status, example.name), exact::json(example.body).unwrap())
                })
            })
            .collect();
        assert_eq!(listed, documented, "{}", operation.id);
    }
}

fn title(status: impl Display, name: &str) -> String {
    format!("{status} {name}")
}

#[tokio::test]
async fn each_operation_without_a_body_responds_with_its_success_example() {
    let server = MockServer::start();
    for operation in without_body() {
        let response = requests::call(&client(&server), &operation, None).await.unwrap();
        let (_, example) = requests::success(&operation);
        document::assert_same(&response.json, &example.unwrap_or_else(|| "null".to_owned()));
    }
}

#[tokio::test]
async fn a_path_that_is_not_in_the_document_is_not_found() {
    let server = MockServer::start();
    let client = server.builder().base_url(format!("{}/beta", server.url())).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(status(&error), Some(404));
    let text = format!("the document has no operation GET /beta{}", operation::path());
    assert_eq!(error.body(), Some(text.as_bytes()));
}

#[tokio::test]
async fn an_expectation_that_is_not_tied_to_an_operation() {
    let server = MockServer::start();
    let teapot = server.mock(|when, then| {
        when.header("x-locale", "de-DE");
        then.status(418);
    });
    let client = server.builder().locale("de-DE").build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(status(&error), Some(418));
    teapot.assert();
}

#[tokio::test]
async fn a_mock_server_can_act_as_the_authority() {
    let (authority, service) = (MockServer::start(), MockServer::start());
    let token = authority.mock(|when, then| {
        when.method("POST").path("/contoso.onmicrosoft.com/oauth2/v2.0/token");
        then.status(200).json_body(json!({ "token_type": "Bearer", "access_token": "eyJ0eXAi" }));
    });
    let app = AppCredential::new("contoso.onmicrosoft.com", Uuid::nil(), "client-secret");
    let builder = service.builder().credential(app.authority(authority.url()));
    assert_example(&operation::call(&builder.build().unwrap()).await.unwrap());
    token.assert();
}

#[tokio::test]
async fn requests_are_recorded() {
    let server = MockServer::start();
    server.quirk(Quirk::status(500));
    let (client, operations) = (client(&server), document::operations());
    for operation in &operations {
        let body = requests::bodies(operation).remove(0);
        let _ = requests::call(&client, operation, body.as_ref()).await;
    }
    let requests = server.requests();
    assert_eq!(requests.len(), operations.len());
    for (request, operation) in requests.iter().zip(&operations) {
        assert_sent(request, operation);
        assert_eq!(request.header("X-Locale"), Some("en-US"));
    }
    let ids: BTreeSet<_> = requests.iter().map(|request| request.header("ms-requestid")).collect();
    assert_eq!(ids.len(), requests.len());
}

fn assert_sent(request: &Request, operation: &document::Operation) {
    let path = request.path.split('?').next().unwrap();
    let expected = (operation.method.as_str(), requests::path(operation));
    assert_eq!((request.method.as_str(), path.to_owned()), expected);
    match requests::bodies(operation).remove(0) {
        Some(body) => document::assert_same(str::from_utf8(&request.body).unwrap(), &body.json),
        None => assert_eq!(request.body, b""),
    }
}

#[tokio::test]
async fn the_access_token_is_recorded_but_not_printed() {
    let server = MockServer::start();
    let unseen = server.mock(|when, then| {
        when.header("authorization", "Bearer <token>");
        then.status(200).body(operation::example());
    });
    operation::call(&server.builder().access_token(TOKEN).build().unwrap()).await.unwrap();
    unseen.assert();
    let requests = server.requests();
    assert_eq!(requests[0].header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert!(!format!("{server:?} {requests:?}").contains("eyJ"));
}

#[tokio::test]
async fn a_dropped_server_refuses_connections() {
    let server = MockServer::start();
    let client = client(&server);
    assert_example(&operation::call(&client).await.unwrap());
    drop(server);
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_concurrent_calls() {
    let server = MockServer::start();
    server.quirk(Quirk::status(500).times(100));
    let client = client(&server);
    let tasks = (0..50).map(|_| {
        let client = client.clone();
        tokio::spawn(async move {
            let mut failures = 0;
            for _ in 0..20 {
                failures += usize::from(operation::call(&client).await.is_err());
            }
            failures
        })
    });
    let mut failures = 0;
    for task in tasks.collect::<Vec<_>>() {
        failures += task.await.unwrap();
    }
    assert_eq!((failures, server.requests().len()), (100, 1000));
}
