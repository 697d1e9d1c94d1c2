//! Clients of a mock.

use super::{server::MockServer, transport::MockTransport};
use crate::{builder::ClientBuilder, client::Client};

impl MockTransport {
    /// Returns a client with this transport and a placeholder as its access token.
    pub fn client(&self) -> Client {
        self.builder().build().expect("a client without TLS can be built everywhere")
    }

    /// Returns a builder for a client with this transport, to change further settings.
    pub fn builder(&self) -> ClientBuilder {
        builder("http://localhost").mock_transport(self)
    }
}

impl MockServer {
    /// Returns a client for this server, with a placeholder as its access token.
    pub fn client(&self) -> Client {
        self.builder().build().expect("a server on this machine can be called over `http`")
    }

    /// Returns a builder for a client of this server, to change further settings.
    pub fn builder(&self) -> ClientBuilder {
        builder(self.url())
    }
}

/// Returns a builder for a client of a mock. The client does not use TLS.
fn builder(url: &str) -> ClientBuilder {
    let builder = Client::builder().base_url(url).access_token(ACCESS_TOKEN);
    // With OpenSSL, each new client would read all root certificates, which takes a tenth of a second.
    #[cfg(feature = "rustls")]
    let builder = builder.configure_http(|http| http.tls_backend_rustls());
    builder
}

/// The placeholder for an access token.
const ACCESS_TOKEN: &str = "access-token-of-the-mock";
