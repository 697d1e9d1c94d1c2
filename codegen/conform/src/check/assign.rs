//! Decides which operation each message of a page is compared with.

use std::collections::HashMap;

use super::Comparison;
use crate::{
    blocks::{Kind, Printed},
    lookup::{self, Pair},
};

/// The role of a message, and the recorded message that it is compared with.
pub(super) struct Assigned<'a> {
    pub(super) role: Role,
    /// The recorded message that the page prints here.
    pub(super) pair: Option<Pair<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A request of an operation.
    Request(String),
    /// A response of an operation.
    Response(String),
    /// A response that operations share.
    Shared(u16),
    /// A message that belongs to another page, or text that is not a message.
    Unrelated,
}

/// Assigns a role to each message of the page.
pub(super) fn assign<'a>(comparison: &'a Comparison<'a>) -> Vec<Assigned<'a>> {
    let pairs = best_pairs(comparison);
    let has_request = comparison.messages.iter().zip(&pairs).any(|(message, pair)| {
        message.is_request() && (pair.is_some() || own_operation(comparison, message).is_some())
    });
    let mut assignment = Assignment { comparison, has_request, last: None };
    let messages = comparison.messages.iter().zip(pairs);
    messages
        .map(|(message, pair)| Assigned { role: assignment.role(message, pair.as_ref()), pair })
        .collect()
}

/// Returns the recorded message that each printed message matches.
///
/// If several messages are merely similar to the same recorded message, only the most similar one counts as a variant
/// of it. The others may belong to other operations, because the heads of all messages are similar.
fn best_pairs<'a>(comparison: &'a Comparison<'a>) -> Vec<Option<Pair<'a>>> {
    let known = || comparison.subject.known.iter().map(|index| &comparison.reference.known[*index]);
    let messages = comparison.messages.iter();
    let mut pairs: Vec<Option<Pair<'a>>> =
        messages.map(|message| lookup::nearest(message, known())).collect();
    let key = |message: &Printed, pair: &Pair<'a>| {
        (pair.known.message.file.as_str(), message.kind == Kind::Body)
    };
    let mut best: HashMap<(&str, bool), Pair<'a>> = HashMap::new();
    for (message, pair) in comparison.messages.iter().zip(&pairs) {
        let Some(pair) = pair else { continue };
        let best = best.entry(key(message, pair)).or_insert(*pair);
        if pair.is_closer_than(best) {
            *best = *pair;
        }
    }
    for (message, pair) in comparison.messages.iter().zip(&mut pairs) {
        *pair = pair.filter(|pair| {
            let is_best =
                || best.get(&key(message, pair)).is_some_and(|it| !it.is_closer_than(pair));
            pair.is_same() || is_best()
        });
    }
    pairs
}

/// Returns the operation of the page's subject that has the method and path of a request.
fn own_operation(comparison: &Comparison<'_>, message: &Printed) -> Option<String> {
    let Kind::Request { method, target } = &message.kind else { return None };
    let structure = &comparison.reference.structure;
    let mut operations = comparison.subject.operations.iter();
    operations.find(|id| structure.is_request_of(id, method, target)).cloned()
}

struct Assignment<'a> {
    comparison: &'a Comparison<'a>,
    /// True once a request of the page has been assigned to an operation.
    has_request: bool,
    /// The operation of the last request: `None` before the first request, and `Some(None)` if the last request belongs
    /// to no operation of the page.
    last: Option<Option<String>>,
}

impl Assignment<'_> {
    fn role(&mut self, message: &Printed, pair: Option<&Pair<'_>>) -> Role {
        match message.kind {
            Kind::Request { .. } => self.request(message, pair),
            Kind::Response { .. } => self.response(pair),
            Kind::Body => pair.map_or(Role::Unrelated, recorded_role),
        }
    }

    fn request(&mut self, message: &Printed, pair: Option<&Pair<'_>>) -> Role {
        let recorded = pair.and_then(|pair| pair.known.message.operation.clone());
        let operation = recorded
            .or_else(|| own_operation(self.comparison, message))
            .or_else(|| self.only_operation(message));
        self.has_request |= operation.is_some();
        self.last = Some(operation.clone());
        operation.map_or(Role::Unrelated, Role::Request)
    }

    /// Returns the most likely operation of a request that matches none exactly: the operation with the same path, or
    /// else the first. Only the first request on a page that its name or title identifies has such an operation.
    fn only_operation(&self, message: &Printed) -> Option<String> {
        let Comparison { reference, subject, is_named, .. } = self.comparison;
        if self.has_request || !is_named {
            return None;
        }
        let Kind::Request { target, .. } = &message.kind else { return None };
        let mut operations = subject.operations.iter();
        let at_target = operations.find(|id| reference.structure.is_at(id, target));
        at_target.or(subject.operations.first()).cloned()
    }

    fn response(&self, pair: Option<&Pair<'_>>) -> Role {
        if let Some(pair) = pair {
            return recorded_role(pair);
        }
        let operation = match &self.last {
            Some(operation) => operation.clone(),
            None if self.comparison.is_named => self.comparison.subject.operations.first().cloned(),
            None => None,
        };
        operation.map_or(Role::Unrelated, Role::Response)
    }
}

fn recorded_role(pair: &Pair<'_>) -> Role {
    let message = pair.known.message;
    match (&message.operation, message.status) {
        (Some(id), None) => Role::Request(id.clone()),
        (Some(id), Some(_)) => Role::Response(id.clone()),
        (None, Some(status)) => Role::Shared(status),
        (None, None) => Role::Unrelated,
    }
}
