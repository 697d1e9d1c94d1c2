//! Nothing that a program might print or log contains a secret.

use std::{error::Error as _, fmt::Debug};

use partner_center_client::{
    AccessToken, AppCredential, AppUserCredential, Client, CredentialError, Error,
    secrecy::SecretString,
};
use serde_json::json;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::authority::{SECRET, app, builder, granting, responding_in_turn, token};
use support::{
    operation,
    server::{TOKEN, example_server, server},
};

const REFRESH_TOKEN: &str = "0.AXk-refresh/token+value==";

/// Asserts that the text contains no secret, whether literal or encoded.
fn assert_none_in(text: &str) {
    let parts =
        [SECRET, "the+client", "the%2Bclient", REFRESH_TOKEN, "token+value", "token%2Bvalue"];
    for secret in [&parts[..], &[TOKEN, "access-token-", "refresh-token-"]].concat() {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    for form in [SECRET, REFRESH_TOKEN, &token(1)].into_iter().flat_map(forms) {
        assert!(!text.contains(&form), "{form} in {text}");
    }
}

/// Returns a secret in each encoding in which a server might repeat it.
fn forms(secret: &str) -> Vec<String> {
    let encode = |must_encode: fn(u8) -> bool, code: fn(u8) -> String| {
        let encode = |byte| if must_encode(byte) { code(byte) } else { char::from(byte).into() };
        secret.bytes().map(encode).collect::<String>()
    };
    let is_special = |byte: u8| !byte.is_ascii_alphanumeric();
    vec![
        secret.to_owned(),
        encode(is_special, |byte| format!("%{byte:02X}")),
        encode(is_special, |byte| format!("%{byte:02x}")),
        encode(|byte| b"/=-".contains(&byte), |byte| format!("%{byte:02x}")),
        encode(|_| true, |byte| format!("%{byte:02X}")),
        encode(is_special, |byte| format!("%25{byte:02X}")),
        encode(is_special, |byte| format!("\\u{byte:04x}")),
        encode(|byte| byte == b'/', |_| "\\/".to_owned()),
        encode(is_special, |byte| format!("&#x{byte:X};")),
        encode(|byte| byte == b'+', |_| " ".to_owned()),
    ]
}

fn debugged(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

fn app_user(app: AppCredential) -> AppUserCredential {
    let store = |_: SecretString| async { Ok::<(), std::io::Error>(()) };
    AppUserCredential::new(app, REFRESH_TOKEN, store)
}

#[tokio::test]
async fn debug_output_of_credentials_builders_and_clients() {
    let (authority, service) = (responding_in_turn([granting(1)]).await, example_server().await);
    let token = AccessToken::new(token(1));
    assert_none_in(&debugged(&token));
    assert_none_in(&debugged(&app(&authority)));
    assert_none_in(&debugged(&app_user(app(&authority))));
    for builder in [
        builder(&service).credential(app(&authority)),
        builder(&service).credential(app_user(app(&authority))),
        builder(&service).credential(token),
    ] {
        assert_none_in(&debugged(&builder));
        let client = builder.build().unwrap();
        let response = operation::call(&client).await.unwrap();
        assert_none_in(&debugged(&client));
        assert_none_in(&response.debug);
    }
}

#[test]
fn errors_about_invalid_settings() {
    let app = |id: &str, secret: &str| AppCredential::new(super::authority::TENANT, id, secret);
    let credentials = [
        app(SECRET, SECRET),
        app(super::authority::CLIENT_ID, &format!("{SECRET}\n")),
        app(super::authority::CLIENT_ID, SECRET).authority(format!("https://a:{SECRET}@host")),
    ];
    for credential in credentials {
        let error = Client::builder().credential(credential).build().unwrap_err();
        assert_none_in(&everything(&error));
    }
    let error = Client::builder().access_token(format!("{} ", token(1))).build().unwrap_err();
    assert_none_in(&everything(&error));
}

/// An authority that repeats the form data of the request wherever it can.
struct Echo {
    status: u16,
    is_json: bool,
    text: String,
}

impl Respond for Echo {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let form = String::from_utf8(request.body.clone()).unwrap();
        let response = ResponseTemplate::new(self.status).insert_header("location", &*form);
        let text = format!("{} {form}", self.text);
        if !self.is_json {
            return response.set_body_string(text);
        }
        response.set_body_json(json!({
            "error": text,
            "error_description": text,
            "error_codes": [7_000_215],
            "trace_id": self.text,
            "correlation_id": self.text,
            "token_type": text,
            "expires_in": text,
        }))
    }
}

#[tokio::test]
async fn errors_from_an_authority_that_repeats_the_secrets() {
    let service = example_server().await;
    for echo in echoes() {
        let authority = MockServer::start().await;
        Mock::given(any()).respond_with(echo).mount(&authority).await;
        let client = builder(&service).credential(app_user(app(&authority))).build().unwrap();
        let error = operation::call(&client).await.unwrap_err();
        assert_none_in(&everything(&error));
    }
}

fn echoes() -> Vec<Echo> {
    let mut echoes = Vec::new();
    for text in [SECRET, REFRESH_TOKEN].into_iter().flat_map(forms) {
        for (status, is_json) in [(200, true), (302, false), (401, true), (502, false)] {
            echoes.push(Echo { status, is_json, text: text.clone() });
        }
    }
    echoes
}

#[tokio::test]
async fn errors_from_a_service_that_repeats_the_token() {
    for text in forms(&token(1)) {
        let response = ResponseTemplate::new(400).insert_header("location", &*text);
        let service = server(response.set_body_string(&text)).await;
        let client = builder(&service).access_token(token(1)).build().unwrap();
        let error = operation::call(&client).await.unwrap_err();
        let body = std::str::from_utf8(error.body().unwrap()).unwrap();
        assert_none_in(&format!("{} {body} {:?}", everything(&error), error.headers()));
        assert_eq!(body, "<token>");
    }
}

#[tokio::test]
async fn values_from_a_service_that_repeats_the_token() {
    for text in forms(&token(1)) {
        let body = operation::example_with("echo", &text);
        let service = server(ResponseTemplate::new(200).set_body_string(body)).await;
        let client = builder(&service).access_token(token(1)).build().unwrap();
        let response = operation::call(&client).await.unwrap();
        assert!(response.json.contains("<token>"), "{text}: {}", response.json);
        assert_none_in(&format!("{} {}", response.json, response.debug));
    }
}

#[tokio::test]
async fn errors_about_a_token_response_with_a_misspelled_member() {
    let body = json!({ "accessToken": token(1), "token_type": 1, "refresh_token": [token(1)] });
    let authority = server(ResponseTemplate::new(200).set_body_json(body)).await;
    let service = example_server().await;
    let client = builder(&service).credential(app(&authority)).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_none_in(&everything(&error));
}

#[test]
fn no_snapshot_contains_a_secret() {
    insta::glob!("..", "**/*.snap", |path| {
        assert_none_in(&std::fs::read_to_string(path).unwrap());
    });
}

/// Returns everything about an error that a program can print.
fn everything(error: &Error) -> String {
    let first = error.source();
    let sources = std::iter::successors(first, |&error| error.source());
    let sources: Vec<String> = sources.map(|error| format!("{error} {error:?}")).collect();
    let known = error.credential_error().map(known);
    format!("{error} {} {sources:?} {known:?}", debugged(error))
}

fn known(error: &CredentialError) -> String {
    let ids = (error.trace_id(), error.correlation_id());
    format!("{error} {} {:?} {ids:?} {:?}", debugged(error), error.error(), error.codes())
}
