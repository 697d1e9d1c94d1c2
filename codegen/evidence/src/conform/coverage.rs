//! Each operation has its messages, and each message its operation.

use std::collections::{BTreeSet, HashSet};

use document::status;

use super::declared::{Declared, Document, Operation};
use crate::{
    documented::{DOCUMENTED, Evidence, Flaw, Message, Place},
    rules::{MISSING_MESSAGE, UNSOUND_INDEX},
};

pub(super) fn flaws(document: &Document<'_>, evidence: &Evidence) -> Vec<Flaw> {
    let messages = evidence.messages.iter().enumerate();
    let astray: Vec<Flaw> =
        messages.filter_map(|(index, message)| astray(document, index, message)).collect();
    // A message that belongs to no operation is what some operation lacks.
    let has_strays = !astray.is_empty();
    let operations = document.operations().filter(|_| !has_strays);
    let lacking =
        operations.flat_map(|operation| lacking(&operation, evidence).collect::<Vec<Flaw>>());
    let unfounded = unfounded(document, evidence).into_iter().map(unfounded_example);
    astray.into_iter().chain(repeated(evidence)).chain(lacking).chain(unfounded).collect()
}

/// Why a message belongs to no operation of the document.
fn astray(document: &Document<'_>, index: usize, message: &Message) -> Option<Flaw> {
    let flaw = |member, what| Flaw::new(&UNSOUND_INDEX, Place::Entry(index, member), what);
    let file = &message.file;
    if document.operations_with(message).next().is_none() {
        let known = document.operations().any(|operation| Some(operation.id) == message.id());
        let member = if known || message.operation.is_none() { "status" } else { "operation" };
        let what = format!("`{file}` belongs to no operation");
        return Some(flaw(member, (what, "correct its operation or status")));
    }
    let (schema, status) = message.schema.as_deref().zip(message.status)?;
    let mut operations = document.operations_with(message);
    let operation = operations.find(|operation| !answers(operation, status, schema))?;
    let what = format!("`{file}` is no `{schema}` in `{}`", operation.id);
    Some(flaw("schema", (what, "correct its schema")))
}

fn answers(operation: &Operation<'_>, status: u16, schema: &str) -> bool {
    operation.response(status).is_some_and(|declared| {
        declared.media_types().all(|media_type| declared.component(media_type) == Some(schema))
    })
}

/// The messages that have the place of another one.
fn repeated(evidence: &Evidence) -> impl Iterator<Item = Flaw> {
    let mut places = HashSet::new();
    let messages = evidence.messages.iter().enumerate().filter(move |(_, message)| {
        !places.insert((&message.operation, message.status, &message.example))
    });
    messages.map(|(index, Message { file, .. })| {
        let what = format!("`{file}` has the operation, status and example of another message");
        let help = "name its `example`, or keep one of them";
        Flaw::new(&UNSOUND_INDEX, Place::Entry(index, "file"), (what, help))
    })
}

/// The messages that an operation lacks.
fn lacking(operation: &Operation<'_>, evidence: &Evidence) -> impl Iterator<Item = Flaw> {
    let request = (!has(operation, None, evidence)).then_some("request");
    let answer = lacks_answer(operation, evidence).then_some("successful response");
    request.into_iter().chain(answer).map(|what| {
        let place = Place::Document(operation.id_pointer());
        let what = format!("no {what} of `{}` is documented", operation.id);
        Flaw::new(&MISSING_MESSAGE, place, (what, "add the page's example to spec/documented"))
    })
}

fn unfounded_example(pointer: String) -> Flaw {
    let what = format!("no message is documented for this example `{DOCUMENTED}`");
    let help = "add the page's example to spec/documented, or rename this one";
    Flaw::new(&MISSING_MESSAGE, Place::Document(pointer), (what, help))
}

/// Whether no answer of success has a message; one without content needs none.
fn lacks_answer(operation: &Operation<'_>, evidence: &Evidence) -> bool {
    let statuses = operation.statuses().filter(|status| is_success(*status));
    let mut answers =
        statuses.filter(|status| operation.response(*status).is_some_and(has_content)).peekable();
    answers.peek().is_some() && !answers.any(|status| has(operation, Some(status), evidence))
}

fn is_success(status: u16) -> bool {
    status::is_success(&status.to_string())
}

fn has_content(declared: Declared<'_>) -> bool {
    declared.media_types().next().is_some()
}

fn has(operation: &Operation<'_>, status: Option<u16>, evidence: &Evidence) -> bool {
    messages(operation, status, evidence).next().is_some()
}

/// The examples that claim to be documented, without a message: their JSON pointers.
fn unfounded(document: &Document<'_>, evidence: &Evidence) -> BTreeSet<String> {
    let mut unfounded = BTreeSet::new();
    for operation in document.operations() {
        let is_lacking = lacks_answer(&operation, evidence);
        // The lack of any answer of success is said already.
        let statuses = operation.statuses().filter(|status| !(is_lacking && is_success(*status)));
        let unproven = statuses.filter(|status| is_unproven(&operation, *status, evidence));
        unfounded.extend(unproven.flat_map(|status| claims(&operation, status)));
    }
    unfounded
}

fn is_unproven(operation: &Operation<'_>, status: u16, evidence: &Evidence) -> bool {
    messages(operation, Some(status), evidence).all(|message| message.example != DOCUMENTED)
}

/// The examples of an answer that claim to be documented: their JSON pointers.
fn claims<'a>(operation: &Operation<'a>, status: u16) -> impl Iterator<Item = String> + use<'a> {
    let declared = operation.response(status).into_iter();
    declared.flat_map(|declared| {
        let media_types = declared.media_types();
        media_types.filter_map(move |it| declared.example_pointer(it, DOCUMENTED))
    })
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
