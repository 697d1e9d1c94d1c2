//! HTTP clients, as this crate makes them to call operations and to sign in.

use std::error::Error as _;

use reqwest::{
    Client, ClientBuilder, Url,
    header::{ACCEPT_ENCODING, HeaderMap, HeaderValue},
    redirect,
};

use crate::base_url;

const USER_AGENT: &str = concat!("partner-center-client/", env!("CARGO_PKG_VERSION"));

/// hyper's own limit is 100, which proxies exceed, and the buffer for them holds 400 KiB.
const MOST_HEADERS: usize = 1000;

/// Begins a client of this server that takes no secret elsewhere, and whose messages do not depend on
/// which features of reqwest another crate switches on.
pub(crate) fn client(server: &Url) -> ClientBuilder {
    let no_coding = (ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let builder = Client::builder()
        .user_agent(USER_AGENT)
        .default_headers(HeaderMap::from_iter([no_coding]))
        .redirect(redirect::Policy::none())
        // A 403 may explain itself in its reason phrase only, and HTTP/2 has none.
        .http1_only()
        .http1_max_headers(MOST_HEADERS)
        .no_brotli()
        .no_deflate()
        .no_gzip()
        .no_zstd();
    match (base_url::is_loopback(server), server.scheme()) {
        (true, "http") => without_certificates(builder.no_proxy()),
        (true, _) => builder.no_proxy(),
        (false, _) => builder,
    }
}

/// Lets a client without TLS be made on a machine that has no root certificates.
fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    #[cfg(any(feature = "native-tls", feature = "rustls"))]
    let builder = builder.tls_certs_only([]);
    builder
}

/// Says why a client cannot be made. rustls reads the root certificates when it is; OpenSSL for each connection.
pub(crate) fn problem_of_building(error: &reqwest::Error) -> &'static str {
    let mut sources = std::iter::successors(error.source(), |&error| error.source());
    if sources.any(|error| error.to_string().contains("certificates")) {
        "HTTP client: this machine has no root certificates; \
         install `ca-certificates`, or name a PEM file of them in SSL_CERT_FILE"
    } else {
        "HTTP client: cannot be set up on this machine"
    }
}
