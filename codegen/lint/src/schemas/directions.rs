//! Directions of messages and their values.

use std::collections::HashSet;

use document::{Document, Kind, Node, NodeId};

use super::Compositions;
use crate::parts::{nested, walk};

/// The direction of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// In a request.
    Sent,
    /// In a response.
    Received,
    /// In both, or unknown.
    Either,
}

/// Returns the direction of a part of a message.
pub(crate) fn direction(document: &Document<'_>, part: Node<'_>) -> Direction {
    let ancestors = std::iter::successors(Some(part), |node| node.parent());
    let kinds: Vec<Kind> = ancestors.filter_map(|node| document.kind(node)).collect();
    // The service sends the requests of a callback.
    if kinds.contains(&Kind::Callback) {
        return Direction::Either;
    }
    let directions = kinds.iter().filter_map(|kind| match kind {
        Kind::RequestBody | Kind::Parameter => Some(Direction::Sent),
        Kind::Response => Some(Direction::Received),
        _ => None,
    });
    directions.into_iter().next().unwrap_or(Direction::Either)
}

/// Returns the schemas that messages of one direction use, at any depth.
pub(super) fn used<'t>(
    document: &Document<'t>,
    compositions: &Compositions<'t>,
    direction: Direction,
) -> HashSet<NodeId> {
    let mut taken = HashSet::new();
    walk(document, schemas_of_messages(document, direction), |schema| {
        // A value of a schema may be one of the schemas that contain it by composition.
        let composed = compositions.take(schema, &mut taken).to_vec();
        composed.into_iter().chain(nested(schema))
    })
    .map(Node::id)
    .collect()
}

fn schemas_of_messages<'t>(document: &Document<'t>, wanted: Direction) -> Vec<Node<'t>> {
    let kinds = [Kind::MediaType, Kind::Parameter, Kind::Header].into_iter();
    let messages = kinds.flat_map(|kind| document.objects(kind));
    messages
        .filter(|message| [wanted, Direction::Either].contains(&direction(document, *message)))
        .filter_map(|message| message.get("schema"))
        .collect()
}
