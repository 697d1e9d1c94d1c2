//! Each operation has its messages, and each message its operation.

use std::collections::{BTreeSet, HashSet};

use super::document::{Declared, Document, Operation};
use crate::{
    Problem,
    documented::{DOCUMENTED, Evidence, Message},
};

const INDEX: &str = "spec/documented/index.toml";

pub(super) fn problems(document: &Document, evidence: &Evidence) -> Vec<Problem> {
    let astray = evidence.messages.iter().filter_map(|message| astray(document, message));
    let lacking = document
        .operations()
        .flat_map(|operation| lacking(&operation, evidence).collect::<Vec<String>>());
    let unfounded = unfounded(document, evidence).into_iter().map(|status| {
        format!("no message for the example `{DOCUMENTED}` of status {status}; rename the example")
    });
    let problems = astray.chain(repeated(evidence)).chain(lacking).chain(unfounded);
    problems.map(|message| Problem::new(INDEX, message)).collect()
}

/// Why a message belongs to no operation of the document.
fn astray(document: &Document, message: &Message) -> Option<String> {
    let file = &message.file;
    if document.operations_with(message).next().is_none() {
        return Some(format!("{file} belongs to no operation; correct its operation or status"));
    }
    let (schema, status) = message.schema.as_deref().zip(message.status)?;
    let mut operations = document.operations_with(message);
    let operation = operations.find(|operation| !answers(operation, status, schema))?;
    Some(format!("{file} is no {schema} in {}; correct its schema", operation.id))
}

fn answers(operation: &Operation<'_>, status: u16, schema: &str) -> bool {
    operation.response(status).is_some_and(|declared| {
        declared.media_types().all(|media_type| declared.component(media_type) == Some(schema))
    })
}

/// The messages that have the place of another one.
fn repeated(evidence: &Evidence) -> impl Iterator<Item = String> {
    let mut places = HashSet::new();
    let messages = evidence.messages.iter().filter(move |message| {
        !places.insert((&message.operation, message.status, &message.example))
    });
    messages.map(|Message { file, .. }| {
        format!("{file} has the operation, status and example of another; name its `example`, or keep one")
    })
}

/// The messages that an operation lacks.
fn lacking(operation: &Operation<'_>, evidence: &Evidence) -> impl Iterator<Item = String> {
    let request = (!has(operation, None, evidence)).then_some("request");
    let answer = lacks_answer(operation, evidence).then_some("successful response");
    let id = operation.id;
    let lacking = request.into_iter().chain(answer);
    lacking.map(move |what| format!("no {what} of {id}; add the page's example"))
}

/// Whether no answer of success has a message; one without content needs none.
fn lacks_answer(operation: &Operation<'_>, evidence: &Evidence) -> bool {
    let statuses = operation.statuses().filter(|status| is_success(*status));
    let mut answers =
        statuses.filter(|status| operation.response(*status).is_some_and(has_content)).peekable();
    answers.peek().is_some() && !answers.any(|status| has(operation, Some(status), evidence))
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

fn has_content(declared: Declared<'_>) -> bool {
    declared.media_types().next().is_some()
}

fn has(operation: &Operation<'_>, status: Option<u16>, evidence: &Evidence) -> bool {
    messages(operation, status, evidence).next().is_some()
}

/// The statuses whose examples claim to be documented, without a message.
fn unfounded(document: &Document, evidence: &Evidence) -> BTreeSet<u16> {
    let mut unfounded = BTreeSet::new();
    for operation in document.operations() {
        let is_lacking = lacks_answer(&operation, evidence);
        unfounded.extend(operation.statuses().filter(|status| {
            // The lack of any answer of success is said already.
            !(is_lacking && is_success(*status)) && is_unfounded(&operation, *status, evidence)
        }));
    }
    unfounded
}

fn is_unfounded(operation: &Operation<'_>, status: u16, evidence: &Evidence) -> bool {
    let mut messages = messages(operation, Some(status), evidence);
    operation.response(status).is_some_and(claims)
        && messages.all(|message| message.example != DOCUMENTED)
}

fn claims(declared: Declared<'_>) -> bool {
    let mut media_types = declared.media_types();
    media_types.any(|media_type| declared.example(media_type, DOCUMENTED).is_some())
}

/// The requests of an operation, or its answers of a status.
fn messages<'a>(
    operation: &Operation<'_>,
    status: Option<u16>,
    evidence: &'a Evidence,
) -> impl Iterator<Item = &'a Message> {
    let messages = evidence.messages.iter();
    messages.filter(move |message| message.status == status && operation.has(message))
}
