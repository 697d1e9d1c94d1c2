//! Each operation has its messages, and each message its operation.

use std::collections::{BTreeSet, HashSet};

use document::{spelling::nearest, status};
use heck::ToKebabCase as _;

use super::declared::{Declared, Document, Operation};
use crate::{
    documented::{
        DOCUMENTED, Evidence, FOLDER, INDEX, Location, Message, Problem,
        http::{self, Start},
    },
    rules::{INVALID_INDEX, MISSING_MESSAGE},
};

pub(super) fn problems(document: &Document<'_>, evidence: &Evidence) -> Vec<Problem> {
    let messages = evidence.messages.iter().enumerate();
    let orphaned: Vec<Problem> =
        messages.filter_map(|(index, message)| orphaned(document, index, message)).collect();
    // A message that belongs to no operation is what some operation or example lacks.
    let has_strays = !orphaned.is_empty();
    let operations = document.operations().filter(|_| !has_strays);
    let missing =
        operations.flat_map(|operation| missing(&operation, evidence).collect::<Vec<Problem>>());
    let unfounded = unfounded(document, evidence).into_iter().filter(|_| !has_strays);
    let unfounded = unfounded.map(|example| unfounded_example(example, evidence));
    orphaned.into_iter().chain(repeated(evidence)).chain(missing).chain(unfounded).collect()
}

/// Why the index does not lead from a message to an operation.
fn orphaned(document: &Document<'_>, index: usize, message: &Message) -> Option<Problem> {
    let (member, what) =
        no_operation(document, message).or_else(|| other_schema(document, message))?;
    Some(Problem::new(&INVALID_INDEX, Location::Entry(index, member), what))
}

