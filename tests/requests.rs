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
    let examples = operation.examples();
    let success = examples.iter().find(|example| example.place.starts_with('2'));
    let success = success.unwrap_or_else(|| panic!("{} has no example of success", operation.id));
    let template = ResponseTemplate::new(success.place.parse::<u16>().unwrap());
    template.set_body_raw(success.json.clone(), "application/json")
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
            let template = ResponseTemplate::new(200).set_body_raw(body, "application/json");
            let server = server::server(template).await;
            call(&server::client(&server), &operation, bodies(&operation)[0].as_ref())
                .await
                .unwrap();
        }
    }
}
