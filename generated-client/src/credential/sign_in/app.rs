//! App-only: an application signs in on its own behalf.

use std::{fmt, sync::OnceLock, time::Duration};

use reqwest::Url;
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    exchange::{self, Exchange, LONGEST_EXCHANGE},
    secret::{self, Secret},
};
use crate::{
    base_url,
    cloud::Cloud,
    credential::{AccessToken, Credential, CredentialError, CredentialErrorKind, SCOPE, TokenKind},
    http::HttpSettings,
};

/// App-only access: the sign-in of an application with its client secret.
///
/// ```no_run
/// use partner_center_client::{AppCredential, Client, Cloud};
///
/// let secret = std::env::var("PARTNER_CENTER_CLIENT_SECRET")?;
/// let client_id = "11111111-1111-1111-1111-111111111111";
/// let credential = AppCredential::new("contoso.onmicrosoft.com", client_id, secret);
/// let client = Client::builder().credential(credential.cloud(Cloud::UsGovernment)).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Each token costs one request to the authority. Redirects are not followed. [Microsoft's page][auth]
/// explains how to register the application. The documentation of each operation says whether it
/// accepts app-only tokens; if it does not, a call fails with
/// [`ErrorKind::UnsupportedToken`](crate::ErrorKind::UnsupportedToken) before anything is sent.
///
/// [auth]: https://learn.microsoft.com/partner-center/developer/partner-center-authentication
#[derive(Clone)]
pub struct AppCredential {
    tenant: String,
    client_id: String,
    client_secret: Secret,
    authority: Authority,
    scope: String,
    settings: HttpSettings,
    http: OnceLock<reqwest::Client>,
}

#[derive(Clone, Debug)]
enum Authority {
    Cloud(Cloud),
    Url(String),
}

impl AppCredential {
    /// Creates a credential for the commercial cloud from the ID or domain of the partner's tenant, the
    /// application's client ID, and the value of one of its client secrets.
    ///
    /// The arguments are not checked until a client is built. Clones share the client secret.
    pub fn new(
        tenant: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Self {
        Self {
            tenant: tenant.into(),
            client_id: client_id.into(),
            client_secret: Secret::new(client_secret.into()),
            authority: Authority::Cloud(Cloud::Commercial),
            scope: SCOPE.to_owned(),
            settings: HttpSettings::new(Duration::from_secs(30)),
            http: OnceLock::new(),
        }
    }

    /// Sets the cloud in which the application signs in. The client then calls the service in that cloud.
    #[must_use]
    pub fn cloud(mut self, cloud: Cloud) -> Self {
        self.authority = Authority::Cloud(cloud);
        self.http = OnceLock::new();
        self
    }

    /// Sets the URL of the authority, instead of [`Cloud::authority`]. The scheme must be `https`; `http`
    /// is allowed only for the local machine, and then no proxy is used. The client still calls the
    /// service in the commercial cloud, unless its builder sets another cloud or base URL.
    #[must_use]
    pub fn authority(mut self, url: impl Into<String>) -> Self {
        self.authority = Authority::Url(url.into());
        self.http = OnceLock::new();
        self
    }

    /// Sets the scope; by default `https://api.partnercenter.microsoft.com/.default`.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// Sets the timeout of each request to the authority; by default 30 seconds, and at most 60.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout.min(LONGEST_EXCHANGE);
        self.http = OnceLock::new();
        self
    }

    /// Changes the settings of the HTTP client that signs in, such as its proxy or root certificates; see
    /// [`ClientBuilder::configure_http`](crate::ClientBuilder::configure_http), which lists the settings that
    /// cannot be changed.
    #[must_use]
    pub fn configure_http(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.settings.configure(configure);
        self.http = OnceLock::new();
        self
    }

    /// Appends your program to the `User-Agent` header of sign-in requests; see
    /// [`ClientBuilder::user_agent_suffix`](crate::ClientBuilder::user_agent_suffix).
    #[must_use]
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.settings.user_agent_suffix = Some(suffix.into());
        self.http = OnceLock::new();
        self
    }

    /// Replaces the client secret of this credential and its clones, for example before the old one
    /// expires. Clients request a new access token for their next call.
    ///
    /// # Errors
    ///
    /// Returns an error and changes nothing if the secret is empty or contains whitespace.
    pub fn set_client_secret(
        &self,
        client_secret: impl Into<SecretString>,
    ) -> Result<(), CredentialError> {
        let client_secret = client_secret.into();
        secret::check(CLIENT_SECRET, &client_secret)?;
        self.client_secret.set(client_secret);
        Ok(())
    }

    pub(super) fn exchange(&self) -> Result<Exchange, CredentialError> {
        let authority = self.authority_url()?;
        Ok(Exchange {
            http: self.http(&authority)?,
            endpoint: exchange::endpoint(authority, &self.tenant),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.get(),
            scope: self.scope.clone(),
        })
    }

    fn authority_url(&self) -> Result<Url, CredentialError> {
        let example = Cloud::Commercial.authority();
        let url = match &self.authority {
            Authority::Cloud(cloud) => cloud.authority(),
            Authority::Url(url) => url,
        };
        base_url::parse(url, example).map_err(|problem| invalid("authority", &problem))
    }

    fn http(&self, authority: &Url) -> Result<reqwest::Client, CredentialError> {
        if let Some(http) = self.http.get() {
            return Ok(http.clone());
        }
        let http = exchange::http_client(authority, &self.settings)?;
        Ok(self.http.get_or_init(|| http).clone())
    }

    fn check_settings(&self) -> Result<(), CredentialError> {
        if !is_tenant(&self.tenant) {
            let problem = "neither a GUID nor a domain; write it like contoso.onmicrosoft.com";
            return Err(invalid("tenant", problem));
        }
        if Uuid::parse_str(&self.client_id).is_err() {
            let problem = "not a GUID; use the application ID of the app registration";
            return Err(invalid("client ID", problem));
        }
        secret::check(CLIENT_SECRET, &self.client_secret.get())
    }
}

const CLIENT_SECRET: &str = "client secret";

impl Credential for AppCredential {
    async fn access_token(&self) -> Result<AccessToken, CredentialError> {
        Ok(self.exchange()?.client_credentials().await?.access_token())
    }

    fn check(&self) -> Result<(), CredentialError> {
        self.check_settings()?;
        // Creates the HTTP client, so that `build` returns the error if that fails.
        self.exchange().map(drop)
    }

    fn token_cloud(&self) -> Option<Cloud> {
        match self.authority {
            Authority::Cloud(cloud) => Some(cloud),
            Authority::Url(_) => None,
        }
    }

    fn token_kind(&self) -> Option<TokenKind> {
        Some(TokenKind::AppOnly)
    }

    fn revision(&self) -> u64 {
        self.client_secret.revision()
    }
}

/// Returns whether a string is a valid tenant. It becomes a segment of the endpoint's path, so characters that could
/// change the path are not allowed.
fn is_tenant(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_alphanumeric()) && text.bytes().all(is_allowed)
}

fn invalid(setting: &str, problem: &str) -> CredentialError {
    CredentialError::new(CredentialErrorKind::Configuration, format!("{setting}: {problem}"))
}

impl fmt::Debug for AppCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppCredential")
            .field("tenant", &self.tenant)
            .field("client_id", &self.client_id)
            .field("client_secret", &"<secret>")
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}
