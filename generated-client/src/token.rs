//! The access token of a request: how it is sent, and kept out of answers.

use std::{fmt, sync::Arc};

use memchr::{memchr, memmem::Finder};
use reqwest::header::{HeaderMap, HeaderValue};

/// A shorter secret is a stand-in of a test, and might be part of an ordinary word of the answer.
pub(crate) const SHORTEST: usize = 8;

const SCHEME: &str = "Bearer ";

/// The access token that a request carries.
#[derive(Clone)]
pub(crate) struct Token {
    header: HeaderValue,
    finder: Arc<Finder<'static>>,
}

impl Token {
    /// Takes the characters of RFC 6750 only, so that a line break from a file or a second `Bearer`
    /// shows at once rather than as a 401. `None` if there are others, or none at all.
    pub(crate) fn new(secret: &str) -> Option<Self> {
        let is_token = !secret.is_empty() && secret.bytes().all(is_token_byte);
        let mut header = HeaderValue::try_from(format!("{SCHEME}{secret}")).ok()?;
        header.set_sensitive(true);
        let finder = || Arc::new(Finder::new(secret).into_owned());
        is_token.then(|| Self { header, finder: finder() })
    }

    /// The value of the `Authorization` header.
    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    /// The text with `<token>` in the token's place, or `None` if the token is not in it. Should an
    /// intermediary send the request back, nothing made of the answer shows the token.
    pub(crate) fn hidden_in(&self, text: &[u8]) -> Option<Vec<u8>> {
        if self.secret().len() < SHORTEST {
            return None;
        }
        replaced(text, &self.finder, b"<token>")
    }

    /// The body with `<token>` in the token's place, in UTF-16 too.
    pub(crate) fn hide_in_body(&self, body: Vec<u8>) -> Vec<u8> {
        let body = self.hidden_in(&body).unwrap_or(body);
        // UTF-16 has a zero beside each character of a token, and other text has none.
        if memchr(0, &body).is_none() || self.secret().len() < SHORTEST {
            return body;
        }
        [u16::to_le_bytes, u16::to_be_bytes].into_iter().fold(body, |body, bytes| {
            let utf_16 = |text: &[u8]| -> Vec<u8> {
                text.iter().flat_map(|&byte| bytes(u16::from(byte))).collect()
            };
            let secret = utf_16(self.secret());
            replaced(&body, &Finder::new(&secret), &utf_16(b"<token>")).unwrap_or(body)
        })
    }

    pub(crate) fn hide_in_headers(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            if let Some(shown) = self.hidden_in(value.as_bytes()) {
                *value = HeaderValue::from_bytes(&shown)
                    .expect("a header value stays one with `<token>` in it");
            }
        }
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

/// The text with each occurrence replaced, or `None` if there is none.
fn replaced(text: &[u8], finder: &Finder<'_>, replacement: &[u8]) -> Option<Vec<u8>> {
    let mut start = finder.find(text)?;
    let (mut shown, mut rest) = (Vec::with_capacity(text.len()), text);
    loop {
        shown.extend_from_slice(&rest[..start]);
        shown.extend_from_slice(replacement);
        rest = &rest[start + finder.needle().len()..];
        let Some(next) = finder.find(rest) else { break };
        start = next;
    }
    shown.extend_from_slice(rest);
    Some(shown)
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte)
}
