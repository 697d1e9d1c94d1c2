//! Builds the HTTP clients that call operations and sign in.

use std::{error::Error as _, net::SocketAddr, sync::Arc, time::Duration};

use reqwest::{Client, ClientBuilder, Url, header::HeaderMap, redirect, retry};

use crate::{base_url, headers};

/// The settings of an HTTP client. They are applied before the guards, so that no setting can remove a guard.
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
             install `ca-certificates`, or set SSL_CERT_FILE to a PEM file that contains them"
        } else if self.configure.is_some() {
            "HTTP client: cannot be built; check the settings that `configure_http` changes"
        } else {
            "HTTP client: cannot be built on this machine"
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

/// Checks that rustls has a crypto provider, without which reqwest would panic. reqwest sets up TLS for every client,
/// even for one that uses only `http`. If native TLS is enabled too, reqwest uses it by default and needs no provider.
fn needs_crypto_provider() -> Result<(), &'static str> {
    #[cfg(all(
        feature = "rustls-no-provider",
        not(any(feature = "native-tls", feature = "rustls"))
    ))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Err("HTTP client: no crypto provider; install one as the process default, for \
                    example with `rustls::crypto::ring::default_provider().install_default()`");
    }
    Ok(())
}

/// Returns a builder with the default settings, which `configure_http` can replace.
fn defaults(server: &Url) -> ClientBuilder {
    // A proxy from the environment could not reach a server on this machine.
    if base_url::is_loopback(server) { Client::builder().no_proxy() } else { Client::builder() }
}

/// The maximum number of response headers. hyper's default is 100, which proxies exceed. hyper reserves space for the
/// maximum with each response, so a limit of 1000 would make calls 5 % slower.
const MOST_HEADERS: usize = 256;

/// Overrides the settings on which the safety of the token and the meaning of a response depend.
fn guarded(builder: ClientBuilder, server: &Url) -> ClientBuilder {
    let builder = builder
        .redirect(redirect::Policy::none())
        // Retries must be counted, and must respect the deadline and the limits of the client.
        .retry(retry::never().max_retries_per_request(0))
        // The reason phrase may be the only explanation of a 403, and HTTP/2 has none.
        .http1_only()
        .http1_max_headers(MOST_HEADERS)
        // Responses must not depend on the reqwest features that other crates enable.
        .no_brotli()
        .no_deflate()
        .no_gzip()
        .no_zstd();
    match server.scheme() {
        "http" => of_this_machine(builder),
        _ => builder.https_only(true),
    }
}

/// Keeps unencrypted requests on this machine, and allows a client without TLS to be built where there are no root
/// certificates.
fn of_this_machine(builder: ClientBuilder) -> ClientBuilder {
    let loopback = [[127, 0, 0, 1].into(), std::net::Ipv6Addr::LOCALHOST.into()];
    let loopback = loopback.map(|address| SocketAddr::new(address, 0));
    let builder = builder.no_proxy().resolve_to_addrs("localhost", &loopback);
    #[cfg(any(feature = "native-tls", feature = "rustls", feature = "rustls-no-provider"))]
    let builder = builder.tls_certs_only([]);
    builder
}
