//! Failures and other misbehavior of real services.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::{edit, examples, message::Message, text};

/// A change to the next response of a [`MockServer`](super::MockServer) or
/// [`MockTransport`](super::MockTransport), or a replacement for it.
///
/// It applies to the next request of any operation, or of one operation with [`of`](Self::of). It applies
/// once, unless [`times`](Self::times) or [`always`](Self::always) says otherwise. A request whose
/// response is replaced does not change what the mock remembers.
#[derive(Clone, Debug)]
#[must_use = "a quirk applies only when it is passed to a mock"]
pub struct Quirk {
    pub(super) change: Change,
    pub(super) times: usize,
    /// The operation that the quirk is limited to.
    pub(super) operation: Option<&'static str>,
}

/// The change to a response.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Sends another response.
    Instead(Message),
    /// Sends another body.
    Body(fn(Vec<u8>) -> Vec<u8>),
    /// Pauses before the response.
    Late(Duration),
    /// Pauses in the middle of the body.
    Slow(Duration),
    /// Closes the connection in the middle of the body.
    Truncated,
    /// Sends these bytes and closes the connection.
    Raw(Vec<u8>),
}

impl Quirk {
    /// Puts a byte order mark before the JSON text, as the service is known to do.
    pub fn byte_order_mark() -> Self {
        Self::body(|body| [b"\xef\xbb\xbf", body.as_slice()].concat())
    }

    /// Throttles: responds with 429 and a `Retry-After` of at least one second, truncated to whole seconds.
    pub fn throttled(retry_after: Duration) -> Self {
        let seconds = retry_after.as_secs().max(1).to_string();
        let message = format!("Rate limit is exceeded. Try again in {seconds} seconds.");
        let body = json!({ "statusCode": 429, "message": message });
        Self::instead(429, &[JSON, ("retry-after", &seconds)], &body.to_string())
    }

    /// Responds with a status and no body.
    ///
    /// # Panics
    ///
    /// Panics if the status is not between 100 and 999.
    pub fn status(status: u16) -> Self {
        Self::instead(status, &[], "")
    }

    /// Responds with a fault whose code is an integer or a string, because no page says which of the two to expect.
    ///
    /// ```
    /// # use partner_center_client::mock::Quirk;
    /// Quirk::fault(404, 3000, "The partner was not found.");
    /// Quirk::fault(400, "2000", "Tenant Id must be a GUID.");
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the status is not between 100 and 999.
    pub fn fault(status: u16, code: impl Into<Value>, description: &str) -> Self {
        let body = json!({ "code": code.into(), "description": description });
        Self::instead(status, &[JSON], &body.to_string())
    }

    /// Responds with a status and a value as JSON, such as a model.
    ///
    /// # Panics
    ///
    /// Panics if the status is not between 100 and 999, or if the value cannot be written as JSON.
    pub fn json(status: u16, value: &impl Serialize) -> Self {
        Self::instead(status, &[JSON], &text::json(value))
    }

    /// Rejects the access token without an explanation: responds with 401 and no body.
    pub fn unauthorized() -> Self {
        Self::instead(401, &[("www-authenticate", "OAuth realm=urn:cpsvc:cpid:0")], "")
    }

    /// Responds with 502 and an HTML page, like a gateway.
    pub fn gateway_page() -> Self {
        let page = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head></html>";
        Self::instead(502, &[("content-type", "text/html")], page)
    }

    /// Redirects to another URL with 302. The client does not follow redirects.
    pub fn redirect(location: &str) -> Self {
        Self::instead(302, &[("location", location)], "")
    }

    /// Adds an undeclared member to each object of the response.
    pub fn unknown_members() -> Self {
        Self::body(|body| edited(body, edit::with_unknown_members))
    }

    /// Replaces each known value of an extensible enum with a value that the document does not list.
    pub fn unknown_values() -> Self {
        Self::body(|body| edited(body, edit::with_unknown_values))
    }

    /// Pauses before the response.
    pub fn late(pause: Duration) -> Self {
        Self::new(Change::Late(pause))
    }

    /// Pauses in the middle of the response body.
    pub fn slow_body(pause: Duration) -> Self {
        Self::new(Change::Slow(pause))
    }

    /// Closes the connection in the middle of the response body.
    pub fn truncated() -> Self {
        Self::new(Change::Truncated)
    }

    /// Closes the connection without a response.
    pub fn disconnected() -> Self {
        Self::raw([])
    }

    /// Sends these bytes, which need not be HTTP, and closes the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(Change::Raw(bytes.into()))
    }

    /// Applies the quirk to this many requests.
    pub fn times(self, times: usize) -> Self {
        Self { times, ..self }
    }

    /// Applies the quirk to every request from then on.
    pub fn always(self) -> Self {
        self.times(usize::MAX)
    }

    /// Limits the quirk to requests of one operation, given the name of its method.
    ///
    /// # Panics
    ///
    /// Panics if there is no such operation.
    pub fn of(self, operation: &str) -> Self {
        Self { operation: Some(examples::operation_by_id(operation).id), ..self }
    }

    fn new(change: Change) -> Self {
        Self { change, times: 1, operation: None }
    }

    fn body(change: fn(Vec<u8>) -> Vec<u8>) -> Self {
        Self::new(Change::Body(change))
    }

    fn instead(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        Self::new(Change::Instead(Message::response(status, headers, body)))
    }
}

const JSON: (&str, &str) = ("content-type", "application/json");

/// Edits a body. A body that is not JSON is left unchanged.
fn edited(body: Vec<u8>, edit: fn(&str) -> serde_json::Result<String>) -> Vec<u8> {
    let text = std::str::from_utf8(&body).ok();
    text.and_then(|text| edit(text).ok()).map_or(body, String::into_bytes)
}
