//! The mock on a local port.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use httpmock::{HttpMockRequest, HttpMockResponse};
use serde::Serialize;

use super::{
    pages::TOKEN,
    quirk::Quirk,
    request::Request,
    resources::Delay,
    service::{Asked, Service},
    wire::Wire,
};

/// A local server that responds like Partner Center.
///
/// After it is dropped, connections to it fail, which you can test too. A process can run at most 25
/// servers at a time; starting another server waits until one of them is dropped.
pub struct MockServer {
    expectations: httpmock::MockServer,
    /// The ID of the expectation that passes all other requests to the service.
    fallback: Mutex<usize>,
    service: Arc<Service>,
    wire: Wire,
}

impl MockServer {
    /// Starts a server that responds to every operation with its documented example.
    ///
    /// # Panics
    ///
    /// Panics if no local port is free.
    pub fn start() -> Self {
        let expectations = httpmock::MockServer::start();
        let service = Arc::default();
        let fallback = Mutex::new(mount(&expectations, &service));
        let wire = Wire::start(*expectations.address(), Arc::clone(&service))
            .expect("this machine has a free port");
        Self { expectations, fallback, service, wire }
    }

    /// Returns the base URL: `http` with a local port.
    pub fn url(&self) -> &str {
        self.wire.url()
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

    /// Expects requests of any kind and sets their response.
    ///
    /// If several expectations match a request, the first one responds.
    pub fn mock(&self, expect: impl FnOnce(httpmock::When, httpmock::Then)) -> httpmock::Mock<'_> {
        let mock = self.expectations.mock(expect);
        self.move_fallback_to_the_end();
        mock
    }

    /// Recreates the fallback, because httpmock tries its mocks in the order in which they were created.
    fn move_fallback_to_the_end(&self) {
        let mut fallback = self.fallback.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *fallback, mount(&self.expectations, &self.service));
        httpmock::Mock::new(before, &self.expectations).delete();
    }
}

/// Passes every request to the service, and returns the ID of this expectation.
fn mount(expectations: &httpmock::MockServer, service: &Arc<Service>) -> usize {
    let service = Arc::clone(service);
    let fallback = expectations.mock(|when, then| {
        when.any_request();
        then.respond_with(move |request| respond(&service, request));
    });
    fallback.id()
}

fn respond(service: &Service, request: &HttpMockRequest) -> HttpMockResponse {
    let uri = request.uri();
    let headers = request.headers();
    let token = headers.get(TOKEN).and_then(|value| value.to_str().ok());
    let (method, path, body) = (request.method_str(), uri.path(), request.body_ref());
    let message = service.respond(&Asked { method, path, token, body });
    let status = message.status().map_or(500, |status| status.as_u16());
    let response = HttpMockResponse::builder().status(status);
    let response = message.headers().fold(response, |it, (name, value)| it.header(name, value));
    response.body(message.body).build()
}

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer").field("url", &self.url()).finish_non_exhaustive()
    }
}
