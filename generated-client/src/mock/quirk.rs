//! What services do to answers.

use std::time::Duration;

use serde_json::{Value, json};

use super::{edit, message::Message};

/// Something that happens to the next answer of a [`MockServer`](super::MockServer), or in its place.
///
/// A quirk that changes an answer changes whatever the server would have answered; one that stands in
/// its place answers any operation. Either is seen once, unless [`times`](Self::times) or
/// [`always`](Self::always) says otherwise.
#[derive(Clone, Debug)]
#[must_use = "a quirk happens only when it is given to a server"]
pub struct Quirk {
    pub(super) change: Change,
    pub(super) times: usize,
}

/// What happens to an answer.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Another answer.
    Instead(Message),
    /// Another body.
    Body(fn(Vec<u8>) -> Vec<u8>),
    /// A pause before it.
    Late(Duration),
    /// A pause amid it.
    Slow(Duration),
    /// An end amid it.
    Truncated,
    /// These bytes, and the end of the connection.
    Raw(Vec<u8>),
}

impl Quirk {
    /// A byte order mark before the JSON text, as the service is known to send.
    pub fn byte_order_mark() -> Self {
        Self::body(|body| [b"\xef\xbb\xbf", body.as_slice()].concat())
    }

    /// A refusal for a time: 429 with `Retry-After`, in whole seconds and at least one.
    pub fn throttled(retry_after: Duration) -> Self {
        let seconds = retry_after.as_secs().max(1).to_string();
        let message = format!("Rate limit is exceeded. Try again in {seconds} seconds.");
        let body = json!({ "statusCode": 429, "message": message });
        Self::instead(429, &[JSON, ("retry-after", &seconds)], &body.to_string())
    }

    /// A status without a body.
    ///
    /// # Panics
    ///
    /// If it is not between 100 and 999.
    pub fn status(status: u16) -> Self {
        Self::instead(status, &[], "")
    }

    /// A fault with a code, an integer or a text: no page says which of the two to expect.
    ///
    /// ```
    /// # use partner_center_client::mock::Quirk;
    /// Quirk::fault(404, 3000, "The partner was not found.");
    /// Quirk::fault(400, "2000", "Tenant Id must be a GUID.");
    /// ```
    ///
    /// # Panics
    ///
    /// As [`status`](Self::status).
    pub fn fault(status: u16, code: impl Into<Value>, description: &str) -> Self {
        let body = json!({ "code": code.into(), "description": description });
        Self::instead(status, &[JSON], &body.to_string())
    }

    /// A refusal of the access token that does not explain itself: 401 without a body.
    pub fn unauthorized() -> Self {
        Self::instead(401, &[("www-authenticate", "OAuth realm=urn:cpsvc:cpid:0")], "")
    }

    /// A page of HTML from a gateway: 502.
    pub fn gateway_page() -> Self {
        let page = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head></html>";
        Self::instead(502, &[("content-type", "text/html")], page)
    }

    /// A redirect to another address: 302. The client follows none.
    pub fn redirect(location: &str) -> Self {
        Self::instead(302, &[("location", location)], "")
    }

    /// A member in each object of the answer that the document does not declare.
    pub fn unknown_members() -> Self {
        Self::body(|body| edited(body, edit::with_unknown_members))
    }

    /// A value that the document does not list, in place of each value of an extensible enum.
    pub fn unknown_values() -> Self {
        Self::body(|body| edited(body, edit::with_unknown_values))
    }

    /// An answer that begins only after a pause.
    pub fn late(pause: Duration) -> Self {
        Self::new(Change::Late(pause))
    }

    /// An answer with a pause amid its body.
    pub fn slow_body(pause: Duration) -> Self {
        Self::new(Change::Slow(pause))
    }

    /// An answer that breaks off amid its body; the connection is closed.
    pub fn truncated() -> Self {
        Self::new(Change::Truncated)
    }

    /// No answer; the connection is closed.
    pub fn disconnected() -> Self {
        Self::raw([])
    }

    /// These bytes in place of an answer, be they HTTP or not; then the connection is closed.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(Change::Raw(bytes.into()))
    }

    /// The same for several answers in a row.
    pub fn times(self, times: usize) -> Self {
        Self { times, ..self }
    }

    /// The same for every answer from then on.
    pub fn always(self) -> Self {
        self.times(usize::MAX)
    }

    fn new(change: Change) -> Self {
        Self { change, times: 1 }
    }

    fn body(change: fn(Vec<u8>) -> Vec<u8>) -> Self {
        Self::new(Change::Body(change))
    }

    fn instead(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        Self::new(Change::Instead(Message::response(status, headers, body)))
    }
}

const JSON: (&str, &str) = ("content-type", "application/json");

/// A body that is not JSON stays as it is.
fn edited(body: Vec<u8>, edit: fn(&str) -> serde_json::Result<String>) -> Vec<u8> {
    let text = std::str::from_utf8(&body).ok();
    text.and_then(|text| edit(text).ok()).map_or(body, String::into_bytes)
}
