//! Answering with the examples of the document.

use httpmock::{HttpMockRequest, HttpMockResponse, Then};
use percent_encoding::percent_decode_str;

use super::OPERATIONS;

/// An operation of the document.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The name of its method of [`Client`](crate::Client).
    pub id: &'static str,
    /// In capitals.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// The responses that have an example, or no content.
    pub responses: &'static [Response],
}

/// A response of an operation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Response {
    /// The status.
    pub status: u16,
    /// What it may say; nothing if it has no content.
    pub examples: &'static [Example],
}

/// An example of a response.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Example {
    /// Its name in the document; `documented` for what a page of the vendor shows.
    pub name: &'static str,
    /// The JSON text.
    pub body: &'static str,
}

/// Lets a server answer every operation with an example of success.
pub(super) fn mount(server: &httpmock::MockServer) -> usize {
    let examples = server.mock(|when, then| {
        when.any_request();
        then.respond_with(respond);
    });
    examples.id()
}

fn respond(request: &HttpMockRequest) -> HttpMockResponse {
    let (method, uri) = (request.method_str(), request.uri());
    let operations = OPERATIONS.iter().filter(|operation| operation.has(method, uri.path()));
    // A path without a parameter in a place goes before one with.
    match operations.min_by_key(|operation| operation.path.matches('{').count()) {
        Some(operation) => operation.success(),
        None => plain(404, format!("the document has no operation {method} {}", uri.path())),
    }
}

fn plain(status: u16, text: String) -> HttpMockResponse {
    let response = HttpMockResponse::builder().status(status);
    response.header("content-type", "text/plain").body(text).build()
}

impl Operation {
    fn has(&self, method: &str, path: &str) -> bool {
        // What follows `#` is for the reader of the document.
        let template = self.path.split('#').next().unwrap_or_default().split('/');
        let path = path.split('/');
        self.method == method
            && template.clone().count() == path.clone().count()
            && template.zip(path).all(|(template, part)| {
                template.contains('{') || percent_decode_str(template).eq(percent_decode_str(part))
            })
    }

    fn success(&self) -> HttpMockResponse {
        let success = self.responses.iter().find(|response| (200..300).contains(&response.status));
        match success {
            Some(Response { status, examples: [] }) => {
                HttpMockResponse::builder().status(*status).build()
            }
            Some(Response { status, examples: [first, others @ ..] }) => {
                let documented = others.iter().find(|example| example.name == "documented");
                let response = HttpMockResponse::builder().status(*status);
                let response = response.header("content-type", "application/json");
                response.body(documented.unwrap_or(first).body).build()
            }
            None => plain(501, format!("the document has no example of success for {}", self.id)),
        }
    }

    fn example(&self, status: u16, name: &str) -> Option<&Example> {
        let responses = self.responses.iter().filter(|response| response.status == status);
        responses.flat_map(|response| response.examples).find(|example| example.name == name)
    }

    /// The examples, to tell who asked for one that there is not.
    fn examples(&self) -> String {
        let examples = self.responses.iter().flat_map(|response| {
            response.examples.iter().map(|example| format!("{} {}", response.status, example.name))
        });
        examples.collect::<Vec<_>>().join(", ")
    }
}

/// Answers with the example of a status that has this name.
pub(super) fn answer(then: Then, operation: &str, status: u16, name: &str) -> Then {
    let operation = OPERATIONS.iter().find(|other| other.id == operation);
    let operation = operation.expect("the table has every operation");
    match operation.example(status, name) {
        Some(example) => {
            then.status(status).header("content-type", "application/json").body(example.body)
        }
        None => panic!(
            "{} has no example `{status} {name}`; it has {}",
            operation.id,
            operation.examples()
        ),
    }
}
