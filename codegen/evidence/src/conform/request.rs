//! A request against its operation.

use super::{
    body,
    declared::Operation,
    headers::Allowed,
    mismatch::{CORRECT, ERRATUM, Mismatch},
};
use crate::documented::{Message, Part, http::Request};

/// The headers that OpenAPI leaves to HTTP, or to the security scheme.
const STANDARD: &[&str] =
    &["Accept", "Authorization", "Content-Length", "Content-Type", "Date", "Host"];

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
    let line = [method(operation, request), target(operation, request), token(operation, request)];
    let declared = operation.headers().collect();
    let allowed = Allowed { document: operation.document, standard: STANDARD, declared };
    let headers = allowed.mismatches(&request.content.headers);
    let body = body::mismatches(operation.request_body().as_ref(), example, &request.content);
    line.into_iter().flatten().chain(headers).chain(body).collect()
}

fn method(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let (id, method) = (operation.id, operation.method());
    (request.method != method)
        .then(|| Mismatch::new(Part::Word(0), format!("`{id}` is a {method}"), CORRECT))
}

/// Compares templates letter by letter, so that a parameter has the document's name and braces.
fn target(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let Operation { document, id, path, .. } = operation;
    let target = &request.target;
    (!document.servers().any(|server| format!("{server}{path}") == *target)).then(|| {
        Mismatch::new(Part::Word(1), format!("`{id}` is at `{path}` of a server"), CORRECT)
    })
}

fn token(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let authorization = request.content.headers.get("Authorization").unwrap_or_default();
    (operation.secured() && !authorization.starts_with("Bearer "))
        .then(|| Mismatch::header("Authorization", "has no bearer token", ERRATUM))
}
