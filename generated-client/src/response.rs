//! A response and its body.

use std::{borrow::Cow, error::Error as StdError};

use hyper::ext::ReasonPhrase;
use reqwest::StatusCode;
use serde::de::{DeserializeOwned, Error as _};

use crate::{call::Call, encoding, excerpt, head::Head, redact::End, report::Report, token::Token};

/// A response with the part of its body that was received. The access token is removed from it, so that
/// nothing derived from it can show the token.
pub(crate) struct Response {
    /// Boxed, because it is large and often moved.
    pub(crate) head: Box<Head>,
    pub(crate) body: Vec<u8>,
    /// The maximum number of bytes in the body.
    pub(crate) limit: usize,
    pub(crate) report: Report,
}

impl Response {
    /// Reads the entire body. If it is incomplete or longer than the limit, returns the part that was read, together
    /// with the reason.
    pub(crate) async fn read(
        call: &Call,
        mut response: reqwest::Response,
        token: &Token,
        limit: usize,
    ) -> (Self, Option<Incomplete>) {
        let (body, failure) = read_body(&mut response, limit).await;
        let end = if failure.is_some() { End::Cut } else { End::Whole };
        let body = token.hide_in_body(body, end);
        let (status, reason) = (response.status(), reason(&response, token));
        let mut headers = std::mem::take(response.headers_mut());
        token.hide_in_headers(&mut headers);
        let head = Box::new(Head { call: call.snapshot(), status, reason, headers });
        (Self { head, body, limit, report: Report::default() }, failure)
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the body in UTF-8.
    pub(crate) fn text(&self) -> Cow<'_, [u8]> {
        encoding::to_utf_8(&self.head.headers, &self.body)
    }

    /// Deserializes the body. Most bodies are UTF-8, so other encodings are tried only if that fails.
    pub(crate) fn decoded<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        check_objects(&self.body, self.limit)?;
        serde_json::from_slice(excerpt::without_bom(&self.body)).or_else(|error| {
            match self.text() {
                Cow::Owned(text) => serde_json::from_slice(&text),
                Cow::Borrowed(_) => Err(error),
            }
        })
    }
}

/// The reason why a body is incomplete.
pub(crate) enum Incomplete {
    BrokenOff(reqwest::Error),
    TooLong {
        /// The maximum number of bytes.
        limit: usize,
    },
}

impl From<reqwest::Error> for Incomplete {
    fn from(error: reqwest::Error) -> Self {
        Self::BrokenOff(error)
    }
}

impl From<Incomplete> for Box<dyn StdError + Send + Sync> {
    fn from(incomplete: Incomplete) -> Self {
        match incomplete {
            Incomplete::BrokenOff(error) => error.without_url().into(),
            Incomplete::TooLong { limit } => {
                format!("the body is longer than the limit of {limit} bytes").into()
            }
        }
    }
}

/// The default limit for a body. Each documented response is shorter than 1 KiB, and a collection has one item for each
/// kind of service, so this is a thousand times the expected length.
pub(crate) const DEFAULT_LIMIT: usize = 1 << 20;

/// Reads a body up to a limit, so that a broken intermediary cannot exhaust the memory.
pub(crate) async fn read_body(
    response: &mut reqwest::Response,
    limit: usize,
) -> (Vec<u8>, Option<Incomplete>) {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = limit - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return (body, Some(Incomplete::TooLong { limit }));
                }
            }
            Ok(None) => return (body, None),
            Err(error) => return (body, Some(error.into())),
        }
    }
}

/// The number of bytes of the limit per object or list that a body can have. In the documented responses, objects and
/// lists are longer than 50 bytes on average.
const BYTES_FOR_EACH: usize = 16;

/// Rejects a body with too many objects or lists: an empty object takes 2 bytes as JSON, but a few hundred as a model.
fn check_objects(body: &[u8], limit: usize) -> serde_json::Result<()> {
    let most = limit / BYTES_FOR_EACH;
    if memchr::memchr2_iter(b'{', b'[', body).count() > most {
        let problem = format_args!(
            "more than {most} objects and lists take too much memory; \
             if the body is valid, raise `max_response_bytes`"
        );
        return Err(serde_json::Error::custom(problem));
    }
    Ok(())
}

/// Returns the reason phrase. hyper keeps it only if it is not the canonical phrase for the status.
fn reason(response: &reqwest::Response, token: &Token) -> Option<Cow<'static, str>> {
    match response.extensions().get::<ReasonPhrase>().map(ReasonPhrase::as_bytes) {
        Some(phrase) => {
            let phrase = token.hidden_in(phrase).unwrap_or_else(|| phrase.to_owned());
            Some(String::from_utf8_lossy(&phrase).trim().to_owned().into())
        }
        None => response.status().canonical_reason().map(Cow::Borrowed),
    }
    .filter(|phrase| !phrase.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(length: usize, limit: usize) -> (usize, bool) {
        let mut response = hyper::Response::new(vec![b' '; length]).into();
        let (body, incomplete) = read_body(&mut response, limit).await;
        (body.len(), incomplete.is_some())
    }

    #[tokio::test]
    async fn a_body_at_the_limit_is_read_completely() {
        assert_eq!(read(100, 100).await, (100, false));
    }

    #[tokio::test]
    async fn a_longer_body_is_read_up_to_the_limit() {
        assert_eq!(read(101, 100).await, (100, true));
    }
}
