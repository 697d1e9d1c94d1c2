//! The mock in place of the network.

use std::{fmt, sync::Arc, time::Duration};

use serde::Serialize;

use super::{
    body,
    message::Message,
    pages::TOKEN,
    quirk::Quirk,
    request::Request,
    resources::Delay,
    service::{Asked, Service},
    steps,
};

/// A transport that responds like Partner Center, without a socket.
///
/// Clones share changes, quirks and requests.
#[derive(Clone, Default)]
pub struct MockTransport {
    service: Arc<Service>,
}

impl MockTransport {
    /// Creates a transport that responds to every operation with its documented example.
    pub fn new() -> Self {
        Self::default()
    }

    /// Changes or replaces the next response, or as many responses as the quirk says. Earlier quirks apply first.
    pub fn quirk(&self, quirk: Quirk) {
        self.service.quirk(quirk);
    }

    /// Serves these pages, instead of the example, in response to calls of an operation, given the name of its method.
    /// Each page gets a link to the next page.
    ///
    /// # Panics
    ///
    /// Panics if there is no such operation, if its response has no pages, if `pages` is empty, or if one of the pages
    /// is not a JSON object.
    pub fn pages(&self, operation: &str, pages: impl IntoIterator<Item: Serialize>) {
        self.service.pages(operation, pages);
    }

    /// Returns all requests so far, including requests that a quirk responded to.
    ///
    /// They lack the headers that are the same for all requests of a client, such as `User-Agent`.
    pub fn requests(&self) -> Vec<Request> {
        self.service.requests()
    }

    /// Shows each later change only after this time has passed. Until then, reads return the old value.
    pub fn show_changes_after(&self, time: Duration) {
        self.service.delay(Delay::Time(time));
    }

    /// Shows each later change only after the old value was read this many times.
    pub fn show_changes_after_reads(&self, reads: u32) {
        self.service.delay(Delay::Reads(reads));
    }

    /// Responds to a request, or fails if the timeout of the attempt elapses.
    pub(crate) async fn execute(
        &self,
        request: reqwest::Request,
        timeout: Duration,
    ) -> reqwest::Result<reqwest::Response> {
        let message = Message::request(&request);
        let change = self.service.receive(&message);
        let (method, path) = (request.method().as_str(), request.url().path());
        let (token, body) = (message.header(TOKEN), message.body.as_slice());
        let respond = || Ok(self.service.respond(&Asked { method, path, token, body }));
        let steps = steps::of(change, respond).expect("this involves no I/O that could fail");
        body::response(steps, timeout).await
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTransport").finish_non_exhaustive()
    }
}
