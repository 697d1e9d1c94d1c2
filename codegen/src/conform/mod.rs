//! The vendor's messages against the document.
//!
//! A message, after its errata, must be one that the document describes: method, path, headers, status
//! and body, with nothing undeclared; and its body must be its example in the document, to the digit.

mod body;
mod coverage;
mod document;
pub mod exact;
mod headers;
mod request;
mod response;
pub mod schema;
mod validity;

use self::document::{Document, Operation};
use crate::{
    Problem,
    documented::{
        Evidence, Message,
        http::{self, Request},
    },
};

/// Everything that keeps the evidence and the document from agreeing.
///
/// Changed bytes and errata that do not apply are reported alone, for all else rests on them.
///
/// ```
/// # use codegen::{conform, documented::Evidence};
/// # let (document, index, errata) = ("openapi: 3.0.3", "message = []", "");
/// let evidence = Evidence::parse(index, errata, |file| std::fs::read(file).ok())?;
/// for problem in conform::problems(document, &evidence) {
///     eprintln!("{problem}");
/// }
/// # Ok::<(), codegen::Problem>(())
/// ```
#[must_use]
pub fn problems(document: &str, evidence: &Evidence) -> Vec<Problem> {
    let problems = evidence.problems();
    if !problems.is_empty() {
        return problems;
    }
    match Document::parse(document) {
        Ok(document) => against(&document, evidence),
        Err(problem) => vec![problem],
    }
}

fn against(document: &Document, evidence: &Evidence) -> Vec<Problem> {
    let mut problems = coverage::problems(document, evidence);
    for message in &evidence.messages {
        let found = check(document, evidence, message).unwrap_or_else(|problem| vec![problem]);
        problems.extend(found.into_iter().map(|problem| within(message, problem)));
    }
    problems
}

fn check(
    document: &Document,
    evidence: &Evidence,
    message: &Message,
) -> Result<Vec<Problem>, Problem> {
    let text = evidence.repaired(message)?;
    let operations: Vec<Operation<'_>> = document.operations_with(message).collect();
    if message.status.is_none() {
        let request = http::request(&text).map_err(unparsable)?;
        return Ok(request::problems(&operations, message, &request));
    }
    let response = http::response(&text).map_err(unparsable)?;
    let mut problems = response::problems(&operations, message, &response);
    if let Some(request) = request_of(message, evidence) {
        problems.extend(response::echo(&request, &response));
    }
    Ok(problems)
}

fn unparsable(error: String) -> Problem {
    Problem::new("head", format!("not HTTP: {error}; write an erratum"))
}

/// The request that a documented response answers, by their example; a shared answer has none.
fn request_of(response: &Message, evidence: &Evidence) -> Option<Request> {
    let operation = response.operation.as_ref()?;
    let mut requests = evidence.messages.iter().filter(|message| message.status.is_none());
    let request = requests.find(|message| {
        message.operation.as_ref() == Some(operation) && message.example == response.example
    })?;
    http::request(&evidence.repaired(request).ok()?).ok()
}

/// A problem of a part of a message, with the message as its place.
fn within(message: &Message, problem: Problem) -> Problem {
    Problem::new(format!("{}: {}", message.place(), problem.at), problem.message)
}

/// A member's name as a step of a JSON pointer.
fn step(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
