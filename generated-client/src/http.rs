//! HTTP clients, as this crate makes them to call operations and to sign in.

use reqwest::{
    Client, ClientBuilder, Url,
    header::{ACCEPT_ENCODING, HeaderMap, HeaderValue},
    redirect,
};

use crate::base_url;

/// Why `build` fails.
pub(crate) const NOT_BUILT: &str = "HTTP client: cannot be set up on this machine";

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
    if base_url::is_loopback(server) { builder.no_proxy() } else { builder }
}
