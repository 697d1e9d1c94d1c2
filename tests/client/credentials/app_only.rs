//! An application signs in on its own behalf.

use partner_center_client::{AppCredential, Client};
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

use super::authority::{
    CLIENT_ID, SECRET, TENANT, app, builder, count, granting, granting_for, only_exchange,
    responding_in_turn, token,
};
use support::{
    operation,
    server::{example_server, header, requests},
};

#[tokio::test]
async fn the_token_request() {
    let (authority, service) = (responding_in_turn([granting(1)]).await, example_server().await);
    let client = builder(&service).credential(app(&authority)).build().unwrap();
    operation::call(&client).await.unwrap();
    let request = only_exchange(&authority).await;
    let page = "https://learn.microsoft.com/partner-center/developer/partner-center-authentication";
    insta::with_settings!({ description => page, omit_expression => true }, {
        insta::assert_snapshot!("app_only_request", request);
    });
}

#[tokio::test]
async fn calls_and_clones_share_a_token() {
    let (authority, service) = (responding_in_turn([granting(1)]).await, example_server().await);
    let client = builder(&service).credential(app(&authority)).build().unwrap();
    for client in [&client, &client.clone(), &client.with_locale("de-DE").unwrap()] {
        operation::call(client).await.unwrap();
    }
    assert_eq!(count(&authority).await, 1);
    let expected = format!("Bearer {}", token(1));
    for request in requests(&service).await {
        assert_eq!(header(&request, "authorization"), Some(expected.as_str()));
    }
}

/// Makes two calls, and returns the number of exchanges.
async fn exchanges(response: ResponseTemplate) -> usize {
    let (authority, service) = (responding_in_turn([response]).await, example_server().await);
    let client = builder(&service).credential(app(&authority)).build().unwrap();
    operation::call(&client).await.unwrap();
    operation::call(&client).await.unwrap();
    count(&authority).await
}

#[tokio::test]
async fn a_lifetime_can_be_a_number_or_a_string() {
    for lifetime in [json!(3599), json!("3599"), json!(u64::MAX)] {
        assert_eq!(exchanges(granting_for(lifetime.clone(), 1)).await, 1, "{lifetime}");
    }
    for lifetime in [json!(0), json!("0")] {
        assert_eq!(exchanges(granting_for(lifetime.clone(), 1)).await, 2, "{lifetime}");
    }
}

#[tokio::test]
async fn an_invalid_lifetime_is_treated_as_unknown() {
    for lifetime in [Value::Null, json!("soon"), json!(-1), json!([]), json!(3599.5)] {
        assert_eq!(exchanges(granting_for(lifetime.clone(), 1)).await, 1, "{lifetime}");
    }
}

/// <https://learn.microsoft.com/partner-center/developer/partner-center-authentication>
#[tokio::test]
async fn a_response_from_version_1_of_the_endpoint_is_read() {
    let response = json!({
        "token_type": "Bearer",
        "expires_in": "3600",
        "ext_expires_in": "3600",
        "expires_on": "1546469802",
        "not_before": "1546465902",
        "resource": "https://graph.windows.net",
        "access_token": token(1),
    });
    assert_eq!(exchanges(ResponseTemplate::new(200).set_body_json(response)).await, 1);
}

#[tokio::test]
async fn a_byte_order_mark_is_tolerated() {
    let body = format!("\u{feff}{{\"token_type\":\"bearer\",\"access_token\":\"{}\"}}", token(1));
    let response = ResponseTemplate::new(200).set_body_raw(body, "application/json; charset=utf-8");
    assert_eq!(exchanges(response).await, 1);
}

#[tokio::test]
async fn an_authority_can_have_a_path() {
    for end in ["", "/"] {
        let (authority, service) =
            (responding_in_turn([granting(1)]).await, example_server().await);
        let app = app(&authority).authority(format!("{}/proxy{end}", authority.uri()));
        let client = builder(&service).credential(app).build().unwrap();
        operation::call(&client).await.unwrap();
        let path = requests(&authority).await[0].url.path().to_owned();
        assert_eq!(path, format!("/proxy/{TENANT}/oauth2/v2.0/token"));
    }
}

#[tokio::test]
async fn a_custom_scope() {
    let (authority, service) = (responding_in_turn([granting(1)]).await, example_server().await);
    let app = app(&authority).scope("api://own/.default");
    let client = builder(&service).credential(app).build().unwrap();
    operation::call(&client).await.unwrap();
    assert!(form(&authority, 0).await.contains("scope=api%3A%2F%2Fown%2F.default"));
}

/// Returns the form data of a request to the authority.
pub(super) async fn form(authority: &MockServer, index: usize) -> String {
    String::from_utf8(requests(authority).await[index].body.clone()).unwrap()
}

#[test]
fn invalid_settings() {
    let app = |tenant: &str, id: &str, secret: &str| AppCredential::new(tenant, id, secret);
    let cases = [
        app("", CLIENT_ID, SECRET),
        app("contoso.example/..", CLIENT_ID, SECRET),
        app("..", CLIENT_ID, SECRET),
        app(TENANT, "my-app", SECRET),
        app(TENANT, CLIENT_ID, ""),
        app(TENANT, CLIENT_ID, "secret\n"),
        app(TENANT, CLIENT_ID, SECRET).authority("login.microsoftonline.com"),
        app(TENANT, CLIENT_ID, SECRET).authority("http://login.microsoftonline.com"),
        app(TENANT, CLIENT_ID, SECRET).authority("https://user:hunter2@host"),
    ];
    let problems = cases.map(|app| Client::builder().credential(app).build().unwrap_err());
    let problems = problems.map(|error| error.to_string()).join("\n");
    assert!(!problems.contains("hunter2"));
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("app_invalid_settings", problems);
    });
}
