//! The builder of a client.

mod build;
mod http;

use std::{fmt, sync::Arc, time::Duration};

use secrecy::SecretString;

use crate::{
    client::Client,
    cloud::Cloud,
    credential::{AccessToken, AnyCredential, Credential},
    http::HttpSettings,
    limit::Pace,
    observer::{AnyObserver, Observer},
    response,
    retry::RetryPolicy,
};

/// The settings of a [`Client`] to build, created with [`Client::builder`].
///
/// Settings are not checked until [`build`](Self::build).
#[derive(Clone)]
#[must_use = "a builder creates a client only when `build` is called"]
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
    observer: AnyObserver,
    http: HttpSettings,
    retry_ambiguous_writes: bool,
    timeout: Duration,
    #[cfg(feature = "mock")]
    transport: Option<crate::mock::MockTransport>,
    #[cfg(feature = "recorder")]
    recorder: Option<crate::recorder::Recorder>,
    max_response_bytes: usize,
}

impl Client {
    /// Returns a builder for a client; only the credential is required.
    ///
    /// ```no_run
    /// use partner_center_client::Client;
    ///
    /// let client = Client::builder().access_token("eyJ0eXAi.eyJhdWQi.c2lnbmF0").build()?;
    /// # Ok::<(), partner_center_client::Error>(())
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
}

