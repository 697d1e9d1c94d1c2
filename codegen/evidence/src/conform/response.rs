//! A response against its operation.

use super::{
    body,
    declared::{Declared, Operation},
    headers::Allowed,
    mismatch::{EITHER, ERRATUM, Mismatch},
};
use crate::documented::{
    Message, Part,
    http::{Request, Response},
};

/// The headers that OpenAPI leaves to HTTP.
const STANDARD: &[&str] = &["Content-Length", "Content-Type", "Date"];

/// The headers of a response that repeat those of its request.
const ECHOED: [&str; 2] = ["MS-CorrelationId", "MS-RequestId"];

/// What the operations find wrong with a response.
pub(super) fn mismatches(
    operations: &[Operation<'_>],
    message: &Message,
    response: &Response,
) -> Vec<Mismatch> {
    let declared = operations.iter().filter_map(|operation| operation.response(message.status?));
    let mut declared: Vec<Declared<'_>> = declared.collect();
    // Operations share their error answers, by reference.
    declared.dedup_by(|one, other| one.is(other));
    let mismatches =
        declared.iter().flat_map(|declared| mismatches_of(declared, &message.example, response));
    other_status(message, response).into_iter().chain(mismatches).collect()
}

fn other_status(message: &Message, response: &Response) -> Option<Mismatch> {
    let (status, other) = (message.status?, response.status);
    (other != status).then(|| {
        let message = format!("the status is {other}, but {status} in the index");
        Mismatch::new(Part::Word(1), message, EITHER)
    })
}

fn mismatches_of(declared: &Declared<'_>, example: &str, response: &Response) -> Vec<Mismatch> {
    let headers = declared.headers().collect();
    let allowed = Allowed { document: declared.document, standard: STANDARD, declared: headers };
    let headers = allowed.mismatches(&response.content.headers).into_iter();
    headers.chain(body::mismatches(Some(declared), example, &response.content)).collect()
}

/// The headers in which a response does not repeat its request.
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
