//! A client sends its tokens only to the cloud that they are for.

use partner_center_client::{
    AccessToken, AppCredential, Client, ClientBuilder, Cloud, Credential, CredentialError,
};

use super::authority::{CLIENT_ID, SECRET, TENANT, token};

const CLOUDS: [Cloud; 3] = [Cloud::Commercial, Cloud::UsGovernment, Cloud::China21Vianet];

fn app() -> AppCredential {
    AppCredential::new(TENANT, CLIENT_ID, SECRET)
}

/// Returns true if the builder makes a client with this base URL.
fn calls(builder: ClientBuilder, base_url: &str) -> bool {
    let client = builder.build().unwrap();
    format!("{client:?}").contains(&format!("baseurl: \"{base_url}\""))
}

#[test]
fn a_client_calls_the_cloud_of_its_credential() {
    assert!(calls(Client::builder().credential(app()), Cloud::Commercial.base_url()));
    for cloud in CLOUDS {
        let builder = Client::builder().credential(app().cloud(cloud));
        assert!(calls(builder.clone(), cloud.base_url()), "{cloud:?}");
        assert!(calls(builder.cloud(cloud), cloud.base_url()), "{cloud:?}");
    }
}

#[test]
fn a_credential_without_a_cloud_works_with_any_cloud() {
    for cloud in CLOUDS {
        let builder = Client::builder().credential(AccessToken::new(token(1))).cloud(cloud);
        assert!(calls(builder, cloud.base_url()), "{cloud:?}");
        let app = app().authority("https://login.contoso.example");
        assert!(calls(Client::builder().cloud(cloud).credential(app), cloud.base_url()));
    }
}

#[test]
fn a_base_url_overrides_the_cloud() {
    let builder = Client::builder().credential(app()).base_url("https://gateway.example");
    assert!(calls(builder, "https://gateway.example"));
}

/// A credential that wraps another credential.
struct Logged(AppCredential);

impl Credential for Logged {
    async fn access_token(&self) -> Result<AccessToken, CredentialError> {
        self.0.access_token().await
    }

    fn check(&self) -> Result<(), CredentialError> {
        self.0.check()
    }

    fn token_cloud(&self) -> Option<Cloud> {
        self.0.token_cloud()
    }
}

#[test]
fn a_wrapper_has_the_cloud_of_the_wrapped_credential() {
    let builder = Client::builder().credential(Logged(app().cloud(Cloud::China21Vianet)));
    assert!(calls(builder, Cloud::China21Vianet.base_url()));
}

#[test]
fn conflicting_clouds_are_rejected() {
    let builder = Client::builder().cloud(Cloud::Commercial);
    let error = builder.credential(app().cloud(Cloud::UsGovernment)).build().unwrap_err();
    let expected = "cloud: differs from the cloud of the credential; set it only on the credential";
    assert_eq!(error.to_string(), expected);
}
