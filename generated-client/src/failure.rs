//! Why a request has no complete answer, by the errors below that of reqwest.

use std::{error::Error as StdError, io};

/// Why a request has no complete answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No URI can be made of the URL. Nothing was sent.
    Unsendable,
    Timeout,
    UnknownHost,
    /// There is no connection, and nothing was sent.
    NoConnection,
    /// The proxy answers `CONNECT` with something other than a connection.
    RefusedByProxy,
    /// One side does not accept what the other one says to set up TLS.
    RefusedTls,
    /// The server or a network between ended the connection.
    Ended,
    /// An answer came, and it is not HTTP.
    Malformed,
}

impl Failure {
    pub(crate) fn of(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::Timeout
        } else if error.is_builder() {
            Self::Unsendable
        } else if error.is_connect() {
            Self::of_connecting(error)
        } else if sources(error).any(is_malformed) {
            Self::Malformed
        } else {
            Self::Ended
        }
    }

    fn of_connecting(error: &reqwest::Error) -> Self {
        let texts: Vec<String> = sources(error).map(ToString::to_string).collect();
        let says = |text: &str| texts.iter().any(|other| other.contains(text));
        let kind = sources(error).find_map(io_kind);
        if UNKNOWN_HOST.iter().any(|text| says(text)) {
            Self::UnknownHost
        } else if kind == Some(io::ErrorKind::InvalidData) {
            Self::RefusedTls
        } else if kind.is_some() || ENDED.iter().any(|text| says(text)) {
            Self::NoConnection
        } else if says(TUNNEL) {
            Self::RefusedByProxy
        } else {
            // OpenSSL and its like have errors of their own for all but the network.
            Self::RefusedTls
        }
    }

    /// Whether the same request may have an answer later.
    pub(crate) fn is_transient(self) -> bool {
        matches!(self, Self::Timeout | Self::NoConnection | Self::Ended)
    }

    pub(crate) fn problem(self) -> &'static str {
        match self {
            Self::Unsendable => "no request can be made of these arguments",
            Self::Timeout => "no answer in the time allowed",
            Self::UnknownHost => "no such host; check the URL",
            Self::NoConnection => "no answer; the connection failed",
            Self::RefusedByProxy => {
                "the proxy refused to connect; check HTTPS_PROXY, \
                 and the user name and password in it"
            }
            Self::RefusedTls => {
                "no secure connection; if this machine lacks the root certificate of the server \
                 or of a proxy between, install it, or name its file in SSL_CERT_FILE"
            }
            Self::Ended => "the connection ended before an answer was complete",
            Self::Malformed => "the answer is not HTTP/1.1, or its head is too large",
        }
    }
}

/// `getaddrinfo` has no kind for it: Linux with glibc, with musl, macOS, Windows; then what rustls says of a name
/// that no certificate can have.
const UNKNOWN_HOST: [&str; 6] = [
    "Name or service not known",
    "Name does not resolve",
    "nodename nor servname provided, or not known",
    "No such host is known",
    "invalid dns name",
    "Invalid Server Name",
];

/// hyper-util does not export the errors of its tunnel.
const TUNNEL: &str = "tunnel error: ";

/// An end of the connection that is told by no error of input or output: hyper-util's, OpenSSL's, macOS's.
const ENDED: [&str; 4] = [
    "tunnel error: unexpected end of file",
    "unexpected eof",
    "unexpected EOF",
    "connection closed via error",
];

/// Whether a failure with this source may pass; so it may if the source is no error of reqwest.
pub(crate) fn is_transient(source: Option<&(dyn StdError + Send + Sync + 'static)>) -> bool {
    let error = source.and_then(|source| source.downcast_ref());
    error.is_none_or(|error| Failure::of(error).is_transient())
}

fn sources<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(error.source(), |&error| error.source())
}

/// The kind of an error of input or output; of one in another, the inner.
fn io_kind(error: &(dyn StdError + 'static)) -> Option<io::ErrorKind> {
    let error = error.downcast_ref::<io::Error>()?;
    let inner = error.get_ref().and_then(|inner| io_kind(inner));
    Some(inner.unwrap_or(error.kind()))
}

/// hyper tells a wrong head by itself, and a wrong chunk by the kind of an error within its own.
fn is_malformed(error: &(dyn StdError + 'static)) -> bool {
    let is_wrong_head = error.downcast_ref().is_some_and(hyper::Error::is_parse);
    let is_wrong_chunk =
        matches!(io_kind(error), Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput));
    is_wrong_head || is_wrong_chunk
}
