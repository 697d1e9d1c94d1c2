//! How a client is made.

use std::{fmt, time::Duration};

use reqwest::{
    Url,
    header::{AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT},
    redirect,
};

use crate::{base_url, client::Config, error::Error, generated::Client, headers};

/// The settings of a [`Client`], from [`Client::builder`]. Nothing is checked before
/// [`build`](Self::build).
#[derive(Clone)]
#[must_use = "a builder makes a client only when `build` is called"]
pub struct ClientBuilder {
    base_url: String,
    access_token: Option<String>,
    application_name: Option<String>,
    locale: String,
    validate_mfa: bool,
    connect_timeout: Duration,
    timeout: Duration,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            base_url: "https://api.partnercenter.microsoft.com".to_owned(),
            access_token: None,
            application_name: None,
            locale: "en-US".to_owned(),
            validate_mfa: false,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(100),
        }
    }

    /// The service's address without the `/v1` of the paths, with or without a slash at the end.
    ///
    /// By default `https://api.partnercenter.microsoft.com`. It must be `https`; `http` is for this
    /// machine only (`localhost`, `127.0.0.0/8`, `[::1]`), and then no proxy is used.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// The access token alone, without `Bearer`. Required.
    ///
    /// Its audience must be `https://api.partnercenter.microsoft.com`; [Microsoft's page][auth] says
    /// how to get one. No error and no `Debug` output shows it; where an answer repeats it verbatim,
    /// `<token>` stands in its place. One of less than eight characters counts as a stand-in for
    /// tests and is left in answers.
    ///
    /// [auth]: https://learn.microsoft.com/partner-center/developer/partner-center-authentication
    pub fn access_token(mut self, token: impl Into<String>) -> Self {
        self.access_token = Some(token.into());
        self
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

    /// How long connecting may take, TLS included; by default 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long a whole call may take, from connecting to the last byte of the answer; by default
    /// 100 seconds.
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
        let url = base_url::parse(&self.base_url)?;
        Ok(Client {
            baseurl: url.as_str().trim_end_matches('/').to_owned(),
            client: self.http_client(&url)?,
            inner: Config::new(self.headers()?, &self.locale)?,
        })
    }

    fn headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static(USER_AGENT_VALUE));
        headers.insert(AUTHORIZATION, authorization(self.access_token.as_deref())?);
        if let Some(name) = &self.application_name {
            headers.insert(headers::APPLICATION, application_header(name)?);
        }
        if self.validate_mfa {
            headers.insert(headers::VALIDATE_MFA, HeaderValue::from_static("true"));
        }
        Ok(headers)
    }

    fn http_client(&self, url: &Url) -> Result<reqwest::Client, Error> {
        let builder = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout)
            .timeout(self.timeout)
            .redirect(redirect::Policy::none())
            .referer(false)
            // A 403 may explain itself in its reason phrase only, and HTTP/2 has none.
            .http1_only()
            // The wire must not depend on which features of reqwest another crate switches on.
            .no_brotli()
            .no_deflate()
            .no_gzip()
            .no_zstd();
        let builder = if base_url::is_loopback(url) { builder.no_proxy() } else { builder };
        builder.build().map_err(|error| {
            Error::configuration("HTTP client: cannot be set up on this machine").with_source(error)
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("access_token", &self.access_token.as_ref().map(|_| "<token>"))
            .field("application_name", &self.application_name)
            .field("locale", &self.locale)
            .field("validate_mfa", &self.validate_mfa)
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

const USER_AGENT_VALUE: &str = concat!("partner-center-client/", env!("CARGO_PKG_VERSION"));

/// Takes the characters of RFC 6750 only, so that a line break from a file or a second `Bearer`
/// shows at once rather than as a 401.
fn authorization(token: Option<&str>) -> Result<HeaderValue, Error> {
    let Some(token) = token else {
        return Err(Error::configuration("access token: missing; pass it to `access_token`"));
    };
    let is_token = !token.is_empty() && token.bytes().all(is_token_byte);
    match HeaderValue::try_from(format!("Bearer {token}")) {
        Ok(mut value) if is_token => {
            value.set_sensitive(true);
            Ok(value)
        }
        _ => Err(Error::configuration(
            "access token: empty or not a token; pass it alone, without `Bearer`, quotes or line breaks",
        )),
    }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte)
}

fn application_header(name: &str) -> Result<HeaderValue, Error> {
    let is_plain = name.is_ascii() && !name.trim().is_empty();
    HeaderValue::from_str(name).ok().filter(|_| is_plain).ok_or_else(|| {
        Error::configuration(
            "application name: empty or not printable ASCII; use letters and digits",
        )
    })
}
