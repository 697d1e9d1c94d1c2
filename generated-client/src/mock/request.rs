//! A request as a mock received it.

use reqwest::header::HeaderMap;

use super::message::{Message, header};

/// A request that a [`MockServer`](super::MockServer) or [`MockTransport`](super::MockTransport) received.
///
/// Its `Debug` output does not show the access token.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Request {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, including the query if there is one.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; empty if there is none.
    pub body: Vec<u8>,
}

impl Request {
    pub(super) fn new(message: &Message) -> Self {
        let mut words = message.lines.first().map(String::as_str).unwrap_or_default().split(' ');
        let method = words.next().unwrap_or_default().to_owned();
        let path = words.next().unwrap_or_default().to_owned();
        let headers = message.headers().filter_map(|(name, value)| header(name, value)).collect();
        Self { method, path, headers, body: message.body.clone() }
    }

    /// Returns the value of a header; `None` if it is absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the path without the query.
    pub(super) fn path_alone(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }
}
