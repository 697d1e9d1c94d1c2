//! A request against its operation.

use super::{
    body::{self, Expected},
    declared::Operation,
    headers::Allowed,
    mismatch::{CORRECT, ERRATUM, INDEX, Mismatch},
};
use crate::documented::{Message, Part, http::Request};

/// The headers that OpenAPI leaves to HTTP, or to the security scheme.
const STANDARD: &[&str] =
    &["Accept", "Authorization", "Content-Length", "Content-Type", "Date", "Host"];

/// The label of an operation in the document.
const OPERATION: &str = "the operation";

/// What each of the operations finds wrong with a request.
pub(super) fn mismatches(
    operations: &[Operation<'_>],
    message: &Message,
    request: &Request,
) -> Vec<Mismatch> {
    let mismatches = |operation| mismatches_of(operation, &message.example, request);
    operations.iter().flat_map(mismatches).collect()
}

fn mismatches_of(operation: &Operation<'_>, example: &str, request: &Request) -> Vec<Mismatch> {
    if let Some(mismatch) = misfiled(operation, request) {
        return vec![mismatch];
    }
    let line = [method(operation, request), target(operation, request), token(operation, request)];
    let declared = operation.headers().collect();
    let place = (operation.pointer(), OPERATION);
    let allowed = Allowed { document: operation.document, standard: STANDARD, declared, place };
    let headers = allowed.mismatches(&request.content.headers);
    let expected = Expected {
        declared: operation.request_body(),
        place: (operation.request_body_pointer(), OPERATION),
        example,
    };
    let body = body::mismatches(&expected, &request.content);
    line.into_iter().flatten().chain(headers).chain(body).collect()
}

/// The request of another operation.
fn misfiled(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let is_of = |operation: &Operation<'_>| {
        method(operation, request).is_none() && target(operation, request).is_none()
    };
    if is_of(operation) {
        return None;
    }
    let other = operation.document.operations().find(is_of)?;
    let what = format!("this is a request of `{}`, and not of `{}`", other.id, operation.id);
    Some(Mismatch::new(Part::Start, what, INDEX).beside(other.pointer(), OPERATION))
}

fn method(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let (id, method) = (operation.id, operation.method());
    (request.method != method).then(|| {
        Mismatch::new(Part::Word(0), format!("`{id}` is a {method}"), CORRECT)
            .beside(operation.pointer(), OPERATION)
    })
}

/// Compares templates letter by letter, so that a parameter has the document's name and braces.
fn target(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let Operation { document, id, path, .. } = operation;
    let target = &request.target;
    (!document.servers().any(|server| format!("{server}{path}") == *target)).then(|| {
        Mismatch::new(Part::Word(1), format!("`{id}` is at `{path}` of a server"), CORRECT)
            .beside(operation.path_pointer(), "its path")
    })
}

fn token(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let authorization = request.content.headers.get("Authorization").unwrap_or_default();
    (operation.secured() && !authorization.starts_with("Bearer ")).then(|| {
        Mismatch::header("Authorization", "has no bearer token", ERRATUM)
            .beside(operation.pointer(), OPERATION)
    })
}
