//! Does the mock server answer as the document says, and keep what it was asked?

mod generated;
mod quirks;

use std::{collections::BTreeMap, fmt::Display};

use ::document::exact;
use heck::ToSnakeCase as _;
use partner_center_client::{
    AppCredential, Client, Error, ErrorKind, ResponseValue, RetryPolicy,
    mock::{MockServer, OPERATIONS, Operation, Quirk},
    serde_json,
    types::{FaultCode, OverageUpdate, SpendingBudget, SpendingBudgetUpdate},
    uuid::Uuid,
};
use serde_json::{Value, json};

use crate::{
    document::{self, Example},
    requests,
    server::{CUSTOMER, TOKEN},
    table,
};

const OTHER_CUSTOMER: Uuid = Uuid::from_u128(0x44444444_4444_4444_4444_444444444444);

/// A client that shows what comes of each attempt.
fn client(server: &MockServer) -> Client {
    server.builder().retry(RetryPolicy::off()).build().unwrap()
}

async fn budget(server: &MockServer) -> Result<ResponseValue<SpendingBudget>, Error> {
    client(server).get_usage_budget(&CUSTOMER).await
}

fn status(error: &Error) -> Option<u16> {
    error.status().map(|status| status.as_u16())
}

fn assert_documented(budget: &SpendingBudget) {
    assert_eq!(budget.amount, Some(100.into()));
}

/// What the table says of an operation of the document.
fn entry(operation: &document::Operation) -> &'static Operation {
    let id = operation.id.to_snake_case();
    OPERATIONS.iter().find(|entry| entry.id == id).unwrap()
}

