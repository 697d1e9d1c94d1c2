//! What does each operation send, and does it read the documented answer?

use heck::ToSnakeCase as _;
use partner_center_client::{Client, Error};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::{
    document::{self, Example, Operation},
    generated, server,
};

/// Calls an operation, with an example as its body if it takes one.
async fn call(
    client: &Client,
    operation: &Operation,
    body: Option<&Example>,
) -> Result<String, Error> {
    let argument = |name: &str| match (name, body) {
        ("body", Some(example)) => example.json.clone(),
        _ => sample(operation, name).to_string(),
    };
    generated::call(client, &operation.id.to_snake_case(), argument).await
}

/// A value for the parameter that has this name in Rust; a GUID is the customer of the tests.
fn sample(operation: &Operation, name: &str) -> Value {
    let schema = operation
        .parameters()
        .find(|parameter| parameter["name"].as_str().unwrap().to_snake_case() == name)
        .map(|parameter| document::resolve(&parameter["schema"]))
        .unwrap_or_else(|| panic!("{} has no parameter {name}", operation.id));
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("integer" | "number"), _) => json!(1),
        (Some("boolean"), _) => json!(true),
        (Some("array"), _) => json!([]),
        (_, Some("uuid")) => json!(server::CUSTOMER),
        _ => json!("text"),
    }
}

/// The example requests of an operation; one without example if it takes no body.
fn bodies(operation: &Operation) -> Vec<Option<Example>> {
    let examples = operation.examples().into_iter().filter(|example| example.place == "request");
    let bodies: Vec<_> = examples.map(Some).collect();
    if bodies.is_empty() { vec![None] } else { bodies }
}

/// The documented answer of success.
fn answer(operation: &Operation) -> ResponseTemplate {
    let (status, body) = success(operation);
    let template = ResponseTemplate::new(status);
    match body {
        Some(body) => template.set_body_raw(body, "application/json"),
        None => template,
    }
}

/// The status of success and its first example; none, if the answer has no content.
fn success(operation: &Operation) -> (u16, Option<String>) {
    let (status, response) = operation
        .responses()
        .find(|(status, _)| status.starts_with('2'))
        .unwrap_or_else(|| panic!("{} has no answer of success", operation.id));
    let examples = operation.examples();
    let example = examples.into_iter().find(|example| example.place == status);
    let has_content = response["content"].as_object().is_some_and(|content| !content.is_empty());
    assert!(example.is_some() || !has_content, "{} has no example of success", operation.id);
    (status.parse().unwrap(), example.map(|example| example.json))
}

/// The path of an operation with the values of the tests in its template.
fn path(operation: &Operation) -> String {
    let parameters = operation.parameters().filter(|parameter| parameter["in"] == "path");
    parameters.fold(operation.path.to_owned(), |path, parameter| {
        let name = parameter["name"].as_str().unwrap();
        let value = sample(operation, &name.to_snake_case());
        path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or(&value.to_string()))
    })
}

#[tokio::test]
async fn each_operation_with_each_example() {
    for operation in document::operations() {
        for body in bodies(&operation) {
            let server = server::server(answer(&operation)).await;
            call(&server::client(&server), &operation, body.as_ref()).await.unwrap();
            let title = [Some(operation.id), body.map(|example| example.name)];
            let title = title.into_iter().flatten().collect::<Vec<_>>().join(".");
            let request = server::only_request(&server).await;
            insta::with_settings!({ description => operation.page, omit_expression => true }, {
                insta::assert_snapshot!(title, request);
            });
        }
    }
}

#[tokio::test]
async fn method_and_path_are_the_document_s() {
    for operation in document::operations() {
        let server = server::server(answer(&operation)).await;
        call(&server::client(&server), &operation, bodies(&operation)[0].as_ref()).await.unwrap();
        let path = path(&operation);
        let request = &server::requests(&server).await[0];
        let sent = (request.method.as_str(), request.url.path());
        assert_eq!(sent, (operation.method.as_str(), path.as_str()));
    }
}

#[tokio::test]
async fn each_managed_header_of_the_document_is_sent() {
    for operation in document::operations() {
        let server = server::server(answer(&operation)).await;
        let client = server::client_with_everything_set(&server);
        call(&client, &operation, bodies(&operation)[0].as_ref()).await.unwrap();
        let request = &server::requests(&server).await[0];
        let managed =
            operation.parameters().filter(|parameter| parameter["x-client-managed"] == true);
        let missing: Vec<&str> = managed
            .filter_map(|parameter| parameter["name"].as_str())
            .filter(|name| server::header(request, name).is_none())
            .collect();
        assert_eq!(missing, Vec::<&str>::new(), "{}", operation.id);
    }
}

#[tokio::test]
async fn no_header_is_sent_that_the_document_does_not_declare() {
    const OF_HTTP: [&str; 6] =
        ["accept", "authorization", "content-length", "content-type", "host", "user-agent"];
    for operation in document::operations() {
        let server = server::server(answer(&operation)).await;
        let client = server::client_with_everything_set(&server);
        call(&client, &operation, bodies(&operation)[0].as_ref()).await.unwrap();
        let declared: Vec<String> = operation
            .parameters()
            .filter_map(|parameter| Some(parameter["name"].as_str()?.to_lowercase()))
            .collect();
        for name in server::requests(&server).await[0].headers.keys().map(|name| name.as_str()) {
            assert!(
                OF_HTTP.contains(&name) || declared.iter().any(|declared| declared == name),
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn an_answer_that_begins_with_a_byte_order_mark_is_read() {
    for operation in document::operations() {
        for example in operation.examples().iter().filter(|example| example.place.starts_with('2'))
        {
            let body = format!("\u{feff}{}", example.json);
            let template = ResponseTemplate::new(example.place.parse::<u16>().unwrap());
            let template = template.set_body_raw(body, "application/json");
            let server = server::server(template).await;
            call(&server::client(&server), &operation, bodies(&operation)[0].as_ref())
                .await
                .unwrap();
        }
    }
}

/// An operation that has these answers.
fn operation(responses: Value) -> Operation {
    let value = Box::leak(Box::new(json!({ "responses": responses })));
    Operation { id: "createOrder", method: "POST".to_owned(), path: "/orders", value, page: "" }
}

#[test]
fn an_answer_of_success_other_than_200() {
    let examples = json!({ "documented": { "value": { "id": "1" } } });
    let content = json!({ "application/json": { "examples": examples } });
    let operation = operation(json!({ "201": { "content": content }, "404": {} }));
    assert_eq!(success(&operation), (201, Some(r#"{"id":"1"}"#.to_owned())));
}

#[test]
fn an_answer_of_success_without_content() {
    let operation = operation(json!({ "204": { "description": "Done." }, "404": {} }));
    assert_eq!(success(&operation), (204, None));
}
