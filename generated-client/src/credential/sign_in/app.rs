//! App-only: an application signs in as itself.

use std::{fmt, sync::OnceLock, time::Duration};

use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::exchange::{self, Exchange};
use crate::{
    base_url,
    cloud::Cloud,
    credential::{AccessToken, Credential, CredentialError, CredentialErrorKind, SCOPE},
};

/// App-only access: an application that signs in with its client secret.
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
/// Each token costs one request to the authority, which may take 30 seconds and follows no redirect.
/// [Microsoft's page][auth] says how to register the application; not every operation accepts
/// app-only tokens, and its documentation says so.
///
/// [auth]: https://learn.microsoft.com/partner-center/developer/partner-center-authentication
#[derive(Clone)]
pub struct AppCredential {
    tenant: String,
    client_id: String,
    client_secret: SecretString,
    authority: Authority,
    scope: String,
    timeout: Duration,
    http: OnceLock<reqwest::Client>,
}

#[derive(Clone, Debug)]
enum Authority {
    Cloud(Cloud),
    Url(String),
}

impl AppCredential {
    /// An application of the commercial cloud: the partner's tenant by its ID or domain, the
    /// application's client ID, and the value of one of its client secrets.
    ///
    /// Nothing is checked before a client is built with it.
    pub fn new(
        tenant: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Self {
        Self {
            tenant: tenant.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            authority: Authority::Cloud(Cloud::Commercial),
            scope: SCOPE.to_owned(),
            timeout: Duration::from_secs(30),
            http: OnceLock::new(),
        }
    }

    /// Signs in at another cloud, whose service its client then calls.
    #[must_use]
    pub fn cloud(mut self, cloud: Cloud) -> Self {
        self.authority = Authority::Cloud(cloud);
        self.http = OnceLock::new();
        self
    }

    /// Signs in at another address than [`Cloud::authority`]: `https`, or `http` on this machine,
    /// and then no proxy is used. The client's base URL stays that of the commercial cloud unless
    /// its builder says otherwise.
    #[must_use]
    pub fn authority(mut self, url: impl Into<String>) -> Self {
        self.authority = Authority::Url(url.into());
        self.http = OnceLock::new();
        self
    }

    /// Another scope than `https://api.partnercenter.microsoft.com/.default`.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// How long a request to the authority may take; by default 30 seconds. More than the 60 seconds
    /// that any [`Credential`] has would be cut short.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self.http = OnceLock::new();
        self
    }

    pub(super) fn exchange(&self) -> Result<Exchange, CredentialError> {
        let authority = self.authority_url()?;
        Ok(Exchange {
            http: self.http(&authority)?,
            endpoint: exchange::endpoint(authority, &self.tenant),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
            scope: self.scope.clone(),
        })
    }

    fn authority_url(&self) -> Result<Url, CredentialError> {
        let example = Cloud::Commercial.authority();
        let url = match &self.authority {
            Authority::Cloud(cloud) => cloud.authority(),
            Authority::Url(url) => url,
        };
        base_url::parse(url, example).map_err(|problem| wrong("authority", &problem))
    }

    fn http(&self, authority: &Url) -> Result<reqwest::Client, CredentialError> {
        if let Some(http) = self.http.get() {
            return Ok(http.clone());
        }
        let http = exchange::http_client(authority, self.timeout)?;
        Ok(self.http.get_or_init(|| http).clone())
    }

    fn problem(&self) -> Option<CredentialError> {
        let secret = self.client_secret.expose_secret();
        if !is_tenant(&self.tenant) {
            Some(wrong(
                "tenant",
                "neither a GUID nor a domain; write contoso.onmicrosoft.com or so",
            ))
        } else if Uuid::parse_str(&self.client_id).is_err() {
            Some(wrong("client ID", "not a GUID; it is the application ID of the registration"))
        } else if secret.is_empty() || secret.contains(char::is_whitespace) {
            Some(wrong("client secret", "empty, or with white space in it; pass its value alone"))
        } else {
            None
        }
    }
}

impl Credential for AppCredential {
    async fn access_token(&self) -> Result<AccessToken, CredentialError> {
        let answer = self.exchange()?.client_credentials().await?;
        Ok(answer.access_token())
    }

    fn check(&self) -> Result<(), CredentialError> {
        match self.problem() {
            Some(problem) => Err(problem),
            // Makes the HTTP client, so that one that cannot be made is an error of `build`.
            None => self.exchange().map(drop),
        }
    }

    fn token_cloud(&self) -> Option<Cloud> {
        match self.authority {
            Authority::Cloud(cloud) => Some(cloud),
            Authority::Url(_) => None,
        }
    }
}

/// It becomes a segment of the endpoint's path, so nothing that leads elsewhere is let through.
fn is_tenant(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_alphanumeric()) && text.bytes().all(is_allowed)
}

fn wrong(setting: &str, problem: &str) -> CredentialError {
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
