//! How a client is made.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::Url;
use secrecy::SecretString;

use crate::{
    base_url::{self, BaseUrl},
    call::Ids,
    cloud::Cloud,
    config::Config,
    credential::{AccessToken, AnyCredential, Credential, Tokens},
    error::Error,
    generated::Client,
    headers, http,
    limit::{Limit, Pace},
    retry::RetryPolicy,
};

/// The settings of a [`Client`], from [`Client::builder`].
///
/// Nothing is checked before [`build`](Self::build).
#[derive(Clone)]
#[must_use = "a builder makes a client only when `build` is called"]
pub struct ClientBuilder {
    base_url: Option<String>,
    cloud: Option<Cloud>,
    credential: Option<Arc<dyn AnyCredential>>,
    application_name: Option<String>,
    locale: String,
    validate_mfa: bool,
    concurrent_calls: Option<usize>,
    pace: Option<Pace>,
    retry: RetryPolicy,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    timeout: Duration,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            base_url: None,
            cloud: None,
            credential: None,
            application_name: None,
            locale: "en-US".to_owned(),
            validate_mfa: false,
            concurrent_calls: None,
            pace: None,
            retry: RetryPolicy::default(),
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(60),
            timeout: Duration::from_secs(300),
        }
    }

    /// The service's address without the `/v1` of the paths, with or without a slash at the end.
    ///
    /// By default that of the [`cloud`](Self::cloud). It must be `https`; `http` is for this machine
    /// only (`localhost`, `127.0.0.0/8`, `[::1]`), and then no proxy is used.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The cloud whose service is called; by default that of the credential, and failing that the
    /// commercial one.
    pub fn cloud(mut self, cloud: Cloud) -> Self {
        self.cloud = Some(cloud);
        self
    }

    /// Where access tokens come from: an application's or a user's sign-in, a closure, anything that
    /// is a [`Credential`]. Required, unless there is an [`access_token`](Self::access_token).
    ///
    /// The audience of its tokens must be `https://api.partnercenter.microsoft.com`. The client and
    /// its clones share a token until it is about to expire or the service refuses it. No error and
    /// no `Debug` output shows it; where an answer repeats it verbatim, `<token>` stands in its
    /// place. One of fewer than eight characters counts as a stand-in for tests and is left in
    /// answers.
    pub fn credential(mut self, credential: impl Credential) -> Self {
        self.credential = Some(Arc::new(credential));
        self
    }

    /// The access token alone, without `Bearer`, for a client that lives no longer than it; short
    /// for [`credential`](Self::credential) with an [`AccessToken`].
    pub fn access_token(self, token: impl Into<SecretString>) -> Self {
        self.credential(AccessToken::new(token))
    }

    /// The name of your application, sent as `MS-PartnerCenter-Application`; by default none.
    pub fn application_name(mut self, name: impl Into<String>) -> Self {
        self.application_name = Some(name.into());
        self
    }

    /// The language and country of answers, sent as `X-Locale`; by default `en-US`.
    pub fn locale(mut self, locale: impl Into<String>) -> Self {
        self.locale = locale.into();
        self
    }

    /// Whether to ask, by `ValidateMfa`, if the token was obtained with multi-factor authentication;
    /// by default not. The answer is in
    /// [`ResponseValue::is_mfa_compliant`](crate::ResponseValue::is_mfa_compliant).
    pub fn validate_mfa(mut self, validate: bool) -> Self {
        self.validate_mfa = validate;
        self
    }

    /// How many calls may be under way at once, by this client and its clones together; by default
    /// any number. A call that waits to be repeated counts as well, so that fewer are begun while the
    /// service throttles.
    ///
    /// The time that a call waits for its turn is no part of its [`timeout`](Self::timeout).
    pub fn concurrent_calls(mut self, calls: usize) -> Self {
        self.concurrent_calls = Some(calls);
        self
    }

    /// How many requests may be sent in a second, by this client and its clones together; by default
    /// any number. They are spread evenly, and a pause is not made up for. A repeated one counts as
    /// well, and goes before calls that have not begun.
    pub fn requests_per_second(mut self, requests: u32) -> Self {
        self.pace = Some(Pace { requests, in_time: Duration::from_secs(1) });
        self
    }

    /// How many requests may be sent in a minute, in place of
    /// [`requests_per_second`](Self::requests_per_second).
    ///
    /// Microsoft publishes no figure for overage and budgets; the pages of customers, subscriptions
    /// and orders name 500 a minute for each partner.
    pub fn requests_per_minute(mut self, requests: u32) -> Self {
        self.pace = Some(Pace { requests, in_time: Duration::from_secs(60) });
        self
    }

    /// Whether and how a failed call is repeated; by default as [`RetryPolicy`] says.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How long connecting may take, TLS included; by default 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long one attempt of a call may take, from connecting to the last byte of the answer; by
    /// default 60 seconds. An attempt that takes longer is given up, and the call repeated.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long a call may take as a whole, with all its attempts and the waits between them; by
    /// default 5 minutes. A wait that does not fit into what is left of it is not begun.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a setting is missing or not
    /// allowed, with the setting and the remedy in its message.
    pub fn build(self) -> Result<Client, Error> {
        let credential = self.checked_credential()?;
        let url = self.url(credential.token_cloud())?;
        Ok(Client {
            client: self.http_client(&url)?,
            baseurl: BaseUrl::new(url),
            inner: self.config(Tokens::new(credential))?,
        })
    }

    fn checked_credential(&self) -> Result<Arc<dyn AnyCredential>, Error> {
        let Some(credential) = &self.credential else {
            let problem =
                "credential: missing; pass one to `credential`, or a token to `access_token`";
            return Err(Error::configuration(problem));
        };
        credential.check().map_err(|error| Error::configuration(error.to_string()))?;
        Ok(Arc::clone(credential))
    }

    fn url(&self, of_credential: Option<Cloud>) -> Result<Url, Error> {
        if let (Some(cloud), Some(other)) = (self.cloud, of_credential)
            && cloud != other
        {
            let problem = "not that of its credential; name one cloud to the credential alone";
            return Err(Error::configuration(format!("cloud: {problem}")));
        }
        let of_cloud = self.cloud.or(of_credential).unwrap_or_default().base_url();
        base_url::parse(self.base_url.as_deref().unwrap_or(of_cloud), Cloud::Commercial.base_url())
            .map_err(|problem| Error::configuration(format!("base URL: {problem}")))
    }

    fn config(&self, tokens: Tokens) -> Result<Config, Error> {
        Ok(Config {
            locale: headers::locale(&self.locale).map_err(Error::configuration)?,
            ids: Ids::default(),
            tokens,
            limit: Limit::new(self.concurrent_calls, self.pace)?,
            retry: self.retry,
            attempt_timeout: self.attempt_timeout,
            timeout: self.timeout,
        })
    }

    fn http_client(&self, url: &Url) -> Result<reqwest::Client, Error> {
        let application = self.application_name.as_deref().map(headers::application);
        let application = application.transpose().map_err(Error::configuration)?;
        http::client(url)
            .default_headers(headers::of_client(application, self.validate_mfa))
            .connect_timeout(self.connect_timeout)
            .timeout(self.attempt_timeout)
            .build()
            .map_err(|error| {
                Error::configuration(http::problem_of_building(&error)).with_source(error)
            })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("cloud", &self.cloud)
            .field("credential", &self.credential.as_ref().map(|_| "<credential>"))
            .field("application_name", &self.application_name)
            .field("locale", &self.locale)
            .field("validate_mfa", &self.validate_mfa)
            .field("concurrent_calls", &self.concurrent_calls)
            .field("pace", &self.pace)
            .field("retry", &self.retry)
            .field("connect_timeout", &self.connect_timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