impl ClientBuilder {
    fn new() -> Self {
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
            observer: AnyObserver::default(),
            http: HttpSettings::new(Duration::from_secs(60)),
            retry_ambiguous_writes: true,
            timeout: Duration::from_secs(300),
            #[cfg(feature = "mock")]
            transport: None,
            #[cfg(feature = "recorder")]
            recorder: None,
            max_response_bytes: response::DEFAULT_LIMIT,
        }
    }

    /// Sets the base URL of the service, without the `/v1` of the operation paths, and with or without a
    /// trailing slash.
    ///
    /// The default is the base URL of the [`cloud`](Self::cloud). The scheme must be `https`; `http` is
    /// allowed only for the local machine (`localhost`, `127.0.0.0/8`, `[::1]`), and then no proxy is used.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the cloud whose service is called; by default the credential's cloud, or the commercial cloud
    /// if the credential does not state one.
    pub fn cloud(mut self, cloud: Cloud) -> Self {
        self.cloud = Some(cloud);
        self
    }

    /// Sets the source of access tokens: the sign-in of an application or a user, a closure, or any
    /// other [`Credential`]. This is required unless [`access_token`](Self::access_token) is set.
    ///
    /// The audience of its tokens must be `https://api.partnercenter.microsoft.com`. The client and its clones share a
    /// token until it is about to expire or the service rejects it. Errors and `Debug` output never show the token; if
    /// a response repeats it, it is replaced with `<token>`. A token with fewer than eight characters is considered a
    /// placeholder in tests and is not replaced.
    pub fn credential(mut self, credential: impl Credential) -> Self {
        self.credential = Some(Arc::new(credential));
        self
    }

    /// Sets the access token, without `Bearer`, for a client that does not outlive the token; shorthand for
    /// [`credential`](Self::credential) with an [`AccessToken`].
    pub fn access_token(self, token: impl Into<SecretString>) -> Self {
        self.credential(AccessToken::new(token))
    }

    /// Sets the name of your application, sent as `MS-PartnerCenter-Application`; by default none is sent.
    pub fn application_name(mut self, name: impl Into<String>) -> Self {
        self.application_name = Some(name.into());
        self
    }

    /// Sets the language and country of responses, sent as `X-Locale`; by default `en-US`.
    pub fn locale(mut self, locale: impl Into<String>) -> Self {
        self.locale = locale.into();
        self
    }

    /// Sets whether to send `ValidateMfa`, which asks the service whether the token was obtained with multi-factor
    /// authentication; by default the header is not sent.
    /// [`ResponseValue::is_mfa_compliant`](crate::ResponseValue::is_mfa_compliant) returns the result.
    pub fn validate_mfa(mut self, validate: bool) -> Self {
        self.validate_mfa = validate;
        self
    }

    /// Limits the number of concurrent calls of this client and its clones together; by default there
    /// is no limit. A call that waits for its next attempt counts too, so fewer calls begin while the
    /// service throttles.
    ///
    /// The time that a call waits for its turn does not count toward its [`timeout`](Self::timeout).
    ///
    /// A call that has begun counts until its future completes or is dropped, even if the program no longer
    /// polls it. Therefore, a loop that buffers as many calls as this limit allows hangs if its body makes
    /// another call; the [recipe](crate::guide::recipes#a-sweep-over-all-customers) shows a loop that does not.
    pub fn concurrent_calls(mut self, calls: usize) -> Self {
        self.concurrent_calls = Some(calls);
        self
    }

    /// Limits the number of requests per second of this client and its clones together; by default
    /// there is no limit. Requests are spread evenly, and unused slots are not carried over. Retries
    /// count too, and take priority over new calls. A request takes its slot right before it is sent,
    /// after it has its access token.
    ///
    /// The time that a call waits for its first slot does not count toward its [`timeout`](Self::timeout).
    pub fn requests_per_second(mut self, requests: u32) -> Self {
        self.pace = Some(Pace { requests, in_time: Duration::from_secs(1) });
        self
    }

    /// Limits the number of requests per minute, instead of
    /// [`requests_per_second`](Self::requests_per_second).
    ///
    /// Microsoft publishes no limit for overage and budgets; its pages on customers, subscriptions
    /// and orders state a limit of 500 per minute for each partner.
    pub fn requests_per_minute(mut self, requests: u32) -> Self {
        self.pace = Some(Pace { requests, in_time: Duration::from_secs(60) });
        self
    }

    /// Sets whether and how failed calls are retried; see [`RetryPolicy`] for the default.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets a hook that is called for each attempt of each call, for example to collect metrics; by default
    /// there is none. Clones of the client share it.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = AnyObserver::new(observer);
        self
    }

    /// Sets whether to retry a write whose outcome is unknown; by default it is retried like any failed
    /// call. With `false`, a write is retried only after a failure that shows that the service has not
    /// acted on it; otherwise, it fails with an error that
    /// [is ambiguous](crate::Error::is_ambiguous).
    ///
    /// All writes of this version set a value, so repeating one is safe unless something else has changed the
    /// value in between; see [Repeated writes](crate#repeated-writes) for the cases.
    /// [`Client::with_retry_ambiguous_writes`] changes the setting for individual calls.
    pub fn retry_ambiguous_writes(mut self, retry: bool) -> Self {
        self.retry_ambiguous_writes = retry;
        self
    }

    /// Sets the timeout of an entire call, including all attempts and the waits between them; by default 5 minutes.
    /// The call does not begin a wait that is longer than the remaining time.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Replaces the network with a transport for tests that needs no socket. A credential that signs in
    /// still uses the network.
    #[cfg(feature = "mock")]
    pub fn mock_transport(mut self, transport: &crate::mock::MockTransport) -> Self {
        self.transport = Some(transport.clone());
        self
    }

    /// Records each request and its response, without secrets; by default nothing is recorded. Clones of the
    /// client share the recorder.
    #[cfg(feature = "recorder")]
    pub fn recorder(mut self, recorder: &crate::recorder::Recorder) -> Self {
        self.recorder = Some(recorder.clone());
        self
    }

    /// Sets the maximum number of bytes in a response body; by default 1 MiB. The documented responses are shorter than
    /// 1 KiB.
    ///
    /// A success with a longer body fails with [`ErrorKind::InvalidResponse`](crate::ErrorKind::InvalidResponse). So
    /// does a success with more than one object or list per 16 bytes of the limit, because even the model of an empty
    /// object takes a few hundred bytes. An error body is truncated at the limit.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
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
            .field("observer", &self.observer)
            .field("user_agent_suffix", &self.http.user_agent_suffix)
            .field("connect_timeout", &self.http.connect_timeout)
            .field("attempt_timeout", &self.http.timeout)
            .field("retry_ambiguous_writes", &self.retry_ambiguous_writes)
            .field("timeout", &self.timeout)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}
