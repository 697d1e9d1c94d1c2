//! Enumerated values that can never occur, or stand there twice.

use std::collections::HashMap;

use document::{Document, Finding, Node, Rule, Severity, Value};

use super::{admits, with_article};

pub(super) static UNFITTING_ENUM_VALUE: Rule = Rule {
    id: "unfitting-enum-value",
    severity: Severity::Error,
    summary: "the values of `enum` are of the schema's type",
    why: "A value must fit all keywords of its schema, so that one of another type never does. Null is \
          among the values only if `nullable: true` stands beside the type.",
    wrong: "\
components:
  schemas:
    Version: { type: string, enum: [1, 2] }
",
    right: "\
components:
  schemas:
    Version: { type: string, enum: ['1', '2'] }
",
};

pub(super) static DUPLICATE_ENUM_VALUE: Rule = Rule {
    id: "duplicate-enum-value",
    severity: Severity::Warning,
    summary: "no value stands twice in `enum`",
    why: "The second has no effect; another value was probably meant.",
    wrong: "\
components:
  schemas:
    Country: { type: string, enum: [se, dk, se] }
",
    right: "\
components:
  schemas:
    Country: { type: string, enum: [se, dk, fi] }
",
};

pub(super) fn unfitting<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<Finding<'t>> {
    let Some(kind) = schema.get("type") else { return Vec::new() };
    let Some(expected) = kind.as_str().and_then(with_article) else { return Vec::new() };
    let may_be_null = schema.get("nullable").and_then(Node::as_bool) != Some(false)
        && !document.lacks(schema, "nullable");
    let values = schema.get("enum").into_iter().flat_map(Node::items);
    let unfitting = values.filter(|value| match value.value() {
        Value::Null => !may_be_null,
        other => !admits(kind.as_str().unwrap_or_default(), other),
    });
    unfitting.map(|value| finding(value, expected).related(kind, "the type")).collect()
}

fn finding<'t>(value: Node<'t>, expected: &str) -> Finding<'t> {
    let found = value.value().describe();
    let text = value.text().unwrap_or_default();
    match value.value() {
        Value::Null => UNFITTING_ENUM_VALUE
            .at(value, "null stands in `enum`, but the schema is not nullable")
            .help("add `nullable: true` to the schema, or remove it"),
        Value::Number(_) | Value::Bool(_) if expected == "a string" => UNFITTING_ENUM_VALUE
            .at(value, format!("`{text}` is {found}, and the schema's values are strings"))
            .help(format!("put it in quotes: `'{text}'`")),
        _ => UNFITTING_ENUM_VALUE
            .at(value, format!("a value of this `enum` must be {expected} but is {found}"))
            .help("correct it, or the type"),
    }
}

pub(super) fn duplicate<'t>(schema: Node<'t>) -> impl Iterator<Item = Finding<'t>> {
    let mut first = HashMap::new();
    let values = schema.get("enum").into_iter().flat_map(Node::items);
    values.filter_map(move |value| {
        let text = value.text()?;
        let earlier = *first.entry((std::mem::discriminant(&value.value()), text)).or_insert(value);
        (earlier != value).then(|| {
            DUPLICATE_ENUM_VALUE
                .at(value, format!("`{text}` stands twice in `enum`"))
                .related(earlier, "the first one")
                .help("remove it, or write the value that was meant")
        })
    })
}
