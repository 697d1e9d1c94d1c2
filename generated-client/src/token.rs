//! Keeps the access token out of answers, should an intermediary send the request back.

use reqwest::{
    Request,
    header::{AUTHORIZATION, HeaderMap, HeaderValue},
};

/// A shorter one is a stand-in of a test, and might be part of an ordinary word of the answer.
const SHORTEST: usize = 8;

/// The access token that a request carries.
pub(crate) struct Token(Vec<u8>);

impl Token {
    pub(crate) fn of(request: &Request) -> Self {
        let value = request.headers().get(AUTHORIZATION).map(HeaderValue::as_bytes);
        let value = value.unwrap_or_default();
        Self(value.strip_prefix(b"Bearer ").unwrap_or(value).to_vec())
    }

    /// The text with `<token>` in the token's place, or `None` if the token is not in it.
    pub(crate) fn hidden_in(&self, text: &[u8]) -> Option<Vec<u8>> {
        let mut start = self.find(text)?;
        let (mut shown, mut rest) = (Vec::with_capacity(text.len()), text);
        loop {
            shown.extend_from_slice(&rest[..start]);
            shown.extend_from_slice(b"<token>");
            rest = &rest[start + self.0.len()..];
            let Some(next) = self.find(rest) else { break };
            start = next;
        }
        shown.extend_from_slice(rest);
        Some(shown)
    }

    pub(crate) fn hide_in_headers(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            if let Some(shown) = self.hidden_in(value.as_bytes()) {
                *value = HeaderValue::from_bytes(&shown)
                    .expect("a header value stays one with `<token>` in it");
            }
        }
    }

    fn find(&self, text: &[u8]) -> Option<usize> {
        let token = self.0.as_slice();
        if token.len() < SHORTEST {
            return None;
        }
        text.windows(token.len()).position(|part| part == token)
    }
}
