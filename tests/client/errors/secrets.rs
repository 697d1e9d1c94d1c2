//! Do errors and values hide the access token?

use std::{io::Write, thread};

use partner_center_client::Error;
use serde_json::Value;

use super::{
    assert_printed, chain, error, error_of, listen, read_request, responding_with, response,
    serving, truncated,
};
use support::{
    operation,
    server::{CUSTOMER, TOKEN, builder_for},
};

#[tokio::test]
async fn an_error_page_that_repeats_the_token() {
    let body = format!("GET / HTTP/1.1\nAuthorization: Bearer {TOKEN}\nAgain: {TOKEN}");
    let error = error(response("400 Bad Request", &[], body)).await;
    let body = String::from_utf8(error.body().unwrap().to_vec()).unwrap();
    assert_eq!(body, "GET / HTTP/1.1\nAuthorization: Bearer <token>\nAgain: <token>");
    assert_printed("an_error_page_that_repeats_the_token", "a debugging proxy", &error);
}

#[tokio::test]
async fn the_token_is_hidden_wherever_a_response_repeats_it() {
    let reason = format!("401 No {TOKEN}");
    let challenge = format!("WWW-Authenticate: Bearer error=\"{TOKEN}\"");
    let ids = [format!("MS-RequestId: {TOKEN}"), format!("MS-CorrelationId: a{TOKEN}z")];
    let content_type = format!("Content-Type: text/{TOKEN}");
    let page = format!("<title>{TOKEN}</title>");
    let responses = [
        response("200 OK", &["Content-Type: text/html"], &page),
        response("200 OK", &[&content_type], &page),
        response("200 OK", &[], format!("\"{TOKEN}\"")),
        response("204 No Content", &[&content_type, &ids[0]], ""),
        response("302 Found", &[&format!("Location: https://{TOKEN}/")], ""),
        response(&reason, &[&challenge], ""),
        response("403 Forbidden", &[&ids[0], &ids[1]], format!(r#"{{"code":"{TOKEN}"}}"#)),
        response("502 Bad Gateway", &[&content_type], b"\xff"),
        truncated("200 OK", &[&ids[0]], format!("{TOKEN}          ")),
    ];
    for response in responses {
        let error = error(response).await;
        let seen = everything(&error);
        assert!(!seen.contains(TOKEN) && seen.contains("<token>"), "{seen}");
    }
}

#[tokio::test]
async fn the_token_is_hidden_in_utf_16() {
    let page = format!("{{\"description\":\"Grüße {TOKEN} {TOKEN}\"}}");
    let marked = format!("\u{feff}{page}");
    let bytes: [fn(u16) -> [u8; 2]; 2] = [u16::to_le_bytes, u16::to_be_bytes];
    for (text, bytes) in [&page, &marked].into_iter().flat_map(|text| bytes.map(|it| (text, it))) {
        let encoded = |text: &str| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let error = error(response("400 Bad Request", &[], encoded(text))).await;
        let hidden = encoded(&text.replace(TOKEN, "<token>"));
        assert_eq!(error.body(), Some(hidden.as_slice()));
        let seen = everything(&error);
        assert!(!seen.contains(TOKEN) && seen.contains("<token>"), "{seen}");
    }
}

#[tokio::test]
async fn the_beginning_of_the_token_is_hidden_in_a_truncated_body() {
    for echo in [TOKEN.to_owned(), TOKEN.replace('.', "%2E")] {
        let text = format!("Bearer {TOKEN} {echo}");
        // At least eight characters of the token are left.
        for cut in (1..=echo.len() - 8).step_by(4) {
            let cut = &text[..text.len() - cut];
            for (status, body) in [("200 OK", cut.into()), ("502 Bad Gateway", utf_16(cut))] {
                let error = error(cut_off(status, &body)).await;
                let bytes = error.body().unwrap().iter().copied().filter(|&byte| byte != 0);
                let seen = String::from_utf8(bytes.collect()).unwrap();
                assert_eq!(seen, "Bearer <token> <token>");
            }
        }
    }
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Returns a response that ends before its body is complete.
fn cut_off(status: &str, body: &[u8]) -> Vec<u8> {
    let head = "Content-Length: 1000\r\nConnection: close";
    [format!("HTTP/1.1 {status}\r\n{head}\r\n\r\n").as_bytes(), body].concat()
}

/// Returns every string that a caller can get from an error.
fn everything(error: &Error) -> String {
    let body = error.body().map(String::from_utf8_lossy);
    let ids = (error.request_id(), error.correlation_id());
    let said = (error.reason(), error.headers(), body, error.fault(), error.code());
    format!("{error} {error:?} {:?} {ids:?} {said:?}", chain(error))
}

#[tokio::test]
async fn the_token_is_hidden_in_a_value() {
    let ids = format!("MS-RequestId: {TOKEN}");
    let body = operation::example_with("echo", &TOKEN.repeat(2));
    let response = operation::call(&responding_with(response("200 OK", &[&ids], body))).await;
    let response = response.unwrap();
    assert!(response.json.contains(r#""echo":"<token><token>""#), "{}", response.json);
    assert_eq!(response.request_id, "<token>");
    assert_eq!(response.headers["MS-RequestId"], "<token>");
}

#[tokio::test]
async fn a_placeholder_token_does_not_change_a_response() {
    let (listener, url) = listen();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("the client connects");
        read_request(&mut stream);
        let response = response("200 OK", &[], operation::example());
        stream.write_all(&response).expect("the client listens");
    });
    let example: Value = serde_json::from_str(&operation::example()).unwrap();
    let member = example.as_object().unwrap().keys().next().unwrap();
    let stand_in: String = member.chars().take(7).collect();
    let client = builder_for(url).access_token(stand_in).build().unwrap();
    operation::assert_example(&operation::call(&client).await.unwrap());
}

#[tokio::test]
async fn debug_output_shows_neither_token_nor_customer() {
    let errors = [
        error(response("401 Unauthorized", &[], TOKEN)).await,
        error(response("200 OK", &[], "57")).await,
        error(truncated("200 OK", &[], "[              ]")).await,
        error_of(serving(drop)).await,
    ];
    for error in errors {
        let text = format!("{error:#?} {}", chain(&error).join(" "));
        assert!(!text.contains("eyJ") && !text.contains(&CUSTOMER.to_string()), "{text}");
    }
}
