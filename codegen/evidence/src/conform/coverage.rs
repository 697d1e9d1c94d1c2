//! Checks that each operation has its messages, and each message its operation.

use std::collections::{BTreeSet, HashSet};

use document::{spelling::nearest, status};
use heck::ToKebabCase as _;

use super::{
    declared::{Declared, Document, Operation},
    request,
};
use crate::{
    documented::{
        DOCUMENTED, Evidence, FOLDER, INDEX, Location, Message, Problem,
        http::{self, Start},
    },
    rules::{INVALID_INDEX, MISSING_MESSAGE},
};

/// Reports messages without an operation, and duplicates. If every message has an operation, also reports operations
/// and examples without a message.
pub(super) fn problems(document: &Document<'_>, evidence: &Evidence) -> Vec<Problem> {
    let messages = evidence.messages.iter().enumerate();
    let orphans: Vec<Problem> =
        messages.filter_map(|(index, _)| orphan(document, evidence, index)).collect();
    // The message that an operation or example lacks may be one of the orphans.
    let has_orphans = !orphans.is_empty();
    let operations = document.operations().filter(|_| !has_orphans);
    let missing =
        operations.flat_map(|operation| missing(&operation, evidence).collect::<Vec<Problem>>());
    let unproven = unproven_examples(document, evidence).into_iter().filter(|_| !has_orphans);
    let unproven = unproven.map(|example| unproven_example(example, evidence));
    orphans.into_iter().chain(duplicates(evidence)).chain(missing).chain(unproven).collect()
}

/// Reports a message whose index entry matches no operation of the document, or states the wrong schema.
fn orphan(document: &Document<'_>, evidence: &Evidence, index: usize) -> Option<Problem> {
    let message = &evidence.messages[index];
    let (member, what) =
        no_operation(document, evidence, message).or_else(|| other_schema(document, message))?;
    Some(Problem::new(&INVALID_INDEX, Location::Entry(index, member), what))
}

/// An invalid member of an entry, with its message and help text.
type InvalidMember = (&'static str, (String, String));

/// Reports responses that the index lists as requests, and requests that it lists as responses.
pub(super) fn wrong_kinds(evidence: &Evidence) -> Vec<Problem> {
    let messages = evidence.messages.iter().enumerate();
    let problem = |(index, message)| {
        let (member, what) = wrong_kind(message)?;
        Some(Problem::new(&INVALID_INDEX, Location::Entry(index, member), what))
    };
    messages.filter_map(problem).collect()
}

fn wrong_kind(message: &Message) -> Option<InvalidMember> {
    let file = &message.file;
    let what = match (message.status, &http::start(&message.bytes)?) {
        (None, Start::Response(status)) => (
            format!("`{file}` is a response, but its entry has no status"),
            format!("add `status = {status}`"),
        ),
        (Some(_), Start::Request) => (
            format!("`{file}` is a request, but its entry has a status"),
            "remove the status, or specify the file of the response".to_owned(),
        ),
        _ => return None,
    };
    Some(("status", what))
}

fn no_operation(
    document: &Document<'_>,
    evidence: &Evidence,
    message: &Message,
) -> Option<InvalidMember> {
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
            let help = match meant(document, evidence, message, id) {
                Some(meant) => format!("write `{meant}`"),
                None => "use an operationId from the document, or remove the entry".to_owned(),
            };
            (
                "operation",
                (format!("`{file}` does not belong to any operation of the document"), help),
            )
        }
        (None, Some(status)) => {
            ("status", (format!("no operation has a response {status}"), declare.to_owned()))
        }
        (None, None) => {
            let what = format!("the entry of the request `{file}` has no operation");
            ("operation", (what, "add its `operation`".to_owned()))
        }
    })
}

/// Returns the operation that the unknown operation `id` of a message stands for: the one with the method and the path
/// of its request. If the request is unknown, the name decides.
fn meant<'a>(
    document: &'a Document<'_>,
    evidence: &Evidence,
    message: &Message,
    id: &str,
) -> Option<&'a str> {
    let ids = |fits: &dyn Fn(&Operation<'_>) -> bool| -> Vec<&'a str> {
        document.operations().filter(fits).map(|operation| operation.id).collect()
    };
    let Some(request) = request::of(message, evidence) else {
        let status = message.status;
        let responds = |operation: &Operation<'_>| {
            status.is_none_or(|status| operation.response(status).is_some())
        };
        return nearest(id, ids(&responds));
    };
    match ids(&|operation| request::is_of(operation, &request))[..] {
        [only] => Some(only),
        ref several => nearest(id, several.iter().copied()),
    }
}

fn other_schema(document: &Document<'_>, message: &Message) -> Option<InvalidMember> {
    let (schema, status) = message.schema.as_deref().zip(message.status)?;
    let mut operations = document.operations_with(message);
    let operation = operations.find(|operation| !responds_with(operation, status, schema))?;
    let declared = operation.response(status)?;
    let component = declared.media_types().find_map(|media_type| declared.component(media_type));
    let help = match component {
        Some(component) => format!("write `{component}`, or correct the document"),
        None => "remove it, or correct the document".to_owned(),
    };
    Some((
        "schema",
        (
            format!(
                "the body of `{}` does not have the schema `{schema}` in `{}`",
                message.file, operation.id
            ),
            help,
        ),
    ))
}

