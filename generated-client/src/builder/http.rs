//! The settings of the HTTP client that calls operations.

use std::time::Duration;

use reqwest::Url;

use super::ClientBuilder;
use crate::{error::Error, headers, http::NotBuilt};

impl ClientBuilder {
    /// Changes the settings of the HTTP client: a proxy, root certificates, a client certificate, the
    /// connection pool, default headers, DNS and so on. If this is called more than once, only the last
    /// closure is used.
    ///
    /// ```no_run
    /// use std::time::Duration;
    ///
    /// use partner_center_client::{Client, reqwest::Proxy};
    ///
    /// let proxy = Proxy::https("http://proxy.example:3128")?;
    /// let client = Client::builder()
    ///     .access_token("eyJ0eXAi.eyJhdWQi.c2lnbmF0")
    ///     .configure_http(move |http| {
    ///         http.proxy(proxy.clone()).pool_idle_timeout(Duration::from_secs(30))
    ///     })
    ///     .build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Sign-in uses a separate HTTP client; change its settings with the `configure_http` method of the
    /// credential. Both can share one function.
    ///
    /// # Fixed settings
    ///
    /// [`build`](Self::build) calls the closure, and then overwrites the settings that keep the token safe
    /// and make responses readable. Therefore, the closure cannot change the following:
    ///
    /// - The client follows no redirects, and reqwest does not retry requests.
    /// - With an `https` base URL, the client sends no request over plain `http`. With an `http` base URL,
    ///   which must be on the local machine, it uses no proxy, and `localhost` is a loopback address.
    /// - The client uses HTTP/1.1, requests no compression and reads at most 256 headers.
    /// - The timeouts are the ones set on this builder, and a header that the client sets itself, such as
    ///   `Authorization` or `User-Agent`, replaces a default header of the same name.
    ///
    /// The closure can still disable certificate verification, with reqwest's methods whose names contain
    /// `danger`, and replace the entire TLS configuration or the connector. Those decisions are yours.
    ///
    /// # Why not a `reqwest::Client`
    ///
    /// The settings of a [`reqwest::Client`] can be neither read nor changed. If it followed redirects,
    /// this crate would notice only after the request had been sent to another server. Default headers and
    /// proxies that contain secrets are safe here: no `Debug` output of this crate shows them.
    pub fn configure_http(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http.configure(configure);
        self
    }

    /// Appends your program to the `User-Agent` header, for example `contoso-billing/2.1`; by default
    /// nothing is appended. The header begins with the name and version of this crate.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.http.user_agent_suffix = Some(suffix.into());
        self
    }

    /// Sets the timeout for connecting, including the TLS handshake; by default 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http.connect_timeout = timeout;
        self
    }

    /// Sets the timeout of each attempt of a call, from connecting to the last byte of the response; by
    /// default 60 seconds. An attempt that takes longer is abandoned, and the call is retried.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.http.timeout = timeout;
        self
    }

    pub(super) fn http_client(&self, url: &Url) -> Result<reqwest::Client, Error> {
        let application = self.application_name.as_deref().map(headers::application);
        let application = application.transpose().map_err(Error::configuration)?;
        let headers = headers::of_client(application, self.validate_mfa);
        self.http.build(url, headers).map_err(|NotBuilt { problem, source }| {
            let error = Error::configuration(problem);
            match source {
                Some(source) => error.with_source(source),
                None => error,
            }
        })
    }
}

#[cfg(all(
    test,
    feature = "rustls-no-provider",
    not(any(feature = "native-tls", feature = "rustls"))
))]
mod tests {
    use crate::{client::Client, error::ErrorKind};

    #[test]
    fn a_client_without_a_crypto_provider() {
        for url in ["https://api.partnercenter.microsoft.com", "http://127.0.0.1:1"] {
            let builder = Client::builder().base_url(url).access_token("token");
            let error = builder.build().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(error.to_string().contains("no crypto provider; install one"), "{error}");
        }
    }
}
