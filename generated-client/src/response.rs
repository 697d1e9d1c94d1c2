//! An answer: as it was read, and as a caller gets it.

use std::{
    borrow::Cow, collections::BTreeMap, error::Error as StdError, fmt, ops::Deref, time::Duration,
};

use hyper::ext::ReasonPhrase;
use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderName},
};
use serde::de::{DeserializeOwned, Error as _, IgnoredAny};

use crate::{call::Call, encoding, error::Error, excerpt, headers, runtime::Answer, token::Token};

/// The value that an operation answered with, and what came along with it.
///
/// It dereferences to the value; [`into_inner`](Self::into_inner) takes the value out.
///
/// ```no_run
/// # async fn run(client: partner_center_client::Client, customer: uuid::Uuid)
/// # -> Result<(), partner_center_client::Error> {
/// # use partner_center_client::uuid;
/// let overages = client.get_overage(&customer).await?;
/// println!("{} overages, request ID {}", overages.items.len(), overages.request_id());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ResponseValue<T> {
    value: T,
    head: Box<Head>,
}

/// Returns whether the answer has members, but none that the document declares: a fault, or a budget in a
/// wrapper, must not be taken for a budget that is not set. A declared member that is null is one.
fn is_foreign(value: &impl Answer, response: &Response) -> bool {
    let undeclared = value.undeclared();
    undeclared > 0
        && serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(&response.text())
            .is_ok_and(|members| members.len() == undeclared)
}

impl<T> ResponseValue<T> {
    /// Asynchronous, as the generated operations await it.
    pub(crate) async fn from_response(response: Response) -> Result<Self, Error>
    where
        T: Answer + DeserializeOwned,
    {
        match response.decoded::<T>() {
            Ok(value) if is_foreign(&value, &response) => {
                let error = serde_json::Error::custom("it has none of the declared members");
                Err(Error::invalid_response(response, error))
            }
            Ok(value) => Ok(Self { value, head: response.head }),
            Err(error) => Err(Error::invalid_response(response, error)),
        }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    pub(crate) fn into_head(self) -> Box<Head> {
        self.head
    }

    /// The status, one of those that the operation documents as success.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The `MS-RequestId` of the answer, or the one sent if the answer has none.
    pub fn request_id(&self) -> &str {
        self.head.request_id()
    }

    /// The `MS-CorrelationId` of the answer, or the one sent if the answer has none.
    pub fn correlation_id(&self) -> &str {
        self.head.correlation_id()
    }

    /// How often the call was sent until this answer came, this time included.
    pub fn attempts(&self) -> u32 {
        self.head.call.attempts
    }

    /// How long the call took, with all its attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.head.call.elapsed
    }

    /// Whether the access token was obtained with multi-factor authentication.
    ///
    /// `None` if the service did not say; it does if
    /// [`ClientBuilder::validate_mfa`](crate::ClientBuilder::validate_mfa) asked for it and the
    /// token is of the app+user kind.
    pub fn is_mfa_compliant(&self) -> Option<bool> {
        self.head.text(&headers::IS_MFA_COMPLIANT)?.to_ascii_lowercase().parse().ok()
    }
}

impl ResponseValue<()> {
    #[allow(dead_code, reason = "for operations that answer without a body; at present none does")]
    pub(crate) fn empty(response: Response) -> Self {
        Self { value: (), head: response.head }
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseValue")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("correlation_id", &self.correlation_id())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

/// An answer whose body has been read, as far as it came. The access token is nowhere in it, so that
/// nothing made of it can show the token.
pub(crate) struct Response {
    /// It is large and goes through many hands, so it stays in a box.
    pub(crate) head: Box<Head>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// Reads the whole body; if it is incomplete, gives what came of it together with the cause.
    pub(crate) async fn read(
        call: &Call,
        mut response: reqwest::Response,
        token: &Token,
    ) -> (Self, Option<Incomplete>) {
        let (body, failure) = read_body(&mut response).await;
        let body = token.hide_in_body(body);
        let (status, reason) = (response.status(), reason(&response, token));
        let mut headers = std::mem::take(response.headers_mut());
        token.hide_in_headers(&mut headers);
        let head = Box::new(Head { call: call.snapshot(), status, reason, headers });
        (Self { head, body }, failure)
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The text of the body in UTF-8.
    pub(crate) fn text(&self) -> Cow<'_, [u8]> {
        encoding::to_utf_8(&self.head.headers, &self.body)
    }

    /// Bodies are UTF-8 as a rule, so only one that is not JSON is looked at closer.
    fn decoded<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(excerpt::without_bom(&self.body)).or_else(|error| {
            match self.text() {
                Cow::Owned(text) => serde_json::from_slice(&text),
                Cow::Borrowed(_) => Err(error),
            }
        })
    }
}

/// An answer without its body.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) call: Call,
    pub(crate) status: StatusCode,
    /// A 403 may explain itself here and nowhere else.
    pub(crate) reason: Option<Cow<'static, str>>,
    pub(crate) headers: HeaderMap,
}

impl Head {
    /// The ID that the answer names, or else the one that was sent.
    pub(crate) fn request_id(&self) -> &str {
        self.text(&headers::REQUEST_ID).unwrap_or(self.call.request_id())
    }

    /// The ID that the answer names, or else the one that was sent.
    pub(crate) fn correlation_id(&self) -> &str {
        self.text(&headers::CORRELATION_ID).unwrap_or(self.call.correlation_id())
    }

    pub(crate) fn content_type(&self) -> Option<&str> {
        self.text(&CONTENT_TYPE)
    }

    /// A header's value, if it is text and says something.
    pub(crate) fn text(&self, name: &HeaderName) -> Option<&str> {
        headers::text(&self.headers, name)
    }
}

/// Why a body is not whole.
pub(crate) enum Incomplete {
    BrokenOff(reqwest::Error),
    TooLong,
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
            Incomplete::TooLong => "the body is longer than 64 MiB".into(),
        }
    }
}

/// Twice what a hundred thousand overages take. A broken intermediary must not fill the memory.
const LONGEST_BODY: usize = 64 << 20;

pub(crate) async fn read_body(response: &mut reqwest::Response) -> (Vec<u8>, Option<Incomplete>) {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > LONGEST_BODY => {
                return (body, Some(Incomplete::TooLong));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return (body, None),
            Err(error) => return (body, Some(error.into())),
        }
    }
}

/// hyper keeps the phrase only if it is not the usual one of its status.
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
    use crate::call::{Ids, OperationInfo};

    /// Every operation that there is documents 200 alone, so no call can show this.
    #[tokio::test]
    async fn a_value_has_the_status_of_its_answer() {
        let operation = OperationInfo { operation_id: "order", method: "POST", path: "/v1/orders" };
        let call = Call::begin(&operation, &Ids::default());
        let (status, headers) = (StatusCode::CREATED, HeaderMap::new());
        let head = Box::new(Head { call, status, reason: None, headers });
        let value = ResponseValue::<bool>::from_response(Response { head, body: b"true".into() });
        assert_eq!(value.await.unwrap().status(), StatusCode::CREATED);
    }

    async fn read(length: usize) -> (usize, bool) {
        let mut response = hyper::Response::new(vec![b' '; length]).into();
        let (body, incomplete) = read_body(&mut response).await;
        (body.len(), incomplete.is_some())
    }

    #[tokio::test]
    async fn the_longest_body_is_read_whole() {
        assert_eq!(read(LONGEST_BODY).await, (LONGEST_BODY, false));
    }

    #[tokio::test]
    async fn a_longer_one_is_not() {
        assert_eq!(read(LONGEST_BODY + 1).await, (0, true));
    }
}
