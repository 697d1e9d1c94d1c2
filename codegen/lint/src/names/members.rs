//! Checks the names of properties and enum values, which become the members and variants of types.

use std::collections::HashSet;

use document::{
    DiagnosticBuilder, Document, Node, NodeId, Report,
    parts::{declares_others, with_merged},
};

use super::{
    COLLIDING_PROPERTIES, COLLIDING_VALUES, TAKEN_PROPERTY_NAME,
    collisions::{Collisions, Named},
    models::Models,
    rust,
};
use crate::generator::becomes_one_object;

pub(super) fn properties(document: &Document<'_>, models: &Models<'_>, report: &mut Report) {
    let received = received(document);
    for schema in &models.schemas {
        let merged = merged(document, *schema);
        report.extend(PROPERTIES.among(merged, rust::member));
        let help = match (declares_others(*schema), received.contains(&schema.id())) {
            (true, _) => "remove it, or remove `additionalProperties`",
            (false, true) if !becomes_variant(document, *schema) => {
                "remove it; the client then reads it into `extra`, under its name"
            }
            (false, _) => continue,
        };
        report.extend(own(*schema).filter_map(|property| taken(property, help)));
    }
}

/// Returns the properties of a schema and its `allOf`, which become one type, in document order.
fn merged<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<Named<'t>> {
    let mut properties: Vec<Named<'t>> =
        with_merged(document, schema).take(MAX_MERGED).flat_map(own).collect();
    properties.sort_by_key(|named| named.at.id());
    properties
}

/// The maximum number of merged schemas that are compared, which keeps a long chain of schemas from taking too long.
const MAX_MERGED: usize = 250;

fn own(schema: Node<'_>) -> impl Iterator<Item = Named<'_>> {
    let properties = schema.entries_of("properties");
    properties.map(|entry| Named { name: entry.name(), at: entry.key })
}

const PROPERTIES: Collisions = Collisions {
    rule: &COLLIDING_PROPERTIES,
    item: "member",
    help: "keep the one that the service uses",
};

fn taken<'t>(Named { name, at }: Named<'t>, help: &str) -> Option<DiagnosticBuilder<'t>> {
    (rust::member(name) == "extra").then(|| {
        let message = "the model already has a member `extra`, for undeclared members";
        TAKEN_PROPERTY_NAME.at(at, message).help(help)
    })
}

/// Returns true for an alternative that becomes a variant, which has no member for undeclared members.
fn becomes_variant<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    let list = schema.parent().filter(|list| list.items().nth(1).is_some());
    let around = list.and_then(Node::parent);
    around.is_some_and(|around| match list.and_then(Node::name) {
        Some("oneOf") => true,
        Some("anyOf") => !becomes_one_object(document, around),
        _ => false,
    })
}

/// Returns every node in the response schemas, at any depth.
fn received(document: &Document<'_>) -> HashSet<NodeId> {
    let responses = document.operations().flat_map(|it| it.node.entries_of("responses"));
    let responses = responses.filter_map(|response| document.resolve(response.value));
    let mut open: Vec<Node<'_>> = responses
        .flat_map(|response| response.entries_of("content"))
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

pub(super) fn enums(models: &Models<'_>, report: &mut Report) {
    for schema in &models.schemas {
        if schema.get_str("type").is_none_or(|kind| kind == "string") {
            let known = schema.get("x-extensible-enum").filter(|_| schema.get("type").is_some());
            let closed = schema.get("enum").filter(|_| known.is_none());
            report.extend(closed.into_iter().flat_map(|list| colliding(list, &VALUES)));
            report.extend(known.into_iter().flat_map(|list| colliding(list, &KNOWN_VALUES)));
            report.extend(known.into_iter().flat_map(reserved));
        }
    }
}

fn values(list: Node<'_>) -> impl Iterator<Item = Named<'_>> {
    list.items().filter_map(|at| Some(Named { name: at.as_str()?, at }))
}

/// Reports colliding values. typify tries a second conversion if names collide after the first one.
fn colliding<'t>(list: Node<'t>, collisions: &Collisions) -> Vec<DiagnosticBuilder<'t>> {
    let is_open = list.name() == Some("x-extensible-enum");
    let values = || values(list).filter(|value| !(is_open && is_reserved(*value)));
    match collisions.among(values(), rust::item).is_empty() {
        true => Vec::new(),
        false => collisions.among(values(), rust::unique_variant),
    }
}

const VALUES: Collisions = Collisions {
    rule: &COLLIDING_VALUES,
    item: "variant",
    help: "remove one of them, or remove the `enum`",
};

const KNOWN_VALUES: Collisions =
    Collisions { help: "remove one of them, or remove the `x-extensible-enum`", ..VALUES };

fn is_reserved(value: Named<'_>) -> bool {
    rust::item(value.name) == "Other"
}

fn reserved(known: Node<'_>) -> impl Iterator<Item = DiagnosticBuilder<'_>> {
    values(known).filter(|value| is_reserved(*value)).map(|value| {
        let message =
            "this becomes the variant `Other`, which is reserved for values that are not listed";
        COLLIDING_VALUES
            .at(value.at, message)
            .help("remove it; the client then reads it like any other value")
    })
}
