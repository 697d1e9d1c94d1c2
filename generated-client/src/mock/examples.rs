//! The operations of the document, with example responses.

#[rustfmt::skip]
mod generated;

use httpmock::Then;
use percent_encoding::percent_decode_str;

pub(super) use self::generated::LISTED_VALUES;
pub use self::generated::OPERATIONS;
use super::write::{Shown, Write};

/// An operation of the document.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The name of its [`Client`](crate::Client) method.
    pub id: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// The responses that have an example or no content.
    pub responses: &'static [Response],
    /// The effect on the resource, if the operation changes one.
    pub(super) write: Option<Write>,
    /// True if the response can be one page of several.
    pub(super) is_paged: bool,
}

/// A response of an operation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The examples of its body; empty if it has no content.
    pub examples: &'static [Example],
}

/// An example of a response.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Example {
    /// Its name in the document; `documented` if it is from Microsoft's page about the operation.
    pub name: &'static str,
    /// The JSON text.
    pub body: &'static str,
}

impl Response {
    /// Creates a response. In the table of operations, this takes fewer lines than a struct expression.
    #[allow(dead_code, reason = "a document may have no response with an example")]
    pub(super) const fn new(status: u16, examples: &'static [Example]) -> Self {
        Self { status, examples }
    }
}

/// Returns the operation that a request calls.
pub(super) fn operation(method: &str, path: &str) -> Option<&'static Operation> {
    let operations = OPERATIONS.iter().filter(|operation| operation.has(method, path));
    // A fixed segment takes precedence over a parameter.
    operations.min_by_key(|operation| operation.path.matches('{').count())
}

/// Returns the operation whose client method has this name.
///
/// # Panics
///
/// Panics if there is none.
pub(super) fn operation_by_id(id: &str) -> &'static Operation {
    OPERATIONS.iter().find(|operation| operation.id == id).unwrap_or_else(|| {
        let ids: Vec<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
        panic!("the document has no operation `{id}`; it has {}", ids.join(", "))
    })
}

/// Returns the example response to a `GET` of a path.
pub(super) fn read_example(path: &str) -> Option<&'static str> {
    operation("GET", path)?.success()?.1
}

impl Operation {
    fn has(&self, method: &str, path: &str) -> bool {
        // The document uses a fragment to distinguish operations with the same path; it is not sent.
        let template = self.path.split('#').next().unwrap_or_default().split('/');
        let path = path.split('/');
        self.method == method
            && template.clone().count() == path.clone().count()
            && template.zip(path).all(|(template, part)| {
                template.contains('{') || percent_decode_str(template).eq(percent_decode_str(part))
            })
    }

    /// Returns the success status and its example body, if there is one; the example from Microsoft's page takes
    /// precedence.
    pub(super) fn success(&self) -> Option<(u16, Option<&'static str>)> {
        let success = |response: &&Response| (200..300).contains(&response.status);
        let Response { status, examples } = self.responses.iter().find(success)?;
        let documented = examples.iter().find(|example| example.name == "documented");
        Some((*status, documented.or(examples.first()).map(|example| example.body)))
    }

    fn example(&self, status: u16, name: &str) -> Option<&Example> {
        let responses = self.responses.iter().filter(|response| response.status == status);
        responses.flat_map(|response| response.examples).find(|example| example.name == name)
    }

    /// Lists the examples, for the message about a missing example.
    fn examples(&self) -> String {
        let examples = self.responses.iter().flat_map(|response| {
            response.examples.iter().map(|example| format!("{} {}", response.status, example.name))
        });
        examples.collect::<Vec<_>>().join(", ")
    }
}

/// Responds with the example that has this status and name.
pub(super) fn respond(then: Then, operation: &str, status: u16, name: &str) -> Then {
    let operation = operation_by_id(operation);
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
