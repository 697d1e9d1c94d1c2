//! Compares a request with its operation.

use super::{
    content::{Expected, STANDARD_ON_PAGES},
    declared::Operation,
    mismatch::{Aspect, CORRECT, ERRATUM, INDEX, Mismatch},
    template,
};
use crate::documented::{
    Evidence, Message, Part,
    http::{self, Request},
};

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
    let content = expected(operation, Some(example)).mismatches(&request.content);
    line.into_iter().flatten().chain(content).collect()
}

/// Compares a request with an operation like [`mismatches`], but only in structure.
///
/// If the method or the path differs, differences in the presence or syntax of the body are not reported, because they
/// may follow from that.
pub(super) fn structure(operation: &Operation<'_>, request: &Request) -> Vec<Mismatch> {
    let method = method(operation, request)
        .filter(|_| !request.method.eq_ignore_ascii_case(&operation.method()));
    let target = (!template::is_at(operation, &request.target)).then(|| other_target(operation));
    let is_other = method.is_some() || target.is_some();
    let content = expected(operation, None).mismatches(&request.content).into_iter();
    let content = content.filter(|mismatch| !(is_other && mismatch.aspect == Aspect::Body));
    method.into_iter().chain(target).chain(content).collect()
}

/// Returns the request of an index entry. For a response, this is the request with the same operation and example; a
/// response that several operations share has no request.
pub(super) fn of(message: &Message, evidence: &Evidence) -> Option<Request> {
    let is_of = |request: &&Message| {
        request.status.is_none()
            && request.operation == message.operation
            && request.example == message.example
    };
    let request = match (message.status, &message.operation) {
        (None, _) => message,
        (Some(_), Some(_)) => evidence.messages.iter().find(is_of)?,
        (Some(_), None) => return None,
    };
    http::request(&evidence.repaired(request).ok()?).ok()
}

/// Returns true if a request has the method and the path of an operation.
pub(super) fn is_of(operation: &Operation<'_>, request: &Request) -> bool {
    request.method.eq_ignore_ascii_case(&operation.method())
        && template::is_at(operation, &request.target)
}

fn expected<'a>(operation: &Operation<'a>, example: Option<&'a str>) -> Expected<'a> {
    Expected {
        document: operation.document,
        standard: if example.is_some() { STANDARD } else { STANDARD_ON_PAGES },
        headers: operation.headers().collect(),
        headers_at: (operation.pointer(), OPERATION),
        body: operation.request_body(),
        body_at: (operation.request_body_pointer(), OPERATION),
        example,
    }
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
    let mismatch = Mismatch::new(Aspect::Path, Part::Start, what, INDEX);
    Some(mismatch.related((other.pointer(), OPERATION)))
}

fn method(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let (id, method) = (operation.id, operation.method());
    (request.method != method).then(|| {
        let message = format!("`{id}` is a {method}");
        Mismatch::new(Aspect::Method, Part::Word(0), message, CORRECT)
            .related((operation.pointer(), OPERATION))
    })
}

/// Compares the templates literally, so a parameter must have the document's name, in braces.
fn target(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let Operation { document, path, .. } = operation;
    let is_same = document.servers().any(|server| format!("{server}{path}") == request.target);
    (!is_same).then(|| other_target(operation))
}

fn other_target(operation: &Operation<'_>) -> Mismatch {
    let message =
        format!("the URL of `{}` is a server URL followed by `{}`", operation.id, operation.path);
    Mismatch::new(Aspect::Path, Part::Word(1), message, CORRECT)
        .related((operation.operation.item.pointer(), "its path"))
}

fn token(operation: &Operation<'_>, request: &Request) -> Option<Mismatch> {
    let authorization = request.content.headers.get("Authorization").unwrap_or_default();
    (operation.needs_token() && !authorization.starts_with("Bearer ")).then(|| {
        Mismatch::header(Aspect::Value, "Authorization", "has no bearer token", ERRATUM)
            .related((operation.pointer(), OPERATION))
    })
}
