//! The names of properties, which become the members of types.

use std::collections::HashSet;

use document::{DiagnosticBuilder, Document, Node, NodeId, Report};

use super::{
    COLLIDING_PROPERTIES, TAKEN_PROPERTY_NAME,
    collisions::{Collisions, Named},
    models::Models,
    rust,
};

pub(super) fn check(document: &Document<'_>, models: &Models<'_>, report: &mut Report) {
    let received = received(document);
    for schema in &models.schemas {
        let properties = composed(document, *schema);
        report.extend(COLLISIONS.among(properties, rust::member));
        let remedy = match (admits_members(*schema), received.contains(&schema.id())) {
            (true, _) => "remove it, or `additionalProperties`",
            (false, true) => "leave it out: it is read into `extra` then, under its name",
            (false, false) => continue,
        };
        report.extend(own(*schema).filter_map(|property| taken(property, remedy)));
    }
}

/// How far parts of parts are followed; of what is composed deeper no type can be made.
const DEEPEST: usize = 250;

/// The properties of a schema and of what it is composed of by `allOf`, which become one type.
fn composed<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<Named<'t>> {
    let (mut properties, mut visited) = (Vec::new(), HashSet::new());
    let mut open = vec![(schema, 0)];
    while let Some((schema, depth)) = open.pop() {
        if depth < DEEPEST && visited.insert(schema.id()) {
            properties.extend(own(schema));
            let parts = schema.get("allOf").into_iter().flat_map(Node::items);
            let parts = parts.filter_map(|part| document.resolve(part));
            open.extend(parts.map(|part| (part, depth + 1)));
        }
    }
    properties.sort_by_key(|named| named.at.id());
    properties
}

fn own(schema: Node<'_>) -> impl Iterator<Item = Named<'_>> {
    let properties = schema.get("properties").into_iter().flat_map(Node::entries);
    properties.map(|entry| Named { name: entry.name(), at: entry.key })
}

const COLLISIONS: Collisions = Collisions {
    rule: &COLLIDING_PROPERTIES,
    item: "member",
    help: "declare the one that the service knows",
};

fn taken<'t>(Named { name, at }: Named<'t>, remedy: &str) -> Option<DiagnosticBuilder<'t>> {
    (rust::member(name) == "extra").then(|| {
        let message = "the member `extra` holds what the document does not declare";
        TAKEN_PROPERTY_NAME.at(at, message).help(remedy)
    })
}

fn admits_members(schema: Node<'_>) -> bool {
    schema.get("additionalProperties").is_some_and(|others| others.as_bool() != Some(false))
}

/// The schemas that answers hold, at any depth.
fn received(document: &Document<'_>) -> HashSet<NodeId> {
    let responses = document.operations().filter_map(|operation| operation.node.get("responses"));
    let mut open: Vec<Node<'_>> = responses
        .flat_map(Node::entries)
        .filter_map(|response| document.resolve(response.value)?.get("content"))
        .flat_map(Node::entries)
        .filter_map(|media| media.value.get("schema"))
        .collect();
    let mut received = HashSet::new();
    while let Some(node) = open.pop() {
        if received.insert(node.id()) {
            match node.get("$ref") {
                Some(_) => open.extend(document.resolve(node)),
                None => open.extend(node.entries().map(|entry| entry.value).chain(node.items())),
            }
        }
    }
    received
}
