//! Values of enums, which become variants.

use document::{DiagnosticBuilder, Node, Report};

use super::{
    COLLIDING_VALUES,
    collisions::{Collisions, Named},
    models::Models,
    rust,
};

pub(super) fn check(models: &Models<'_>, report: &mut Report) {
    for schema in &models.schemas {
        if schema.get_str("type").is_none_or(|kind| kind == "string") {
            let known = schema.get("x-extensible-enum").filter(|_| schema.get("type").is_some());
            let closed = schema.get("enum").filter(|_| known.is_none());
            for list in known.into_iter().chain(closed) {
                report.extend(colliding(list));
            }
            report.extend(known.into_iter().flat_map(reserved));
        }
    }
}

fn values(list: Node<'_>) -> impl Iterator<Item = Named<'_>> {
    list.items().filter_map(|at| Some(Named { name: at.as_str()?, at }))
}

/// Reports colliding values. typify tries a second conversion if the first one collides.
fn colliding(list: Node<'_>) -> Vec<DiagnosticBuilder<'_>> {
    match COLLISIONS.among(values(list), rust::item).is_empty() {
        true => Vec::new(),
        false => COLLISIONS.among(values(list), rust::unique_variant),
    }
}

const COLLISIONS: Collisions = Collisions {
    rule: &COLLIDING_VALUES,
    item: "variant",
    help: "remove one of them, or remove the `enum`",
};

fn reserved(known: Node<'_>) -> impl Iterator<Item = DiagnosticBuilder<'_>> {
    values(known).filter(|value| rust::item(value.name) == "Other").map(|value| {
        let message = "this becomes the variant `Other`, which is for values that are not listed";
        COLLIDING_VALUES
            .at(value.at, message)
            .help("remove it; the client then reads it like any other value")
    })
}
