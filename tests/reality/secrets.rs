//! Is a recording free of secrets, whichever part of a message contained them?

use partner_center_client::{
    Client, Recorder, RetryPolicy,
    mock::{MockTransport, Quirk},
    reqwest::header::HeaderName,
};
use serde_json::{Value, json};

use support::{
    document::{self, Operation},
    mutation::pointers,
    requests, server,
};

/// A token, the IDs of a tenant, a customer and a partner, names and an e-mail address.
const SECRETS: [&str; 7] = [
    "eyJ0eXAiOiJKV1QiLCJhbGciOi.eyJhdWQiOiJodHRwcz.c2lnbmF0dXJlLW9m",
    "f62cf10b-8f76-4fc4-9774-c5291f8faf86",
    "f62cf10b8f764fc49774c5291f8faf86",
    "5357563",
    "Alice Example",
    "Fabrikam & Söhne",
    "alice@fabrikam.example",
];

/// Parts of the secrets in lower case. A recording must not contain them either.
const PARTS: [&str; 9] = [
    "eyj",
    "c2lnbmf0",
    "f62cf10b",
    "5291f8",
    "5357563",
    "alice",
    "fabrikam",
    "söhne",
    "s\\u00f6hne",
];

#[track_caller]
fn assert_clean(recorder: &Recorder) {
    let har = recorder.to_har().to_lowercase();
    assert!(!recorder.is_empty());
    for part in PARTS.into_iter().chain([server::CUSTOMER.to_string().as_str()]) {
        let line = har.lines().find(|line| line.contains(part));
        assert_eq!(line, None, "{part}");
    }
}

/// A service whose traffic is recorded.
struct Service {
    transport: MockTransport,
    recorder: Recorder,
    client: Client,
}

impl Service {
    fn new() -> Self {
        let (transport, recorder) = (MockTransport::new(), Recorder::new());
        let builder = transport.builder().retry(RetryPolicy::off()).recorder(&recorder);
        let client = builder.access_token(SECRETS[0]).build().unwrap();
        Self { transport, recorder, client }
    }

    /// Calls an operation with each of its request bodies, and records this response to each call.
    async fn record(&self, operation: &Operation, response: Vec<u8>) {
        for body in requests::bodies(operation) {
            self.transport.quirk(Quirk::raw(response.clone()));
            requests::call(&self.client, operation, body.as_ref()).await.ok();
        }
    }
}

/// Returns the bytes of a response.
fn response(status: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let headers = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    let headers: String = headers.collect();
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}").into_bytes()
}

const JSON: (&str, &str) = ("Content-Type", "application/json");

/// Returns the status and value of each example response of an operation.
fn examples(operation: &Operation) -> Vec<(String, Value)> {
    let examples = operation.examples().into_iter().filter(|it| it.part != "request");
    examples.map(|it| (it.part, serde_json::from_str(&it.json).unwrap())).collect()
}

#[tokio::test]
async fn secrets_in_the_token_and_the_path() {
    let service = Service::new();
    for operation in document::operations() {
        service.record(&operation, response("200 OK", &[JSON], "{}")).await;
    }
    assert_clean(&service.recorder);
}

#[tokio::test]
async fn secrets_in_each_value_of_each_response_body() {
    let service = Service::new();
    for operation in document::operations() {
        for (status, value) in examples(&operation) {
            for pointer in pointers(&value) {
                let mut planted = value.clone();
                *planted.pointer_mut(&pointer).unwrap() = json!([SECRETS, [{ "a": SECRETS }]]);
                let text = planted.to_string();
                service.record(&operation, response(&status, &[JSON], &text)).await;
            }
        }
    }
    assert_clean(&service.recorder);
}