fn responds_with(operation: &Operation<'_>, status: u16, schema: &str) -> bool {
    operation.response(status).is_some_and(|declared| {
        declared.media_types().all(|media_type| declared.component(media_type) == Some(schema))
    })
}

/// Reports messages that are listed twice, or that have the same operation, status and example as another message.
fn duplicates(evidence: &Evidence) -> impl Iterator<Item = Problem> {
    let (mut files, mut roles) = (HashSet::new(), HashSet::new());
    let messages = evidence.messages.iter().enumerate();
    messages.filter_map(move |(index, message)| {
        let Message { file, operation, status, example, .. } = message;
        let role = (operation, status, example);
        let what = match (files.insert(file), roles.insert(role)) {
            (false, _) => (format!("`{file}` is listed twice"), "remove one of the two entries"),
            (true, false) => (
                format!("`{file}` has the same operation, status and example as another message"),
                "set `example` to the document's example that it equals, or keep only one of them",
            ),
            (true, true) => return None,
        };
        Some(Problem::new(&INVALID_INDEX, Location::Entry(index, "file"), what))
    })
}

/// Reports the messages that an operation lacks.
fn missing(operation: &Operation<'_>, evidence: &Evidence) -> impl Iterator<Item = Problem> {
    let request = (!has(operation, None, evidence)).then_some(("request", "request"));
    let response =
        lacks_response(operation, evidence).then_some(("successful response", "response"));
    request.into_iter().chain(response).map(|(what, kind)| {
        let location = Location::Document(format!("{}/operationId", operation.pointer()));
        let what = format!("no {what} of `{}` is documented", operation.id);
        let file = format!("{}.{kind}.http", operation.id.to_kebab_case());
        Problem::new(&MISSING_MESSAGE, location, (what, remedy(&file, evidence)))
    })
}

/// Returns the help text for a missing message. `file` is the name that its file should have.
fn remedy(file: &str, evidence: &Evidence) -> String {
    let is_match = |name: &&String| name.eq_ignore_ascii_case(file);
    if let Some(name) = evidence.unlisted.keys().find(is_match) {
        return format!("list `{name}` in spec/{INDEX}");
    }
    if let Some(name) = evidence.messages.iter().map(|message| &message.file).find(is_match) {
        return format!("correct the operation and the status of `{name}` in spec/{INDEX}");
    }
    format!("copy the page's example to spec/{FOLDER}/{file}, and list it in spec/{INDEX}")
}

fn unproven_example((pointer, status): (String, u16), evidence: &Evidence) -> Problem {
    let what = format!("no message documents this example `{DOCUMENTED}`");
    let is_match = |bytes: &[u8]| http::start(bytes) == Some(Start::Response(status));
    let help = match evidence.unlisted.iter().find(|(_, bytes)| is_match(bytes)) {
        Some((file, _)) => format!("list `{file}` in spec/{INDEX}, or rename the example"),
        None => format!(
            "copy the page's message to spec/{FOLDER} and list it in spec/{INDEX}, or rename the example"
        ),
    };
    Problem::new(&MISSING_MESSAGE, Location::Document(pointer), (what, help))
}

/// Returns true if no successful response has a message. Responses without content need none.
fn lacks_response(operation: &Operation<'_>, evidence: &Evidence) -> bool {
    let statuses = operation.statuses().filter(|status| is_success(*status));
    let mut responses =
        statuses.filter(|status| operation.response(*status).is_some_and(has_content)).peekable();
    responses.peek().is_some() && !responses.any(|status| has(operation, Some(status), evidence))
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

/// Returns the JSON pointers and statuses of examples that are named `documented` but have no message.
fn unproven_examples(document: &Document<'_>, evidence: &Evidence) -> BTreeSet<(String, u16)> {
    let mut unproven = BTreeSet::new();
    for operation in document.operations() {
        let is_lacking = lacks_response(&operation, evidence);
        // If all successful responses lack a message, this is reported once, for the operation.
        let statuses = operation.statuses().filter(|status| !(is_lacking && is_success(*status)));
        let without_message = statuses.filter(|status| is_unproven(&operation, *status, evidence));
        unproven.extend(without_message.flat_map(|status| documented_examples(&operation, status)));
    }
    unproven
}

fn is_unproven(operation: &Operation<'_>, status: u16, evidence: &Evidence) -> bool {
    messages(operation, Some(status), evidence).all(|message| message.example != DOCUMENTED)
}

/// Returns the JSON pointers of a response's examples named `documented`, each with the status.
fn documented_examples<'a>(
    operation: &Operation<'a>,
    status: u16,
) -> impl Iterator<Item = (String, u16)> + use<'a> {
    let declared = operation.response(status).into_iter();
    declared.flat_map(move |declared| {
        let media_types = declared.media_types();
        media_types.filter_map(move |it| Some((declared.example_pointer(it, DOCUMENTED)?, status)))
    })
}

/// Returns the requests of an operation, or its responses with a status.
fn messages<'a>(
    operation: &Operation<'_>,
    status: Option<u16>,
    evidence: &'a Evidence,
) -> impl Iterator<Item = &'a Message> {
    let messages = evidence.messages.iter();
    messages.filter(move |message| message.status == status && operation.has(message))
}
