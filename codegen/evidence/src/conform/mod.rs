//! Compares the vendor's messages with the document.
//!
//! After its errata are applied, a message must conform to the document: its method, path, headers, status and body
//! must be declared, and its body must equal its example in the document, including the digits of numbers.

mod content;
mod coverage;
mod declared;
mod mismatch;
mod request;
mod response;
mod structure;
mod template;

use document::{Diagnostic, read, syntax::SYNTAX};

use self::{
    declared::{Document, Operation},
    mismatch::{COPY, ERRATUM, Mismatch},
};
pub use self::{
    mismatch::Aspect,
    structure::{Difference, DocumentedOperation, Structure},
};
use crate::{
    documented::{Erratum, Evidence, Location, Message, Part, Problem, Source, http},
    rules::UNNEEDED_ERRATUM,
};

/// Returns all disagreements between the evidence and the document.
///
/// Changed messages, errata that do not apply, and requests that the index lists as responses are reported alone,
/// because they can cause other problems. Unneeded errata are reported only if there are no other problems.
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
pub fn problems(document: &str, evidence: &Evidence) -> Vec<Problem> {
    let tree = read(document.as_bytes());
    let document = tree.as_ref().map(document::Document::new);
    problems_of(document.as_ref().map_err(|it| *it), evidence)
}

/// Does the same as [`problems`] for a document that is already parsed.
pub(crate) fn problems_of(
    document: Result<&document::Document<'_>, &Diagnostic>,
    evidence: &Evidence,
) -> Vec<Problem> {
    let problems = evidence.problems();
    if !problems.is_empty() {
        return problems;
    }
    match document {
        Ok(document) => compare(&Document::new(document), evidence),
        Err(unreadable) => vec![unreadable_document(unreadable)],
    }
}

/// Does the same as [`problems_of`], but reports other disagreements even if some errata do not apply.
pub(crate) fn problems_past_errata(
    document: Result<&document::Document<'_>, &Diagnostic>,
    evidence: &Evidence,
) -> Vec<Problem> {
    let mut evidence = evidence.clone();
    let mut problems = evidence.leave_out_errata();
    let others = problems_of(document, &evidence).into_iter();
    // Other errata may seem unneeded only because these were skipped.
    let is_consequence = |problem: &Problem| problem.rule == &UNNEEDED_ERRATUM;
    let has_left_out = !problems.is_empty();
    problems.extend(others.filter(|problem| !(has_left_out && is_consequence(problem))));
    problems
}

fn unreadable_document(unreadable: &Diagnostic) -> Problem {
    let Diagnostic { message, help, .. } = unreadable;
    let help = help.as_deref().unwrap_or("correct the document");
    Problem::new(&SYNTAX, Location::Document(String::new()), (message, help))
}

fn compare(document: &Document<'_>, evidence: &Evidence) -> Vec<Problem> {
    let wrong_kinds = coverage::wrong_kinds(evidence);
    if !wrong_kinds.is_empty() {
        return wrong_kinds;
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
    let repaired = match evidence.traced(message) {
        Ok(repaired) => repaired,
        Err(problem) => return vec![problem],
    };
    let mismatches = mismatches(document, evidence, message, &repaired.text).into_iter();
    // If only a portion of a part comes from an erratum, the page itself may be wrong.
    let erratum = |mismatch: &Mismatch| {
        let span = repaired.span_of(&mismatch.part)?;
        match repaired.source(&span)? {
            Source::Erratum(index) => repaired.in_page(&span).map(|_| index),
            Source::Page(_) => None,
        }
    };
    let placed = mismatches.map(|mismatch| match erratum(&mismatch) {
        Some(index) => blame_page(document, evidence, message, mismatch, index),
        None => mismatch,
    });
    placed.map(|mismatch| mismatch.of(message)).collect()
}

/// Locates a difference in the page if it exists even without the erratum.
fn blame_page(
    document: &Document<'_>,
    evidence: &Evidence,
    message: &Message,
    mut mismatch: Mismatch,
    erratum: usize,
) -> Mismatch {
    let mut without = evidence.clone();
    without.errata.remove(erratum);
    let Ok(text) = without.repaired(message) else { return mismatch };
    let others = mismatches(document, &without, message, &text);
    let is_same =
        |other: &Mismatch| other.part == mismatch.part && other.message == mismatch.message;
    if others.iter().any(is_same) {
        mismatch.part = Part::InPage(Box::new(mismatch.part));
    }
    mismatch
}

fn mismatches(
    document: &Document<'_>,
    evidence: &Evidence,
    message: &Message,
    text: &str,
) -> Vec<Mismatch> {
    let operations: Vec<Operation<'_>> = document.operations_with(message).collect();
    if operations.is_empty() {
        // `coverage` reports the index entry of such a message.
        return Vec::new();
    }
    let mismatches = match message.status {
        None => {
            http::request(text).map(|request| request::mismatches(&operations, message, &request))
        }
        Some(_) => http::response(text).map(|response| {
            let mut mismatches = response::mismatches(&operations, message, &response);
            let request = request::of(message, evidence);
            mismatches
                .extend(request.iter().flat_map(|request| response::echo(request, &response)));
            mismatches
        }),
    };
    mismatches.unwrap_or_else(|error| vec![unparsable(text, &error)])
}

fn unparsable(text: &str, error: &str) -> Mismatch {
    if text.trim().is_empty() {
        return Mismatch::new(Aspect::Head, Part::Start, "the message is empty", COPY);
    }
    let line = http::first_bad_header(text).filter(|_| error.contains("header"));
    let part = line.map_or(Part::Start, Part::Line);
    Mismatch::new(Aspect::Head, part, format!("the head is not HTTP: {error}"), ERRATUM)
}

/// Reports the errata that are not needed: all messages conform to the document without them.
fn unneeded(document: &Document<'_>, evidence: &Evidence) -> impl Iterator<Item = Problem> {
    let errata = evidence.errata.iter().enumerate();
    let unneeded = errata.filter(|(index, erratum)| {
        let mut without = evidence.clone();
        without.errata.remove(*index);
        affected(erratum, evidence).all(|message| check(document, &without, message).is_empty())
    });
    unneeded.map(|(index, erratum)| erratum.unneeded(index))
}

/// Returns the message of an erratum, then the other messages of the same operation, which must be consistent with it.
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
