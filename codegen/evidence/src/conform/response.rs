//! Compares a response with its operation.

use super::{
    content::{Expected, STANDARD_ON_PAGES},
    declared::{Declared, Operation},
    mismatch::{Aspect, CORRECT, ERRATUM, INDEX, Mismatch, Related, Remedy},
};
use crate::documented::{
    Message, Part,
    http::{Request, Response},
};

/// The headers that an OpenAPI document does not declare, because they belong to HTTP.
const STANDARD: &[&str] = &["Content-Length", "Content-Type", "Date"];

/// The label of a response in diagnostics.
const RESPONSE: &str = "the response";

/// The headers that a response copies from its request.
const ECHOED: [&str; 2] = ["MS-CorrelationId", "MS-RequestId"];

/// Compares a response with its operations.
pub(super) fn mismatches(
    operations: &[Operation<'_>],
    message: &Message,
    response: &Response,
) -> Vec<Mismatch> {
    let Some(status) = message.status else { return Vec::new() };
    let other = (response.status != status).then(|| {
        let message = format!("the status is {}, but {status} in the index", response.status);
        let at = (format!("responses/{status}"), "the response that the index names");
        other_status(operations, message, INDEX, at)
    });
    let contents = contents(operations, status, Some(&message.example), response);
    other.into_iter().chain(contents).collect()
}

/// Compares the structure of a response with the response that operations declare for its status.
///
/// `expected` is the status of the recorded message that the page prints. If the response has a different status, it is
/// still compared with the declaration of the expected status, so that only the wrong status is reported.
pub(super) fn structure(
    operations: &[Operation<'_>],
    expected: Option<u16>,
    response: &Response,
) -> Vec<Mismatch> {
    let (status, found) = (expected.unwrap_or(response.status), response.status);
    let is_declared = operations.iter().any(|operation| operation.response(status).is_some());
    let undeclared = (!is_declared || found != status).then(|| {
        let message = match (expected, operations) {
            (Some(expected), _) => {
                format!("the status is {found}, but {expected} in the recorded message")
            }
            (None, [one]) => format!("`{}` has no response {found}", one.id),
            (None, _) => format!("no operation has a response {found}"),
        };
        other_status(operations, message, CORRECT, ("responses".to_owned(), "the responses"))
    });
    undeclared.into_iter().chain(contents(operations, status, None, response)).collect()
}

fn other_status(
    operations: &[Operation<'_>],
    message: String,
    remedy: Remedy,
    (path, label): Related,
) -> Mismatch {
    let mismatch = Mismatch::new(Aspect::Status, Part::Word(1), message, remedy);
    match operations {
        [first, ..] => mismatch.related((format!("{}/{path}", first.pointer()), label)),
        [] => mismatch,
    }
}

/// Compares the headers and the body of a response with each operation's declaration for a status.
fn contents(
    operations: &[Operation<'_>],
    status: u16,
    example: Option<&str>,
    response: &Response,
) -> Vec<Mismatch> {
    let declared = operations.iter().filter_map(|operation| operation.response(status));
    let mut declared: Vec<Declared<'_>> = declared.collect();
    // Operations share error responses by reference.
    declared.dedup_by(|one, other| one.node == other.node);
    let expected = declared.into_iter().map(|declared| Expected {
        document: declared.document,
        standard: if example.is_some() { STANDARD } else { STANDARD_ON_PAGES },
        headers: declared.headers().collect(),
        headers_at: (declared.node.pointer(), RESPONSE),
        body: Some(declared),
        body_at: (declared.node.pointer(), RESPONSE),
        example,
    });
    expected.flat_map(|expected| expected.mismatches(&response.content)).collect()
}

/// Reports headers that a response should have copied from its request but that differ.
pub(super) fn echo<'a>(
    request: &'a Request,
    response: &'a Response,
) -> impl Iterator<Item = Mismatch> {
    ECHOED.into_iter().filter_map(|name| {
        let sent = request.content.headers.get(name)?;
        let echoed = response.content.headers.get(name)?;
        (sent != echoed).then(|| {
            let what = format!("is {echoed}, but the request has {sent}");
            Mismatch::header(Aspect::Value, name, what, ERRATUM)
        })
    })
}