#[tokio::test]
async fn secrets_as_member_names_in_each_object() {
    let service = Service::new();
    for operation in document::operations() {
        for (status, value) in examples(&operation) {
            let pointers = [String::new()].into_iter().chain(pointers(&value));
            for pointer in pointers {
                let mut planted = value.clone();
                let Some(Value::Object(members)) = planted.pointer_mut(&pointer) else { continue };
                members.extend(SECRETS.map(|secret| (secret.to_owned(), json!({ secret: 1 }))));
                let text = planted.to_string();
                service.record(&operation, response(&status, &[JSON], &text)).await;
            }
        }
    }
    assert_clean(&service.recorder);
}

#[tokio::test]
async fn a_map_with_customer_names_as_keys() {
    let service = Service::new();
    let operation = document::operations().remove(0);
    for text in [r#"{"Fabrikam":{"alice":1}}"#, r#"{"tags":{"alice":"Fabrikam"}}"#] {
        service.record(&operation, response("200 OK", &[JSON], text)).await;
    }
    assert_clean(&service.recorder);
}

#[tokio::test]
async fn secrets_in_headers_and_the_reason_phrase() {
    let names = [
        "Content-Type",
        "Content-Language",
        "Date",
        "ETag",
        "Link",
        "Location",
        "MS-CorrelationId",
        "MS-CV",
        "MS-RequestId",
        "MS-ServerId",
        "Retry-After",
        "Server",
        "Set-Cookie",
        "Via",
        "WWW-Authenticate",
        "X-Anything",
        "isMfaCompliant",
    ];
    let service = Service::new();
    let operation = document::operations().remove(0);
    for secret in SECRETS {
        let headers = names.map(|name| (name, secret));
        service.record(&operation, response(&format!("403 {secret}"), &headers, "{}")).await;
        let media_type = format!("application/json; charset={secret}; profile=\"{secret}\"");
        let headers = [("Content-Type", media_type.as_str())];
        service.record(&operation, response("200 OK", &headers, "{}")).await;
        if HeaderName::try_from(secret).is_ok() {
            service.record(&operation, response("200 OK", &[(secret, secret)], "{}")).await;
        }
    }
    assert_clean(&service.recorder);
}

#[tokio::test]
async fn secrets_in_bodies_that_are_not_json() {
    let service = Service::new();
    let operation = document::operations().remove(0);
    for secret in SECRETS {
        for body in [
            format!("<html>{secret}</html>"),
            format!("{{\"name\":\"{secret}\""),
            format!("{{\"name\":\"{secret}\"}}, {{}}"),
            format!("\u{feff}{{{secret}"),
            secret.to_owned(),
        ] {
            service.record(&operation, response("200 OK", &[JSON], &body)).await;
            service
                .record(&operation, response("500 Oh", &[("Content-Type", "text/html")], &body))
                .await;
        }
    }
    assert_clean(&service.recorder);
}

/// The values of the examples are redacted, unless the document lists them.
#[tokio::test]
async fn values_of_request_bodies_are_redacted() {
    let service = Service::new();
    let mut values = Vec::new();
    for operation in document::operations() {
        service.record(&operation, response("200 OK", &[JSON], "{}")).await;
        for example in operation.examples().iter().filter(|example| example.part == "request") {
            let value: Value = serde_json::from_str(&example.json).unwrap();
            let texts = pointers(&value).into_iter().filter_map(|it| value.pointer(&it).cloned());
            values.extend(texts.filter(|it| it.as_str().is_some_and(|it| it.len() > 3)));
        }
    }
    values.retain(|value| !document::listed_values().contains(&value));
    assert!(!values.is_empty());
    let har = service.recorder.to_har();
    for value in values {
        // The recorder replaces each GUID with a constant that begins like this.
        let text = value.as_str().unwrap();
        assert!(!har.contains(text) || text.starts_with("00000000-"), "{text}");
    }
}

#[tokio::test]
async fn debug_output_shows_no_entry() {
    let service = Service::new();
    let operation = document::operations().remove(0);
    service.record(&operation, response("200 OK", &[JSON], "{}")).await;
    assert_eq!(format!("{:?}", service.recorder), "Recorder { len: 1 }");
}
