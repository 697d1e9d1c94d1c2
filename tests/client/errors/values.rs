//! What of an answer with a body that is not whole, or not what it should be?

use std::io::Write;

use partner_center_client::{Client, ErrorKind};
use serde_json::Value;

use super::{
    FAULT, answer, answering, assert_printed, chain, error, error_of, page, read_request, serving,
    truncated,
};
use support::{
    document::{self, Example},
    operation, requests,
};

#[tokio::test]
async fn fault_that_breaks_off() {
    let error = error(truncated("403 Forbidden", &[], FAULT)).await;
    assert_eq!(error.kind(), ErrorKind::ErrorResponse);
    assert_eq!(error.body().unwrap(), &FAULT.as_bytes()[..FAULT.len() - 10]);
    assert_printed("fault_that_breaks_off", "a connection closed amid the body", &error);
}

#[tokio::test]
async fn value_that_breaks_off() {
    let error = error(truncated("200 OK", &[], br#"{"items":[],"totalCount":0}"#)).await;
    assert_eq!(error.kind(), ErrorKind::IncompleteResponse);
    assert_eq!(error.body(), Some(br#"{"items":[],"tota"#.as_slice()));
    assert!(error.is_retryable());
    assert_printed("value_that_breaks_off", "a connection closed amid the body", &error);
}

/// Writes a body that does not end before the client has had enough of it.
fn endless(status_line: &'static str) -> Client {
    serving(move |mut stream| {
        read_request(&mut stream);
        let head = format!("HTTP/1.1 {status_line}\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("the client listens");
        while stream.write_all("no end ".repeat(100_000).as_bytes()).is_ok() {}
    })
}

#[tokio::test]
async fn value_without_end() {
    let error = error_of(endless("200 OK")).await;
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::InvalidResponse, false));
    assert!((60 << 20..=64 << 20).contains(&error.body().unwrap().len()));
    assert_eq!(chain(&error), ["the body is longer than 64 MiB"]);
    assert!(error.to_string().contains(": 200 OK: the body was given up after 6"), "{error}");
}

#[tokio::test]
async fn error_page_without_end() {
    let error = error_of(endless("502 Bad Gateway")).await;
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::ErrorResponse, true));
    assert_eq!(chain(&error), ["the body is longer than 64 MiB"]);
    assert!(error.to_string().contains(": 502 Bad Gateway: no end no end"), "{error}");
}

#[tokio::test]
async fn value_that_is_not_json() {
    let body = "{\n    {\n        \"amount\": 100,\n        \"usageSpendingBudget\": 100\n    }\n}";
    let headers = ["Content-Type: application/json"];
    let client = answering(answer("200 OK", &headers, body));
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.body(), Some(body.as_bytes()));
    assert!(!error.is_retryable());
    let page = page("get-a-customer-s-usage-spending-budget");
    assert_printed("value_that_is_not_json", &page, &error);
}

#[tokio::test]
async fn value_of_another_shape() {
    let error = error(answer("200 OK", &[], "57")).await;
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_printed("value_of_another_shape", "a number in place of an object", &error);
}

#[tokio::test]
async fn value_in_a_wrapper() {
    for operation in document::operations() {
        for example in operation.examples().iter().filter(|example| is_closed(example)) {
            let status = format!("{} Done", example.place);
            let body = format!(r#"{{"wrapper":{}}}"#, example.json);
            let client = answering(answer(&status, &["Content-Type: application/json"], body));
            let argument = requests::bodies(&operation).remove(0);
            let result = requests::call(&client, &operation, argument.as_ref()).await;
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{}", example.title());
            let is_told = ["it has none of the declared members", "missing field"]
                .map(|reason| chain(&error)[0].starts_with(reason));
            assert!(is_told.contains(&true), "{:?}", chain(&error));
        }
    }
}

/// Whether an example is an answer of success that has none but declared members.
fn is_closed(example: &Example) -> bool {
    let component = document::component(example.model);
    let declares = |component: &Value| {
        component["properties"].is_object() && component.get("additionalProperties").is_none()
    };
    example.place.starts_with('2') && component.is_some_and(declares)
}

#[tokio::test]
async fn fault_with_a_status_of_success() {
    let client = answering(answer("200 OK", &[], FAULT));
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.body(), Some(FAULT.as_bytes()));
}

#[tokio::test]
async fn success_that_is_not_declared() {
    let error = error(answer("204 No Content", &[], "")).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert_printed("success_that_is_not_declared", "a success other than 200", &error);
}
