//! The values of enumerations, which become variants.

use document::{DiagnosticBuilder, Node, Report};

use super::{
    COLLIDING_VALUES,
    collisions::{Collisions, Named},
    models::Models,
    rust,
};

pub(super) fn check(models: &Models<'_>, report: &mut Report) {
    for schema in &models.schemas {
        if schema.get("type").and_then(Node::as_str).is_none_or(|kind| kind == "string") {
            let known = schema.get("x-extensible-enum").filter(|_| schema.get("type").is_some());
            let closed = schema.get("enum").filter(|_| known.is_none());
            for list in known.into_iter().chain(closed) {
                report.extend(colliding(list));
            }
            report.extend(known.into_iter().flat_map(others));
        }
    }
}

fn values(list: Node<'_>) -> impl Iterator<Item = Named<'_>> {
    list.items().filter_map(|at| Some(Named { name: at.as_str()?, at }))
}

/// Where values collide the generator tries once more, with the signs that it left out.
fn colliding(list: Node<'_>) -> Vec<DiagnosticBuilder<'_>> {
    match COLLISIONS.among(values(list), rust::item).is_empty() {
        true => Vec::new(),
        false => COLLISIONS.among(values(list), rust::variant_with_signs),
    }
}

const COLLISIONS: Collisions = Collisions {
    rule: &COLLIDING_VALUES,
    item: "variant",
    help: "leave one out, or make it a plain string",
};

fn others(known: Node<'_>) -> impl Iterator<Item = DiagnosticBuilder<'_>> {
    values(known).filter(|value| rust::item(value.name) == "Other").map(|value| {
        let message =
            "this becomes the variant `Other`, which holds the values that are not listed";
        COLLIDING_VALUES.at(value.at, message).help("leave it out: it is read as any other value")
    })
}
