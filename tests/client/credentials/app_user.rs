//! An application signs in on behalf of a user, with a refresh token that changes with every exchange.

use std::{
    io,
    sync::{Arc, Mutex},
};

use partner_center_client::{
    AppUserCredential, Client,
    secrecy::{ExposeSecret, SecretString},
};
use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

use super::{
    app_only::form,
    authority::{app, builder, count, only_exchange, responding_in_turn, token},
};
use support::{operation, server::example_server};

/// Returns a response with the n-th access token, which is already expired, and the n-th refresh token.
fn rotating(n: usize) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({
        "token_type": "Bearer",
        "scope": "https://api.partnercenter.microsoft.com/user_impersonation",
        "expires_in": 0,
        "access_token": token(n),
        "refresh_token": format!("refresh-token-{n}"),
    }))
}

/// The refresh tokens that were stored.
#[derive(Clone, Default)]
struct Vault(Arc<Mutex<Vec<String>>>);

impl Vault {
    fn contents(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn client(&self, authority: &MockServer, service: &MockServer) -> Client {
        builder(service).credential(self.credential(authority)).build().unwrap()
    }

    fn credential(&self, authority: &MockServer) -> AppUserCredential {
        let vault = self.clone();
        let store = move |token: SecretString| {
            vault.0.lock().unwrap().push(token.expose_secret().to_owned());
            async { Ok::<(), io::Error>(()) }
        };
        AppUserCredential::new(app(authority), "refresh-token-0", store)
    }
}

#[tokio::test]
async fn the_token_request() {
    let (authority, service) = (responding_in_turn([rotating(1)]).await, example_server().await);
    let client = Vault::default().client(&authority, &service);
    operation::call(&client).await.unwrap();
    let request = only_exchange(&authority).await;
    let page = "https://learn.microsoft.com/partner-center/developer/enable-secure-app-model";
    insta::with_settings!({ description => page, omit_expression => true }, {
        insta::assert_snapshot!("app_user_request", request);
    });
}

#[tokio::test]
async fn each_exchange_uses_the_latest_refresh_token_and_stores_the_new_one() {
    let authority = responding_in_turn([rotating(1), rotating(2), rotating(3)]).await;
    let (service, vault) = (example_server().await, Vault::default());
    let client = vault.client(&authority, &service);
    for n in 0..3 {
        operation::call(&client).await.unwrap();
        assert!(form(&authority, n).await.contains(&format!("&refresh_token=refresh-token-{n}&")));
    }
    assert_eq!(vault.contents(), ["refresh-token-1", "refresh-token-2", "refresh-token-3"]);
}

/// If their exchanges overlapped, the token that is stored last could be older than the one in use.
#[tokio::test]
async fn clients_that_share_a_credential_take_turns() {
    let authority = responding_in_turn([1, 2].map(rotating)).await;
    let (service, vault) = (example_server().await, Vault::default());
    let credential = Arc::new(vault.credential(&authority));
    let client = || builder(&service).credential(Arc::clone(&credential)).build().unwrap();
    let (one, other) = (client(), client());
    let calls = (operation::call(&one), operation::call(&other));
    let (one, other) = tokio::join!(calls.0, calls.1);
    one.and(other).unwrap();
    assert!(form(&authority, 1).await.contains("&refresh_token=refresh-token-1&"));
    assert_eq!(vault.contents(), ["refresh-token-1", "refresh-token-2"]);
}

#[tokio::test]
async fn an_unchanged_refresh_token_is_not_stored_again() {
    let without = ResponseTemplate::new(200)
        .set_body_json(json!({ "token_type": "Bearer", "access_token": token(1) }));
    let grant = json!({ "token_type": "Bearer", "access_token": token(1), "refresh_token": "" });
    let empty = ResponseTemplate::new(200).set_body_json(grant);
    for response in [without, empty, rotating(0)] {
        let (authority, service) = (responding_in_turn([response]).await, example_server().await);
        let vault = Vault::default();
        let client = vault.client(&authority, &service);
        operation::call(&client).await.unwrap();
        assert!(vault.contents().is_empty());
    }
}

/// Creates a client that stores refresh tokens with this hook.
fn storing<T>(
    authority: &MockServer,
    service: &MockServer,
    store: impl Fn() -> T + Send + Sync + 'static,
) -> Client
where
    T: Future<Output = Result<(), io::Error>> + Send + 'static,
{
    let credential = AppUserCredential::new(app(authority), "refresh-token-0", move |_| store());
    builder(service).credential(credential).build().unwrap()
}

#[tokio::test]
async fn the_hook_runs_before_the_access_token_is_used() {
    let authority = responding_in_turn([rotating(1)]).await;
    let service = Arc::new(example_server().await);
    let watched = Arc::clone(&service);
    let client = storing(&authority, &service, move || {
        let service = Arc::clone(&watched);
        async move {
            assert_eq!(count(&service).await, 0);
            Ok(())
        }
    });
    operation::call(&client).await.unwrap();
    assert_eq!(count(&service).await, 1);
}

#[tokio::test]
async fn an_invalid_refresh_token_is_rejected() {
    let authority = responding_in_turn([rotating(1)]).await;
    for refresh_token in ["", "refresh-token-0\n"] {
        let store = |_| async { Ok::<(), io::Error>(()) };
        let credential = AppUserCredential::new(app(&authority), refresh_token, store);
        let error = Client::builder().credential(credential).build().unwrap_err();
        let expected = "refresh token: empty, or contains whitespace; pass only its value";
        assert_eq!(error.to_string(), expected);
    }
}
