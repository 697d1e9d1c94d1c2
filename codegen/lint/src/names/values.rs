//! The values of enumerations, which become variants.

use document::{Finding, Node, Report, Rule, Severity};

use super::{
    collisions::{self, Named},
    models::Models,
    rust,
};

pub(super) static COLLIDING_VALUES: Rule = Rule {
    id: "colliding-values",
    severity: Severity::Error,
    summary: "the values of an enumeration differ in Rust, too",
    why: "Variants are written in Pascal case: `get` and `GET` both become `Get`, and the generator stops. \
          A list of known values has a variant `Other` for those that it does not know.",
    wrong: "\
components:
  schemas:
    Method: { type: string, enum: [get, GET] }
",
    right: "\
components:
  schemas:
    Method: { type: string, enum: [get, put] }
",
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
fn colliding(list: Node<'_>) -> Vec<Finding<'_>> {
    let mut collisions = collisions::among(values(list), rust::item);
    if !collisions.is_empty() {
        collisions = collisions::among(values(list), rust::variant_with_signs);
    }
    collisions.into_iter().map(finding).collect()
}

fn finding<'t>((named, earlier, variant): (Named<'t>, Named<'t>, String)) -> Finding<'t> {
    let message =
        format!("`{}` and `{}` both become the variant `{variant}`", earlier.name, named.name);
    COLLIDING_VALUES
        .at(named.at, message)
        .related(earlier.at, "the first one")
        .help("leave one out, or make it a plain string")
}

fn others(known: Node<'_>) -> impl Iterator<Item = Finding<'_>> {
    values(known).filter(|value| rust::item(value.name) == "Other").map(|value| {
        let message =
            "this becomes the variant `Other`, which holds the values that are not listed";
        COLLIDING_VALUES.at(value.at, message).help("leave it out: it is read as any other value")
    })
}
