//! Compares a response with its operation.

use super::{
    body::{self, Expected},
    declared::{Declared, Operation},
    headers::Allowed,
    mismatch::{ERRATUM, INDEX, Mismatch},
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
        let mismatch = Mismatch::new(Part::Word(1), message, INDEX);
        match operations {
            [first, ..] => mismatch.related(
                format!("{}/responses/{status}", first.pointer()),
                "the response of the index",
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
    let example = message.example.as_str();
    let expected = Expected { declared: Some(declared), location: (pointer, RESPONSE), example };
    headers.chain(body::mismatches(&expected, &response.content)).collect()
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
            Mismatch::header(name, format!("is {echoed}, but the request has {sent}"), ERRATUM)
        })
    })
}
