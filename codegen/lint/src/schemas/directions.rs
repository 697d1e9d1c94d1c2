//! Which way values go.

use std::collections::HashSet;

use document::{Document, Kind, Node, NodeId};

use super::Compositions;

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// In a request.
    Sent,
    /// In a response.
    Received,
    /// Both, or nobody knows.
    Either,
}

/// Which way a value goes that stands in a message, by what the message is.
pub(crate) fn direction(document: &Document<'_>, node: Node<'_>) -> Direction {
    let mut found = None;
    let mut node = Some(node);
    while let Some(current) = node {
        match document.kind(current) {
            // There the two ends of the line change places.
            Some(Kind::Callback) => return Direction::Either,
            Some(Kind::RequestBody | Kind::Parameter) => found = found.or(Some(Direction::Sent)),
            Some(Kind::Response) => found = found.or(Some(Direction::Received)),
            _ => {}
        }
        node = current.parent();
    }
    found.unwrap_or(Direction::Either)
}

/// The schemas that messages of one direction use, at any depth.
pub(super) fn used<'t>(
    document: &Document<'t>,
    compositions: &Compositions<'t>,
    way: Direction,
) -> HashSet<NodeId> {
    let mut open: Vec<Node<'t>> = messages(document)
        .filter(|message| [way, Direction::Either].contains(&direction(document, *message)))
        .filter_map(|message| message.get("schema"))
        .collect();
    let (mut used, mut taken) = (HashSet::new(), HashSet::new());
    while let Some(schema) = open.pop() {
        let Some(schema) = document.resolve(schema) else { continue };
        if used.insert(schema.id()) {
            // A schema can stand for those of which it is a part.
            open.extend(compositions.take(schema, &mut taken));
            open.extend(inner(schema));
        }
    }
    used
}

/// Whatever has a `schema` for what is sent and received.
fn messages<'t>(document: &Document<'t>) -> impl Iterator<Item = Node<'t>> {
    let kinds = [Kind::MediaType, Kind::Parameter, Kind::Header];
    kinds.into_iter().flat_map(|kind| document.objects(kind).collect::<Vec<_>>())
}

/// The schemas of values within the value.
fn inner<'t>(schema: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    let properties = schema.get("properties").into_iter().flat_map(Node::entries);
    let others =
        ["items", "additionalProperties"].into_iter().filter_map(move |key| schema.get(key));
    properties.map(|entry| entry.value).chain(others)
}
