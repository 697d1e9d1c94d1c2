//! Builds the HTTP clients that call operations and sign in.

use std::{error::Error as _, net::SocketAddr, sync::Arc, time::Duration};

use reqwest::{Client, ClientBuilder, Url, header::HeaderMap, redirect, retry};

use crate::{base_url, headers};

/// The settings of an HTTP client. They are applied before the guards, so that none of them can drop one.
#[derive(Clone)]
pub(crate) struct HttpSettings {
    pub(crate) user_agent_suffix: Option<String>,
    pub(crate) configure: Option<Arc<Configure>>,
    pub(crate) connect_timeout: Duration,
    /// The timeout of one request, from connecting to the last byte of the response.
    pub(crate) timeout: Duration,
}

type Configure = dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync;

impl HttpSettings {
    pub(crate) fn new(timeout: Duration) -> Self {
        let connect_timeout = Duration::from_secs(10);
        Self { user_agent_suffix: None, configure: None, connect_timeout, timeout }
    }

    pub(crate) fn configure(
        &mut self,
        configure: impl Fn(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
    ) {
        self.configure = Some(Arc::new(configure));
    }

    /// Builds a client that sends secrets and these headers to this server only.
    pub(crate) fn build(&self, server: &Url, headers: HeaderMap) -> Result<Client, NotBuilt> {
        let user_agent = headers::user_agent(self.user_agent_suffix.as_deref())?;
        needs_crypto_provider()?;
        let builder = self.configured(defaults(server));
        guarded(builder, server)
            .default_headers(headers)
            .default_headers(headers::common(user_agent))
            .connect_timeout(self.connect_timeout)
            .timeout(self.timeout)
            .build()
            .map_err(|error| self.not_built(error))
    }

    fn configured(&self, builder: ClientBuilder) -> ClientBuilder {
        match &self.configure {
            Some(configure) => configure(builder),
            None => builder,
        }
    }

    /// rustls reads the root certificates when the client is built; OpenSSL reads them for each connection.
    fn not_built(&self, error: reqwest::Error) -> NotBuilt {
        let mut sources = std::iter::successors(error.source(), |&error| error.source());
        let problem = if sources.any(|error| error.to_string().contains("No CA certificates")) {
            "HTTP client: this machine has no root certificates; \
             install `ca-certificates`, or name a PEM file of them in SSL_CERT_FILE"
        } else if self.configure.is_some() {
            "HTTP client: cannot be set up; check the settings that `configure_http` makes"
        } else {
            "HTTP client: cannot be set up on this machine"
        };
        NotBuilt { problem, source: Some(error) }
    }
}

/// The reason why an HTTP client cannot be built.
#[derive(Debug)]
pub(crate) struct NotBuilt {
    pub(crate) problem: &'static str,
    pub(crate) source: Option<reqwest::Error>,
}

impl From<&'static str> for NotBuilt {
    fn from(problem: &'static str) -> Self {
        Self { problem, source: None }
    }
}

/// Checks what would make reqwest panic. It prepares TLS for each client, also for one that only uses `http`; with native
/// TLS too, that is its default.
fn needs_crypto_provider() -> Result<(), &'static str> {
    #[cfg(all(
        feature = "rustls-no-provider",
        not(any(feature = "native-tls", feature = "rustls"))
    ))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Err("HTTP client: no crypto provider; install one as the default of the process, \
                    such as with `rustls::crypto::ring::default_provider().install_default()`");
    }
    Ok(())
}

/// Returns a builder with the settings that a consumer may replace.
fn defaults(server: &Url) -> ClientBuilder {
    // The proxy of the environment could not reach a server of this machine.
    if base_url::is_loopback(server) { Client::builder().no_proxy() } else { Client::builder() }
}

/// The maximum number of response headers. hyper's default is 100, which proxies exceed. hyper reserves space for all of
/// them for each response, so that a limit of 1000 would make calls 5 % slower.
const MOST_HEADERS: usize = 256;

/// Replaces the settings on which the safety of the token and the meaning of a response depend.
fn guarded(builder: ClientBuilder, server: &Url) -> ClientBuilder {
    let builder = builder
        .redirect(redirect::Policy::none())
        // A repetition must be counted, and keep to the deadline and the limits of the client.
        .retry(retry::never().max_retries_per_request(0))
        // The reason phrase may be the only explanation of a 403, and HTTP/2 has none.
        .http1_only()
        .http1_max_headers(MOST_HEADERS)
        // Responses must not depend on the features of reqwest that another crate enables.
        .no_brotli()
        .no_deflate()
        .no_gzip()
        .no_zstd();
    match server.scheme() {
        "http" => of_this_machine(builder),
        _ => builder.https_only(true),
    }
}

/// Keeps requests without encryption on this machine, and lets a client without TLS be built where there are no root
/// certificates.
fn of_this_machine(builder: ClientBuilder) -> ClientBuilder {
    let loopback = [[127, 0, 0, 1].into(), std::net::Ipv6Addr::LOCALHOST.into()];
    let loopback = loopback.map(|address| SocketAddr::new(address, 0));
    let builder = builder.no_proxy().resolve_to_addrs("localhost", &loopback);
    #[cfg(any(feature = "native-tls", feature = "rustls", feature = "rustls-no-provider"))]
    let builder = builder.tls_certs_only([]);
    builder
}

#[cfg(all(
    test,
    feature = "rustls-no-provider",
    not(any(feature = "native-tls", feature = "rustls"))
))]
mod tests {
    use crate::{Client, ErrorKind};

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
