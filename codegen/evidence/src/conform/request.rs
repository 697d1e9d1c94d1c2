//! Compares a request with its operation.

use super::{
    body::{self, Expected},
    declared::Operation,
    headers::Allowed,
    mismatch::{CORRECT, ERRATUM, INDEX, Mismatch},
};
use crate::documented::{Message, Part, http::Request};

/// The headers that an OpenAPI document does not declare, because they belong to HTTP or to the security scheme.
const STANDARD: &[&str] =
    &["Accept", "Authorization", "Content-Length", "Content-Type", "Date", "Host"];

/// The label of an operation in diagnostics.
const OPERATION: &str = "the operation";

/// Compares a request with each of its operations.
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
    let location = (operation.pointer(), OPERATION);
    let allowed = Allowed { document: operation.document, standard: STANDARD, declared, location };
    let headers = allowed.mismatches(&request.content.headers);
    let expected = Expected {
        declared: operation.request_body(),
        location: (operation.request_body_pointer(), OPERATION),
        example,
    };
    let body = body::mismatches(&expected, &request.content);
    line.into_iter().flatten().chain(headers).chain(body).collect()
}

/// Reports a request that belongs to another operation.
fn misfiled(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let is_of = |operation: &Operation<'_>| {
        method(operation, request).is_none() && target(operation, request).is_none()
    };
    if is_of(operation) {
        return None;
    }
    let other = operation.document.operations().find(is_of)?;
    let what = format!("this is a request of `{}`, not of `{}`", other.id, operation.id);
    Some(Mismatch::new(Part::Start, what, INDEX).related(other.pointer(), OPERATION))
}

fn method(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let (id, method) = (operation.id, operation.method());
    (request.method != method).then(|| {
        Mismatch::new(Part::Word(0), format!("`{id}` is a {method}"), CORRECT)
            .related(operation.pointer(), OPERATION)
    })
}

/// Compares the templates literally, so a parameter must have the document's name, in braces.
fn target(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let Operation { document, id, path, .. } = operation;
    let target = &request.target;
    (!document.servers().any(|server| format!("{server}{path}") == *target)).then(|| {
        Mismatch::new(
            Part::Word(1),
            format!("`{id}` is at a server's URL followed by `{path}`"),
            CORRECT,
        )
        .related(operation.path_pointer(), "its path")
    })
}

fn token(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let authorization = request.content.headers.get("Authorization").unwrap_or_default();
    (operation.needs_token() && !authorization.starts_with("Bearer ")).then(|| {
        Mismatch::header("Authorization", "has no bearer token", ERRATUM)
            .related(operation.pointer(), OPERATION)
    })
}
