//! Builds the HTTP clients that call operations and sign in.

use std::error::Error as _;

use reqwest::{Client, ClientBuilder, Url, redirect};

use crate::{base_url, headers};

/// The maximum number of response headers. hyper's default is 100, which proxies exceed. hyper reserves space for all of
/// them for each response, so that a limit of 1000 would make calls 5 % slower.
const MOST_HEADERS: usize = 256;

/// Returns the builder of a client that sends secrets to this server only, and whose messages do not depend on
/// the reqwest features that another crate enables.
pub(crate) fn client(server: &Url) -> ClientBuilder {
    let builder = Client::builder()
        .default_headers(headers::common())
        .redirect(redirect::Policy::none())
        // The reason phrase may be the only explanation of a 403, and HTTP/2 has none.
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

/// Lets a client without TLS be built on a machine that has no root certificates.
fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    #[cfg(any(feature = "native-tls", feature = "rustls"))]
    let builder = builder.tls_certs_only([]);
    builder
}

/// Returns the reason why a client cannot be built. rustls reads the root certificates then; OpenSSL reads them for
/// each connection.
pub(crate) fn problem_of_building(error: &reqwest::Error) -> &'static str {
    let mut sources = std::iter::successors(error.source(), |&error| error.source());
    if sources.any(|error| error.to_string().contains("certificates")) {
        "HTTP client: this machine has no root certificates; \
         install `ca-certificates`, or name a PEM file of them in SSL_CERT_FILE"
    } else {
        "HTTP client: cannot be set up on this machine"
    }
}
