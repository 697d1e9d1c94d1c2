//! The access token of a request: sends it, and removes it from responses.

use std::{fmt, sync::Arc};

use memchr::memmem::Finder;
use reqwest::header::{HeaderMap, HeaderValue};

use crate::redact::{End, SHORTEST, redact, redact_utf_16};

const SCHEME: &str = "Bearer ";

/// The access token that a request carries.
#[derive(Clone)]
pub(crate) struct Token {
    header: HeaderValue,
    finder: Arc<Finder<'static>>,
}

impl Token {
    /// Creates a token; returns `None` if it is empty or contains characters that RFC 6750 does not allow.
    /// A line break from a file or a second `Bearer` is therefore an immediate error instead of a 401.
    pub(crate) fn new(secret: &str) -> Option<Self> {
        let is_token = !secret.is_empty() && secret.bytes().all(is_token_byte);
        let mut header = HeaderValue::try_from(format!("{SCHEME}{secret}")).ok()?;
        header.set_sensitive(true);
        let finder = || Arc::new(Finder::new(secret).into_owned());
        is_token.then(|| Self { header, finder: finder() })
    }

    /// Returns the value of the `Authorization` header.
    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    /// Replaces the token in the text with `<token>`; returns `None` if the text does not contain the token. A proxy
    /// may echo the request, so a response may contain the token, which no output may show.
    pub(crate) fn hidden_in(&self, text: &[u8]) -> Option<Vec<u8>> {
        if self.is_placeholder() {
            return None;
        }
        redact(text, End::Whole, &self.finder, b"<token>")
    }

    /// Replaces the token in a body with `<token>`, even in UTF-16 text. If the body was cut off, it may end with the
    /// beginning of the token, which is replaced too.
    pub(crate) fn hide_in_body(&self, body: Vec<u8>, end: End) -> Vec<u8> {
        if self.is_placeholder() {
            return body;
        }
        let body = redact(&body, end, &self.finder, b"<token>").unwrap_or(body);
        redact_utf_16(body, end, &self.finder, "<token>")
    }

    pub(crate) fn hide_in_headers(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            if let Some(shown) = self.hidden_in(value.as_bytes()) {
                *value = HeaderValue::from_bytes(&shown)
                    .expect("a header value with `<token>` in it is valid");
            }
        }
    }

    fn is_placeholder(&self) -> bool {
        self.secret().len() < SHORTEST
    }

    fn secret(&self) -> &[u8] {
        self.finder.needle()
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.secret() == other.secret()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<token>")
    }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte)
}
