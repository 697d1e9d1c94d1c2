//! Calls to the document's operations with their example requests.

use heck::ToSnakeCase as _;
use partner_center_client::{Client, Error};
use serde_json::{Value, json};

use crate::{
    document::{self, Example, Operation},
    generated, server,
    table::Response,
};

/// Calls an operation, with an example as the request body if it has one.
pub async fn call(
    client: &Client,
    operation: &Operation,
    body: Option<&Example>,
) -> Result<Response, Error> {
    let argument = |name: &str| argument(operation, name, body);
    generated::call(client, &operation.id.to_snake_case(), argument).await
}

/// Returns the argument with this Rust name as JSON.
pub fn argument(operation: &Operation, name: &str, body: Option<&Example>) -> String {
    match (name, body) {
        ("body", Some(example)) => example.json.clone(),
        _ => sample(operation, name).to_string(),
    }
}

/// Returns a sample value for the parameter with this Rust name. If it is a GUID, it is the ID of the tests' customer.
fn sample(operation: &Operation, name: &str) -> Value {
    let parameter = operation
        .parameters()
        .find(|parameter| parameter["name"].as_str().unwrap().to_snake_case() == name)
        .unwrap_or_else(|| panic!("{} has no parameter {name}", operation.id));
    let schema = document::resolve(&parameter["schema"]);
    let documented = [&parameter["example"], &schema["example"], &schema["default"]];
    let known = [&schema["enum"][0], &schema["x-extensible-enum"][0]];
    if let Some(value) = documented.into_iter().chain(known).find(|value| !value.is_null()) {
        return plain(value);
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("integer" | "number"), _) if !schema["minimum"].is_null() => {
            plain(&schema["minimum"])
        }
        (Some("integer" | "number"), _) => json!(1),
        (Some("boolean"), _) => json!(true),
        (Some("array"), _) => json!([]),
        (_, Some("uuid")) => json!(server::CUSTOMER),
        (_, Some("date-time")) => json!("2026-01-31T12:00:00.1234567+02:00"),
        _ => json!("text"),
    }
}

/// Converts a value that keeps all digits of numbers to an ordinary JSON value.
fn plain(value: &Value) -> Value {
    serde_json::from_str(&document::json(value)).unwrap()
}

/// Returns the example request bodies of an operation, or a single `None` if it has no body. If there is one named
/// `documented`, it is the first, because the example success response confirms it.
pub fn bodies(operation: &Operation) -> Vec<Option<Example>> {
    let examples = operation.examples().into_iter().filter(|example| example.part == "request");
    let mut bodies: Vec<_> = examples.map(Some).collect();
    bodies.sort_by_key(|body| body.as_ref().is_some_and(|example| example.name != "documented"));
    if bodies.is_empty() { vec![None] } else { bodies }
}

/// Returns the success status and its example: `documented` if there is one, otherwise the first. There is no example
/// if the response has no content.
pub fn success(operation: &Operation) -> (u16, Option<String>) {
    let (status, response) = operation
        .responses()
        .find(|(status, _)| status.starts_with('2'))
        .unwrap_or_else(|| panic!("{} has no success response", operation.id));
    let examples = operation.examples().into_iter().filter(|example| example.part == status);
    let example = examples.min_by_key(|example| example.name != "documented");
    let has_content = response["content"].as_object().is_some_and(|content| !content.is_empty());
    assert!(example.is_some() || !has_content, "{} has no example success response", operation.id);
    // `2XX` becomes the first status of the range.
    (status.replace("XX", "00").parse().unwrap(), example.map(|example| example.json))
}

/// Returns the path of an operation, with its parameters replaced with sample values.
pub fn path(operation: &Operation) -> String {
    let parameters = operation.parameters().filter(|parameter| parameter["in"] == "path");
    parameters.fold(operation.path.to_owned(), |path, parameter| {
        let name = parameter["name"].as_str().unwrap();
        let value = sample(operation, &name.to_snake_case());
        path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or(&value.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns an operation with these responses.
    fn operation(responses: Value) -> Operation {
        let value = Box::leak(Box::new(json!({ "responses": responses })));
        Operation { id: "createOrder", method: "POST".to_owned(), path: "/orders", value, page: "" }
    }

    #[test]
    fn a_success_status_other_than_200() {
        let examples = json!({ "documented": { "value": { "id": "1" } } });
        let content = json!({ "application/json": { "examples": examples } });
        let operation = operation(json!({ "201": { "content": content }, "404": {} }));
        assert_eq!(success(&operation), (201, Some(r#"{"id":"1"}"#.to_owned())));
    }

    #[test]
    fn a_success_response_without_content() {
        let operation = operation(json!({ "204": { "description": "Done." }, "404": {} }));
        assert_eq!(success(&operation), (204, None));
    }
}
