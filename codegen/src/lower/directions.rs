//! Determines which component schemas requests and responses contain.

use std::collections::HashSet;

use document::{Document, Node};

use crate::schemas::component_name;

/// The directions in which a schema is sent.
#[derive(Clone, Copy, Default)]
pub(super) struct Directions {
    /// True if a request contains the schema.
    pub(super) sent: bool,
    /// True if a response contains the schema.
    pub(super) received: bool,
}

impl Directions {
    pub(super) const SENT: Self = Self { sent: true, received: false };
    pub(super) const RECEIVED: Self = Self { sent: false, received: true };
}

/// The directions of the component schemas.
pub(super) struct ComponentDirections<'t> {
    sent: HashSet<&'t str>,
    received: HashSet<&'t str>,
}

impl<'t> ComponentDirections<'t> {
    pub(super) fn new(document: &Document<'t>) -> Self {
        let operations = || document.operations().map(|operation| operation.node);
        let bodies = operations().filter_map(|operation| operation.get("requestBody"));
        let responses = operations().filter_map(|operation| operation.get("responses"));
        let responses = responses.flat_map(Node::entries).map(|entry| entry.value);
        Self { sent: reachable(document, bodies), received: reachable(document, responses) }
    }

    pub(super) fn of(&self, component: &str) -> Directions {
        Directions {
            sent: self.sent.contains(component),
            received: self.received.contains(component),
        }
    }
}

/// Returns the component schemas that bodies or responses refer to, directly or through other schemas.
fn reachable<'t>(
    document: &Document<'t>,
    bodies: impl Iterator<Item = Node<'t>>,
) -> HashSet<&'t str> {
    let components = document.root().get("components").and_then(|it| it.get("schemas"));
    let content = bodies.filter_map(|body| document.resolve(body)?.get("content"));
    let media = content.flat_map(Node::entries);
    let mut pending: Vec<Node<'t>> = media.filter_map(|media| media.value.get("schema")).collect();
    let mut reached = HashSet::new();
    while let Some(node) = pending.pop() {
        pending.extend(node.items());
        for entry in node.entries() {
            match entry.value.as_str().filter(|_| entry.name() == "$ref").map(component_name) {
                Some(name) if reached.insert(name) => {
                    pending.extend(components.and_then(|components| components.get(name)));
                }
                Some(_) => {}
                None => pending.push(entry.value),
            }
        }
    }
    reached
}
