//! Compares a response with its operation.

use super::{
    body::{self, Expected},
    declared::{Declared, Operation},
    headers::Allowed,
    mismatch::{Aspect, CORRECT, ERRATUM, INDEX, Mismatch},
    request::STANDARD_ON_PAGES,
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
    let declared = operations.iter().filter_map(|operation| {
        let status = message.status?;
        Some((operation.response(status)?, operation.response_pointer(status)))
    });
    let mut declared: Vec<(Declared<'_>, String)> = declared.collect();
    // Operations share error responses by reference.
    declared.dedup_by(|(one, _), (other, _)| one.is(other));
    let mismatches = declared
        .into_iter()
        .flat_map(|(declared, pointer)| mismatches_of(declared, pointer, message, response));
    other_status(operations, message, response).into_iter().chain(mismatches).collect()
}

fn other_status(
    operations: &[Operation<'_>],
    message: &Message,
    response: &Response,
) -> Option<Mismatch> {
    let (status, other) = (message.status?, response.status);
    (other != status).then(|| {
        let message = format!("the status is {other}, but {status} in the index");
        let mismatch = Mismatch::new(Aspect::Status, Part::Word(1), message, INDEX);
        match operations {
            [first, ..] => mismatch.related(
                format!("{}/responses/{status}", first.pointer()),
                "the response that the index names",
            ),
            [] => mismatch,
        }
    })
}

fn mismatches_of(
    declared: Declared<'_>,
    pointer: String,
    message: &Message,
    response: &Response,
) -> Vec<Mismatch> {
    let allowed = Allowed {
        document: declared.document,
        standard: STANDARD,
        declared: declared.headers().collect(),
        location: (pointer.clone(), RESPONSE),
    };
    let headers = allowed.mismatches(&response.content.headers).into_iter();
    let example = Some(message.example.as_str());
    let expected = Expected { declared: Some(declared), location: (pointer, RESPONSE), example };
    headers.chain(body::mismatches(&expected, &response.content)).collect()
}

/// Compares a response with the response of a status that operations declare, but only its structure.
///
/// `expected` is the status of the recorded message that the page prints. A response with another status is compared
/// with that message all the same, so that a wrong status is reported alone.
pub(super) fn structure(
    operations: &[Operation<'_>],
    expected: Option<u16>,
    response: &Response,
) -> Vec<Mismatch> {
    let status = expected.unwrap_or(response.status);
    let declared = operations.iter().filter_map(|operation| {
        Some((operation.response(status)?, operation.response_pointer(status)))
    });
    let mut declared: Vec<(Declared<'_>, String)> = declared.collect();
    declared.dedup_by(|(one, _), (other, _)| one.is(other));
    let status = (declared.is_empty() || response.status != status)
        .then(|| undeclared_status(operations, expected, response.status));
    let mismatches = declared.into_iter().flat_map(|(declared, pointer)| {
        let allowed = Allowed {
            document: declared.document,
            standard: STANDARD_ON_PAGES,
            declared: declared.headers().collect(),
            location: (pointer.clone(), RESPONSE),
        };
        let headers = allowed.mismatches(&response.content.headers).into_iter();
        let location = (pointer, RESPONSE);
        let expected = Expected { declared: Some(declared), location, example: None };
        headers.chain(body::mismatches(&expected, &response.content)).collect::<Vec<_>>()
    });
    status.into_iter().chain(mismatches).collect()
}

fn undeclared_status(operations: &[Operation<'_>], expected: Option<u16>, status: u16) -> Mismatch {
    let message = match (expected, operations) {
        (Some(expected), _) => {
            format!("the status is {status}, but {expected} in the recorded message")
        }
        (None, [one]) => format!("`{}` has no response {status}", one.id),
        (None, _) => format!("no operation has a response {status}"),
    };
    let mismatch = Mismatch::new(Aspect::Status, Part::Word(1), message, CORRECT);
    match operations {
        [first, ..] => mismatch.related(format!("{}/responses", first.pointer()), "the responses"),
        [] => mismatch,
    }
}

/// Reports headers that a response should have copied from its request, but which differ.
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