/// A member of an entry, and the problem and its remedy.
type Wrong = (&'static str, (String, String));

/// The responses that the index takes for requests, and the other way round.
pub(super) fn other_kinds(evidence: &Evidence) -> Vec<Problem> {
    let messages = evidence.messages.iter().enumerate();
    let problem = |(index, message)| {
        let (member, what) = other_kind(message)?;
        Some(Problem::new(&INVALID_INDEX, Location::Entry(index, member), what))
    };
    messages.filter_map(problem).collect()
}

fn other_kind(message: &Message) -> Option<Wrong> {
    let file = &message.file;
    let what = match (message.status, &http::start(&message.bytes)?) {
        (None, Start::Response(status)) => (
            format!("`{file}` is a response, and its entry has no status"),
            format!("add `status = {status}`"),
        ),
        (Some(_), Start::Request) => (
            format!("`{file}` is a request, and its entry has a status"),
            "remove the status, or name the file of the response".to_owned(),
        ),
        _ => return None,
    };
    Some(("status", what))
}

fn no_operation(document: &Document<'_>, message: &Message) -> Option<Wrong> {
    if document.operations_with(message).next().is_some() {
        return None;
    }
    let file = &message.file;
    let is_known = |id: &str| document.operations().any(|operation| operation.id == id);
    let declare = "correct the status, or add the response to the document";
    Some(match (message.id(), message.status) {
        (Some(id), Some(status)) if is_known(id) => {
            ("status", (format!("`{id}` has no response {status}"), declare.to_owned()))
        }
        (Some(id), _) => {
            let ids = document.operations().map(|operation| operation.id).collect::<Vec<_>>();
            let help = match nearest(id, ids) {
                Some(meant) => format!("write `{meant}`"),
                None => "name an operationId of the document, or remove the entry".to_owned(),
            };
            ("operation", (format!("`{file}` belongs to no operation of the document"), help))
        }
        (None, Some(status)) => {
            ("status", (format!("no operation has a response {status}"), declare.to_owned()))
        }
        (None, None) => {
            let what = format!("the entry of the request `{file}` names no operation");
            ("operation", (what, "add its `operation`".to_owned()))
        }
    })
}

fn other_schema(document: &Document<'_>, message: &Message) -> Option<Wrong> {
    let (schema, status) = message.schema.as_deref().zip(message.status)?;
    let mut operations = document.operations_with(message);
    let operation = operations.find(|operation| !answers(operation, status, schema))?;
    let declared = operation.response(status)?;
    let component = declared.media_types().find_map(|media_type| declared.component(media_type));
    let help = match component {
        Some(component) => format!("write `{component}`, or correct the document"),
        None => "remove it, or correct the document".to_owned(),
    };
    Some(("schema", (format!("`{}` is no `{schema}` in `{}`", message.file, operation.id), help)))
}

fn answers(operation: &Operation<'_>, status: u16, schema: &str) -> bool {
    operation.response(status).is_some_and(|declared| {
        declared.media_types().all(|media_type| declared.component(media_type) == Some(schema))
    })
}

/// The messages that are listed twice, or have the place of another one.
fn repeated(evidence: &Evidence) -> impl Iterator<Item = Problem> {
    let (mut files, mut places) = (HashSet::new(), HashSet::new());
    let messages = evidence.messages.iter().enumerate();
    messages.filter_map(move |(index, message)| {
        let Message { file, operation, status, example, .. } = message;
        let (is_new, is_elsewhere) =
            (files.insert(file), places.insert((operation, status, example)));
        let what = match (is_new, is_elsewhere) {
            (false, _) => {
                (format!("another entry lists `{file}` too"), "remove one of the two entries")
            }
            (true, false) => (
                format!("`{file}` has the operation, status and example of another message"),
                "name the `example` of the document that it repeats, or keep one of them",
            ),
            (true, true) => return None,
        };
        Some(Problem::new(&INVALID_INDEX, Location::Entry(index, "file"), what))
    })
}

/// The messages that an operation lacks.
fn missing(operation: &Operation<'_>, evidence: &Evidence) -> impl Iterator<Item = Problem> {
    let request = (!has(operation, None, evidence)).then_some(("request", "request"));
    let answer = lacks_answer(operation, evidence).then_some(("successful response", "response"));
    request.into_iter().chain(answer).map(|(what, kind)| {
        let place = Location::Document(operation.id_pointer());
        let what = format!("no {what} of `{}` is documented", operation.id);
        let file = format!("{}.{kind}.http", operation.id.to_kebab_case());
        Problem::new(&MISSING_MESSAGE, place, (what, remedy(&file, evidence)))
    })
}

/// How to come by the message that should be in a file.
fn remedy(file: &str, evidence: &Evidence) -> String {
    let is_meant = |name: &&String| name.eq_ignore_ascii_case(file);
    if let Some(name) = evidence.unlisted.keys().find(is_meant) {
        return format!("list `{name}` in spec/{INDEX}");
    }
    if let Some(name) = evidence.messages.iter().map(|message| &message.file).find(is_meant) {
        return format!("correct the operation and the status of `{name}` in spec/{INDEX}");
    }
    format!("copy the page's example to spec/{FOLDER}/{file}, and list it in spec/{INDEX}")
}

fn unfounded_example((pointer, status): (String, u16), evidence: &Evidence) -> Problem {
    let what = format!("no message is documented for this example `{DOCUMENTED}`");
    let is_meant = |bytes: &[u8]| http::start(bytes) == Some(Start::Response(status));
    let help = match evidence.unlisted.iter().find(|(_, bytes)| is_meant(bytes)) {
        Some((file, _)) => format!("list `{file}` in spec/{INDEX}, or rename the example"),
        None => format!(
            "copy the page's message to spec/{FOLDER} and list it in spec/{INDEX}, or rename the example"
        ),
    };
    Problem::new(&MISSING_MESSAGE, Location::Document(pointer), (what, help))
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

/// The examples that claim to be documented, without a message: their JSON pointers and statuses.
fn unfounded(document: &Document<'_>, evidence: &Evidence) -> BTreeSet<(String, u16)> {
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

/// The examples of an answer that claim to be documented: their JSON pointers, and its status.
fn claims<'a>(
    operation: &Operation<'a>,
    status: u16,
) -> impl Iterator<Item = (String, u16)> + use<'a> {
    let declared = operation.response(status).into_iter();
    declared.flat_map(move |declared| {
        let media_types = declared.media_types();
        media_types.filter_map(move |it| Some((declared.example_pointer(it, DOCUMENTED)?, status)))
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
