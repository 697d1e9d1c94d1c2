//! A request against its operation.

use super::{body, document::Operation, headers::Allowed};
use crate::{
    Problem,
    documented::{Message, http::Request},
};

/// The headers that OpenAPI leaves to HTTP, or to the security scheme.
const STANDARD: &[&str] =
    &["Accept", "Authorization", "Content-Length", "Content-Type", "Date", "Host"];

/// What each of the operations finds wrong with a request.
pub(super) fn problems(
    operations: &[Operation<'_>],
    message: &Message,
    request: &Request,
) -> Vec<Problem> {
    let problems = |operation| problems_of(operation, &message.example, request);
    operations.iter().flat_map(problems).collect()
}

fn problems_of(operation: &Operation<'_>, example: &str, request: &Request) -> Vec<Problem> {
    let line = [method(operation, request), target(operation, request), token(operation, request)];
    let declared = operation.headers().collect();
    let allowed = Allowed { document: operation.document, standard: STANDARD, declared };
    let headers = allowed.problems(&request.content.headers);
    let body = body::problems(operation.request_body().as_ref(), example, &request.content);
    line.into_iter().flatten().chain(headers).chain(body).collect()
}

fn method(operation: &Operation<'_>, request: &Request) -> Option<Problem> {
    let Operation { id, method, .. } = operation;
    (request.method != *method)
        .then(|| Problem::new(&request.method, format!("{id} is a {method}; write an erratum")))
}

/// Compares templates letter by letter, so that a parameter has the document's name and braces.
fn target(operation: &Operation<'_>, request: &Request) -> Option<Problem> {
    let Operation { document, id, path, .. } = operation;
    let target = &request.target;
    (!document.servers().any(|server| format!("{server}{path}") == *target))
        .then(|| Problem::new(target, format!("{id} is at {path} of a server; write an erratum")))
}

fn token(operation: &Operation<'_>, request: &Request) -> Option<Problem> {
    let authorization = request.content.headers.get("Authorization").unwrap_or_default();
    (operation.secured() && !authorization.starts_with("Bearer "))
        .then(|| Problem::new("Authorization", "no bearer token; write an erratum"))
}