fn answers(operation: &document::Operation) -> Vec<Example> {
    let examples = operation.examples().into_iter();
    examples.filter(|example| example.place != "request").collect()
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
fn the_table_has_each_example_of_an_answer_to_the_digit() {
    for operation in document::operations() {
        let documented: BTreeMap<String, Value> = answers(&operation)
            .iter()
            .map(|example| {
                (title(&example.place, example.name), exact::json(&example.json).unwrap())
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
async fn each_operation_answers_with_its_example_of_success() {
    let server = MockServer::start();
    for operation in document::operations() {
        let body = requests::bodies(&operation).remove(0);
        let answer = requests::call(&client(&server), &operation, body.as_ref()).await.unwrap();
        let expected = match requests::success(&operation) {
            (_, Some(json)) => value(&operation, &json),
            (_, None) => "()".to_owned(),
        };
        assert_eq!(table::compact(&answer), expected, "{}", operation.id);
    }
}

/// The value that an example of an operation's answers is read as.
fn value(operation: &document::Operation, json: &str) -> String {
    let example = answers(operation).into_iter().find(|example| example.json == json).unwrap();
    crate::generated::decode(example.model, json).unwrap().value
}

#[tokio::test]
async fn a_path_that_the_document_does_not_have_is_not_found() {
    let server = MockServer::start();
    let client = server.builder().base_url(format!("{}/beta", server.url())).build().unwrap();
    let error = client.get_usage_budget(&CUSTOMER).await.unwrap_err();
    assert_eq!(status(&error), Some(404));
    let text =
        format!("the document has no operation GET /beta/v1/customers/{CUSTOMER}/usagebudget");
    assert_eq!(error.body(), Some(text.as_bytes()));
}

#[tokio::test]
async fn an_expectation_goes_before_the_examples() {
    let server = MockServer::start();
    let expected: SpendingBudget =
        serde_json::from_str(r#"{"amount":28.82860766744404945074}"#).unwrap();
    let expectation = server.get_usage_budget(|when, then| {
        when.customer_tenant_id(&CUSTOMER);
        then.ok(&expected);
    });
    assert_eq!(budget(&server).await.unwrap().into_inner(), expected);
    assert_documented(&client(&server).get_usage_budget(&OTHER_CUSTOMER).await.unwrap());
    expectation.assert_calls(1);
}

#[tokio::test]
async fn an_expectation_compares_the_body() {
    let server = MockServer::start();
    let clear = SpendingBudgetUpdate::new(None);
    let cleared = server.update_usage_budget(|when, then| {
        when.body(&clear);
        then.ok(&SpendingBudget::default());
    });
    let client = client(&server);
    let update = SpendingBudgetUpdate::new(Some(250.into()));
    assert_documented(&client.update_usage_budget(&CUSTOMER, &update).await.unwrap());
    let budget = client.update_usage_budget(&CUSTOMER, &clear).await.unwrap();
    assert_eq!(budget.amount, None);
    cleared.assert();
}

#[tokio::test]
async fn an_expectation_answers_with_an_example() {
    let server = MockServer::start();
    server.get_overage(|when, then| {
        when.customer_tenant_id(&CUSTOMER);
        then.example(200, "none");
    });
    server.get_overage(|_, then| drop(then.example(404, "documented")));
    let client = client(&server);
    assert!(client.get_overage(&CUSTOMER).await.unwrap().items.is_empty());
    let error = client.get_overage(&OTHER_CUSTOMER).await.unwrap_err();
    assert_eq!(error.fault().unwrap().code, Some(FaultCode::Integer(3000)));
}

#[test]
#[should_panic = "get_usage_budget has no example `200 nothing`; it has 200 documented, 200 none, 400"]
fn an_example_that_there_is_not() {
    let server = MockServer::start();
    server.get_usage_budget(|_, then| drop(then.example(200, "nothing")));
}

#[tokio::test]
async fn an_expectation_of_any_request() {
    let server = MockServer::start();
    let teapot = server.mock(|when, then| {
        when.header("x-locale", "de-DE");
        then.status(418);
    });
    let client = server.builder().locale("de-DE").build().unwrap();
    let error = client.get_usage_budget(&CUSTOMER).await.unwrap_err();
    assert_eq!(status(&error), Some(418));
    teapot.assert();
}

#[tokio::test]
async fn a_server_that_stands_for_the_authority() {
    let (authority, service) = (MockServer::start(), MockServer::start());
    let token = authority.mock(|when, then| {
        when.method("POST").path("/contoso.onmicrosoft.com/oauth2/v2.0/token");
        then.status(200).json_body(json!({ "token_type": "Bearer", "access_token": "eyJ0eXAi" }));
    });
    let app = AppCredential::new("contoso.onmicrosoft.com", Uuid::nil(), "client-secret");
    let builder = service.builder().credential(app.authority(authority.url()));
    assert_documented(&builder.build().unwrap().get_usage_budget(&CUSTOMER).await.unwrap());
    token.assert();
}

#[tokio::test]
async fn requests_are_kept() {
    let server = MockServer::start();
    server.quirk(Quirk::status(500));
    let client = client(&server);
    client.get_overage(&CUSTOMER).await.unwrap_err();
    client.update_overage(&CUSTOMER, &OverageUpdate::new(false)).await.unwrap();
    let [get, put] = <[_; 2]>::try_from(server.requests()).unwrap();
    let path = format!("/v1/customers/{CUSTOMER}/subscriptions/overage");
    assert_eq!((get.method.as_str(), &get.path, get.body.as_slice()), ("GET", &path, &b""[..]));
    assert_eq!((put.method.as_str(), &put.path), ("PUT", &path));
    assert_eq!(
        serde_json::from_slice::<Value>(&put.body).unwrap(),
        json!({ "overageEnabled": false })
    );
    assert_eq!(put.header("X-Locale"), Some("en-US"));
    assert_ne!(get.header("ms-requestid"), put.header("ms-requestid"));
}

#[tokio::test]
async fn the_access_token_is_kept_but_not_printed() {
    let server = MockServer::start();
    let unseen = server.mock(|when, then| {
        when.header("authorization", "Bearer <token>");
        then.status(200).body("{}");
    });
    server
        .builder()
        .access_token(TOKEN)
        .build()
        .unwrap()
        .get_usage_budget(&CUSTOMER)
        .await
        .unwrap();
    unseen.assert();
    let requests = server.requests();
    assert_eq!(requests[0].header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert!(!format!("{server:?} {requests:?}").contains("eyJ"));
}

#[tokio::test]
async fn a_server_that_is_gone() {
    let server = MockServer::start();
    let client = client(&server);
    assert_documented(&client.get_usage_budget(&CUSTOMER).await.unwrap());
    drop(server);
    let error = client.get_usage_budget(&CUSTOMER).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_at_a_time() {
    let server = MockServer::start();
    server.quirk(Quirk::status(500).times(100));
    let client = client(&server);
    let tasks = (0..50).map(|_| {
        let client = client.clone();
        tokio::spawn(async move {
            let mut failures = 0;
            for _ in 0..20 {
                failures += usize::from(client.get_usage_budget(&CUSTOMER).await.is_err());
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
