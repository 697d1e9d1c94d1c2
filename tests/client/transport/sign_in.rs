//! Can a program change the same settings for sign-in requests?

use partner_center_client::reqwest::redirect;
use partner_center_client::{AppCredential, Client, CredentialErrorKind, reqwest::Proxy};

use super::{header, success};
use support::{
    operation,
    script::{Script, respond_with},
};

const CLIENT_ID: &str = "44444444-4444-4444-4444-444444444444";

fn app() -> AppCredential {
    AppCredential::new("contoso.onmicrosoft.com", CLIENT_ID, "client-secret")
}

fn granting() -> support::script::Turn {
    let body = r#"{"token_type":"Bearer","expires_in":3599,"access_token":"eyJ0eXAi.eyJ.c2ln"}"#;
    respond_with("200 OK", &["Content-Type: application/json"], body)
}

#[tokio::test]
async fn a_proxy_is_used() {
    let proxy = Script::of([respond_with("502 Bad Gateway", &[], "")]).await;
    let intercept = Proxy::https(proxy.url()).unwrap();
    let app = app().configure_http(move |http| http.proxy(intercept.clone()));
    let client = Client::builder().credential(app).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(error.credential_error().unwrap().kind(), CredentialErrorKind::Connection);
    assert_eq!(proxy.seen()[0].path, "login.microsoftonline.com:443");
}

#[tokio::test]
async fn default_headers_and_the_user_agent_suffix_are_sent() {
    let (authority, service) = (Script::of([granting()]).await, Script::of([success()]).await);
    let app = app()
        .authority(authority.url())
        .configure_http(|http| http.default_headers(header("x-gateway-key", "a value")))
        .user_agent_suffix("contoso/2.1");
    operation::call(&service.builder().credential(app).build().unwrap()).await.unwrap();
    let seen = &authority.seen()[0];
    assert_eq!(seen.header("X-Gateway-Key"), "a value");
    assert!(seen.header("User-Agent").ends_with(" contoso/2.1"));
    assert!(!service.seen()[0].header("User-Agent").contains("contoso"));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (elsewhere, service) = (Script::of([granting()]).await, Script::of([success()]).await);
    let location = format!("Location: {}", elsewhere.url());
    let authority = Script::of([respond_with("307 Temporary Redirect", &[&location], "")]).await;
    let app = app()
        .authority(authority.url())
        .configure_http(|http| http.redirect(redirect::Policy::limited(5)));
    let client = service.builder().credential(app).build().unwrap();
    operation::call(&client).await.unwrap_err();
    assert!(elsewhere.seen().is_empty());
}

#[test]
fn an_invalid_user_agent_suffix_is_rejected() {
    let error = Client::builder().credential(app().user_agent_suffix("a\nb")).build().unwrap_err();
    assert!(error.to_string().contains("user agent suffix: "), "{error}");
}
