//! The vendor's messages against the document.
//!
//! A message, after its errata, must be one that the document describes: method, path, headers, status
//! and body, with nothing undeclared; and its body must be its example in the document, to the digit.

mod body;
mod coverage;
mod declared;
mod headers;
mod mismatch;
mod request;
mod response;
pub mod schema;
mod validity;

use document::{Diagnostic, Tree, read, syntax::SYNTAX};

use self::{
    declared::{Document, Operation},
    mismatch::{COPY, ERRATUM, Mismatch},
};
use crate::documented::{
    Erratum, Evidence, Location, Message, Part, Problem,
    http::{self, Request},
};

/// Everything that keeps the evidence and the document from agreeing.
///
/// Changed bytes, errata that do not apply, and requests that the index takes for responses are reported alone,
/// for all else rests on them; and errata that are not needed only where all agree.
///
/// ```
/// # use evidence::{conform, documented::Evidence};
/// # let (document, index, errata) = ("openapi: 3.0.3", "message = []", "");
/// let evidence = Evidence::parse(index, errata, |file| std::fs::read(file).ok())?;
/// for problem in conform::problems(document, &evidence) {
///     eprintln!("{problem}");
/// }
/// # Ok::<(), evidence::documented::Problem>(())
/// ```
#[must_use]
pub fn problems(document: &str, evidence: &Evidence) -> Vec<Problem> {
    problems_of(read(document.as_bytes()).as_ref(), evidence)
}

/// Returns the same for a document that has been read.
pub(crate) fn problems_of(
    document: Result<&Tree, &Diagnostic>,
    evidence: &Evidence,
) -> Vec<Problem> {
    let problems = evidence.problems();
    if !problems.is_empty() {
        return problems;
    }
    match document {
        Ok(tree) => against(&Document::new(tree), evidence),
        Err(unreadable) => vec![unread(unreadable)],
    }
}

fn unread(unreadable: &Diagnostic) -> Problem {
    let Diagnostic { message, help, .. } = unreadable;
    let help = help.as_deref().unwrap_or("correct the document");
    Problem::new(&SYNTAX, Location::Document(String::new()), (message, help))
}

fn against(document: &Document<'_>, evidence: &Evidence) -> Vec<Problem> {
    let other_kinds = coverage::other_kinds(evidence);
    if !other_kinds.is_empty() {
        return other_kinds;
    }
    let mut problems = coverage::problems(document, evidence);
    problems
        .extend(evidence.messages.iter().flat_map(|message| check(document, evidence, message)));
    if problems.is_empty() {
        problems.extend(unneeded(document, evidence));
    }
    problems
}

fn check(document: &Document<'_>, evidence: &Evidence, message: &Message) -> Vec<Problem> {
    let text = match evidence.repaired(message) {
        Ok(text) => text,
        Err(problem) => return vec![problem],
    };
    let operations: Vec<Operation<'_>> = document.operations_with(message).collect();
    if operations.is_empty() {
        // That is said of its entry in the index.
        return Vec::new();
    }
    let mismatches = match message.status {
        None => {
            http::request(&text).map(|request| request::mismatches(&operations, message, &request))
        }
        Some(_) => http::response(&text).map(|response| {
            let mut mismatches = response::mismatches(&operations, message, &response);
            let request = request_of(message, evidence);
            mismatches
                .extend(request.iter().flat_map(|request| response::echo(request, &response)));
            mismatches
        }),
    };
    let mismatches = mismatches.unwrap_or_else(|error| vec![unparsable(&text, &error)]);
    mismatches.into_iter().map(|mismatch| mismatch.of(message)).collect()
}

fn unparsable(text: &str, error: &str) -> Mismatch {
    if text.trim().is_empty() {
        return Mismatch::new(Part::Start, "the message is empty", COPY);
    }
    let line = http::first_bad_header(text).filter(|_| error.contains("header"));
    let part = line.map_or(Part::Start, Part::Line);
    Mismatch::new(part, format!("the head is not HTTP: {error}"), ERRATUM)
}

/// The errata without which all agree as well.
fn unneeded(document: &Document<'_>, evidence: &Evidence) -> impl Iterator<Item = Problem> {
    let errata = evidence.errata.iter().enumerate();
    let unneeded = errata.filter(|(index, erratum)| {
        let mut without = evidence.clone();
        without.errata.remove(*index);
        affected(erratum, evidence).all(|message| check(document, &without, message).is_empty())
    });
    unneeded.map(|(index, erratum)| erratum.unneeded(index))
}

/// The message of an erratum, and then the others of its operation, which must agree with it.
fn affected<'e>(erratum: &Erratum, evidence: &'e Evidence) -> impl Iterator<Item = &'e Message> {
    let message = evidence.messages.iter().find(|message| message.file == erratum.message);
    let others = evidence.messages.iter().filter(move |other| {
        message.is_some_and(|message| {
            other.file != message.file
                && other.operation.is_some()
                && other.operation == message.operation
        })
    });
    message.into_iter().chain(others)
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
