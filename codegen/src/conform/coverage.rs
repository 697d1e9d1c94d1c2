//! Each operation has its messages, and each message its operation.

use std::collections::BTreeSet;

use super::{
    DOCUMENTED,
    document::{Declared, Document, Operation},
};
use crate::{
    Problem,
    documented::{Evidence, Message},
};

const INDEX: &str = "spec/documented/index.toml";

/// The status of the answer that each operation has documented.
const SUCCESS: u16 = 200;

pub(super) fn problems(document: &Document, evidence: &Evidence) -> Vec<Problem> {
    let astray = evidence.messages.iter().filter_map(|message| astray(document, message));
    let lacking = document.operations().flat_map(|operation| lacking(&operation, evidence));
    let unfounded = unfounded(document, evidence).into_iter().map(|status| {
        format!("no message for the example `{DOCUMENTED}` of status {status}; rename the example")
    });
    astray.chain(lacking).chain(unfounded).map(|message| Problem::new(INDEX, message)).collect()
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

/// The messages that an operation lacks, or has more than once.
fn lacking(operation: &Operation<'_>, evidence: &Evidence) -> Vec<String> {
    let id = operation.id;
    [("request", None), ("successful response", Some(SUCCESS))]
        .into_iter()
        .filter_map(|(what, status)| match count(operation, status, evidence) {
            0 => Some(format!("no {what} of {id}; add the page's example")),
            1 => None,
            count => Some(format!("{count} messages are the {what} of {id}; keep one")),
        })
        .collect()
}

/// The statuses of errors whose examples claim to be documented, without a message.
fn unfounded(document: &Document, evidence: &Evidence) -> BTreeSet<u16> {
    let mut unfounded = BTreeSet::new();
    for operation in document.operations() {
        unfounded.extend(operation.statuses().filter(|status| {
            *status != SUCCESS
                && operation.response(*status).is_some_and(|declared| claims(&declared))
                && count(&operation, Some(*status), evidence) == 0
        }));
    }
    unfounded
}

fn claims(declared: &Declared<'_>) -> bool {
    let mut examples = declared.media_types().flat_map(|media_type| declared.examples(media_type));
    examples.any(|(name, _)| name == DOCUMENTED)
}

fn count(operation: &Operation<'_>, status: Option<u16>, evidence: &Evidence) -> usize {
    let messages = evidence.messages.iter();
    messages.filter(|message| message.status == status && operation.has(message)).count()
}
