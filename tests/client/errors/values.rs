//! Is a body that is incomplete, too long or undeclared rejected?

use std::{io::Write, thread};

use partner_center_client::{Client, ErrorKind};
use serde_json::Value;

use super::{
    FAULT, assert_printed, chain, client, error, error_of, listen, page, read_request,
    responding_with, response, serving, truncated,
};
use support::{
    document::{self, Example},
    operation, requests,
    server::builder_for,
};

#[tokio::test]
async fn truncated_fault() {
    let error = error(truncated("403 Forbidden", &[], FAULT)).await;
    assert_eq!(error.kind(), ErrorKind::ErrorResponse);
    assert_eq!(error.body().unwrap(), &FAULT.as_bytes()[..FAULT.len() - 10]);
    assert_printed("truncated_fault", "a connection closed in the middle of the body", &error);
}

#[tokio::test]
async fn truncated_value() {
    let error = error(truncated("200 OK", &[], br#"{"items":[],"totalCount":0}"#)).await;
    assert_eq!(error.kind(), ErrorKind::IncompleteResponse);
    assert_eq!(error.body(), Some(br#"{"items":[],"tota"#.as_slice()));
    assert!(error.is_retryable());
    assert_printed("truncated_value", "a connection closed in the middle of the body", &error);
}

/// Returns a client of a server that writes a body until the client closes the connection.
fn endless(status_line: &'static str) -> Client {
    serving(move |mut stream| {
        read_request(&mut stream);
        let head = format!("HTTP/1.1 {status_line}\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("the client listens");
        while stream.write_all("no end ".repeat(100_000).as_bytes()).is_ok() {}
    })
}

#[tokio::test]
async fn endless_value() {
    let error = error_of(endless("200 OK")).await;
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::InvalidResponse, false));
    assert_eq!(error.body().unwrap().len(), 1 << 20);
    assert_eq!(chain(&error), ["the body is longer than the limit of 1048576 bytes"]);
    assert!(
        error.to_string().contains("; if the body is valid, raise `max_response_bytes`"),
        "{error}"
    );
}

#[tokio::test]
async fn value_longer_than_the_limit_of_the_caller() {
    let (listener, url) = listen();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("the client connects");
        read_request(&mut stream);
        stream
            .write_all(&response("200 OK", &[], operation::example()))
            .expect("the client listens");
    });
    let error = error_of(client(builder_for(url).max_response_bytes(10))).await;
    assert_eq!(error.body().unwrap(), &operation::example().as_bytes()[..10]);
    assert_eq!(chain(&error), ["the body is longer than the limit of 10 bytes"]);
}

#[tokio::test]
async fn value_with_too_many_objects() {
    for (item, count, is_refused) in
        [("{}", 65_535, false), ("{}", 65_536, true), ("[]", 65_536, true)]
    {
        let body = format!("[{}0]", format!("{item},").repeat(count));
        let reason = chain(&error(response("200 OK", &[], body)).await).remove(0);
        let is_told = reason.starts_with("more than 65536 objects and lists take too much memory");
        assert_eq!(is_told, is_refused, "{item}: {reason}");
    }
}

#[tokio::test]
async fn endless_error_page() {
    let error = error_of(endless("502 Bad Gateway")).await;
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::ErrorResponse, true));
    assert_eq!(chain(&error), ["the body is longer than the limit of 1048576 bytes"]);
    assert!(error.to_string().contains(": 502 Bad Gateway: no end no end"), "{error}");
}

#[tokio::test]
async fn value_that_is_not_json() {
    let body = "{\n    {\n        \"amount\": 100,\n        \"usageSpendingBudget\": 100\n    }\n}";
    let headers = ["Content-Type: application/json"];
    let client = responding_with(response("200 OK", &headers, body));
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.body(), Some(body.as_bytes()));
    assert!(!error.is_retryable());
    let page = page("get-a-customer-s-usage-spending-budget");
    assert_printed("value_that_is_not_json", &page, &error);
}

#[tokio::test]
async fn value_of_another_type() {
    let error = error(response("200 OK", &[], "57")).await;
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_printed("value_of_another_type", "a number instead of an object", &error);
}

#[tokio::test]
async fn value_in_a_wrapper() {
    for operation in document::operations() {
        for example in operation.examples().iter().filter(|example| is_closed(example)) {
            let status = format!("{} Done", example.part);
            let body = format!(r#"{{"wrapper":{}}}"#, example.json);
            let client =
                responding_with(response(&status, &["Content-Type: application/json"], body));
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

/// Returns true if an example is a success response whose schema declares no `additionalProperties`.
fn is_closed(example: &Example) -> bool {
    let component = document::component(example.model);
    let declares = |component: &Value| {
        component["properties"].is_object() && component.get("additionalProperties").is_none()
    };
    example.part.starts_with('2') && component.is_some_and(declares)
}

#[tokio::test]
async fn fault_with_a_success_status() {
    let client = responding_with(response("200 OK", &[], FAULT));
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.body(), Some(FAULT.as_bytes()));
}

#[tokio::test]
async fn undeclared_success() {
    let error = error(response("204 No Content", &[], "")).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert_printed("undeclared_success", "a success other than 200", &error);
}
