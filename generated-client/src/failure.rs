//! Determines why a request failed, from the chain of errors that reqwest returns.

use std::{error::Error as StdError, io};

/// The reason why a request got no complete response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The URL is not a valid URI. Nothing was sent.
    Unsendable,
    Timeout,
    UnknownHost,
    /// No connection was made, and nothing was sent.
    NoConnection,
    /// The proxy refused the `CONNECT` request.
    RefusedByProxy,
    /// The TLS handshake failed, or the server rejected the client certificate after it.
    RefusedTls,
    /// The server or the network closed the connection.
    Ended,
    /// The response is not valid HTTP.
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
        } else if sources(error).any(is_alert) {
            Self::RefusedTls
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
            // OpenSSL and similar libraries have their own error types for everything but the network.
            Self::RefusedTls
        }
    }

    pub(crate) fn problem(self) -> &'static str {
        match self {
            Self::Unsendable => "these arguments do not form a valid request",
            Self::Timeout => "no response in the time allowed",
            Self::UnknownHost => "no such host; check the URL",
            Self::NoConnection => "no response; the connection failed",
            Self::RefusedByProxy => {
                "the proxy refused to connect; check HTTPS_PROXY, \
                 and the user name and password in it"
            }
            Self::RefusedTls => {
                "no secure connection; if this machine lacks the root certificate of the server \
                 or of a proxy in between, install it, or set SSL_CERT_FILE to a file that contains it"
            }
            Self::Ended => "the connection ended before the response was complete",
            Self::Malformed => "the response is not HTTP/1.1, or its head is too large",
        }
    }
}

/// Messages for an unknown host, because there is no error kind for a failed `getaddrinfo`: from glibc, musl, macOS and
/// Windows, and then from rustls for a name that no certificate can have.
const UNKNOWN_HOST: [&str; 6] = [
    "Name or service not known",
    "Name does not resolve",
    "nodename nor servname provided, or not known",
    "No such host is known",
    "invalid dns name",
    "Invalid Server Name",
];

/// The beginning of hyper-util's tunnel errors, whose type is not public.
const TUNNEL: &str = "tunnel error: ";

/// Messages for a closed connection without an `io::Error`, from hyper-util, OpenSSL and macOS.
const ENDED: [&str; 4] = [
    "tunnel error: unexpected end of file",
    "unexpected eof",
    "unexpected EOF",
    "connection closed via error",
];

fn sources<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(error.source(), |&error| error.source())
}

/// Returns the kind of an `io::Error`; if errors are nested, the kind of the innermost.
fn io_kind(error: &(dyn StdError + 'static)) -> Option<io::ErrorKind> {
    let error = error.downcast_ref::<io::Error>()?;
    let inner = error.get_ref().and_then(|inner| io_kind(inner));
    Some(inner.unwrap_or(error.kind()))
}

/// Returns whether an error is a TLS alert, judging by the messages of rustls and OpenSSL. With TLS 1.3, the handshake ends
/// before the server has checked the client certificate.
fn is_alert(error: &(dyn StdError + 'static)) -> bool {
    let text = error.to_string();
    text.starts_with("received fatal alert") || text.contains("SSL routines")
}

/// Returns whether a response is not valid HTTP. hyper reports an invalid head as its own error, and an invalid chunk
/// as the kind of an inner `io::Error`.
fn is_malformed(error: &(dyn StdError + 'static)) -> bool {
    let is_wrong_head = error.downcast_ref().is_some_and(hyper::Error::is_parse);
    let is_wrong_chunk =
        matches!(io_kind(error), Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput));
    is_wrong_head || is_wrong_chunk
}
