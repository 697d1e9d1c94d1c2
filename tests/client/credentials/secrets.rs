//! No secret shows in what a program might print or log.

use std::{error::Error as _, fmt::Debug};

use partner_center_client::{
    AccessToken, AppCredential, AppUserCredential, Client, CredentialError, Error,
    secrecy::SecretString,
};
use serde_json::json;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::authority::{SECRET, answering_in_turn, app, builder, granting, token};
use support::{
    operation,
    server::{TOKEN, example_server, server},
};

const REFRESH_TOKEN: &str = "0.AXk-refresh/token+value==";

/// Fails if a secret is in the text, as it is or in an encoding.
fn assert_none_in(text: &str) {
    let parts =
        [SECRET, "the+client", "the%2Bclient", REFRESH_TOKEN, "token+value", "token%2Bvalue"];
    for secret in [&parts[..], &[TOKEN, "access-token-", "refresh-token-"]].concat() {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

fn debugged(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

fn app_user(app: AppCredential) -> AppUserCredential {
    let store = |_: SecretString| async { Ok::<(), std::io::Error>(()) };
    AppUserCredential::new(app, REFRESH_TOKEN, store)
}

#[tokio::test]
async fn of_credentials_builders_and_clients() {
    let (authority, service) = (answering_in_turn([granting(1)]).await, example_server().await);
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
fn of_settings_that_are_refused() {
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

/// An authority that sends back the form wherever it can.
struct Echo {
    status: u16,
    is_json: bool,
}

impl Respond for Echo {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let form = String::from_utf8(request.body.clone()).unwrap();
        let said = format!("{form} {SECRET} {REFRESH_TOKEN}");
        let answer = ResponseTemplate::new(self.status).insert_header("location", &*form);
        if !self.is_json {
            return answer.set_body_string(said);
        }
        answer.set_body_json(json!({
            "error": said,
            "error_description": said,
            "error_codes": [7_000_215],
            "trace_id": SECRET,
            "correlation_id": REFRESH_TOKEN,
            "token_type": said,
            "expires_in": said,
        }))
    }
}

#[tokio::test]
async fn of_an_authority_that_repeats_them() {
    let service = example_server().await;
    let statuses = [200, 302, 400, 401, 502];
    let echoes = statuses.map(|status| [true, false].map(|is_json| Echo { status, is_json }));
    for echo in echoes.into_iter().flatten() {
        let authority = MockServer::start().await;
        Mock::given(any()).respond_with(echo).mount(&authority).await;
        let client = builder(&service).credential(app_user(app(&authority))).build().unwrap();
        let error = operation::call(&client).await.unwrap_err();
        assert_none_in(&everything(&error));
    }
}

#[tokio::test]
async fn of_a_grant_that_is_misspelled() {
    let body = json!({ "accessToken": token(1), "token_type": 1, "refresh_token": [token(1)] });
    let authority = server(ResponseTemplate::new(200).set_body_json(body)).await;
    let service = example_server().await;
    let client = builder(&service).credential(app(&authority)).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_none_in(&everything(&error));
}

#[test]
fn of_snapshots() {
    insta::glob!("..", "**/*.snap", |path| {
        assert_none_in(&std::fs::read_to_string(path).unwrap());
    });
}

/// Whatever a caller can learn from an error.
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
