//! Enumerated values that can never occur, or stand there twice.

use document::{DiagnosticBuilder, Document, Node, Value, plain::unambiguous, repeats::repeats};

use super::{DUPLICATE_ENUM_VALUE, MISMATCHED_ENUM_VALUE, admits, with_article};

pub(super) fn unfitting<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Vec<DiagnosticBuilder<'t>> {
    let Some(kind) = schema.get("type") else { return Vec::new() };
    let Some(expected) = kind.as_str().and_then(with_article) else { return Vec::new() };
    let may_be_null = schema.get("nullable").and_then(Node::as_bool) != Some(false)
        && !document.lacks(schema, "nullable");
    let values = schema.get("enum").into_iter().flat_map(Node::items);
    let unfitting = values.filter(|value| match value.value() {
        Value::Null => !may_be_null,
        other => !admits(kind.as_str().unwrap_or_default(), other),
    });
    let name = kind.as_str().unwrap_or_default();
    unfitting.map(|value| diagnostic(value, name, expected).related(kind, "the type")).collect()
}

fn diagnostic<'t>(value: Node<'t>, kind: &str, expected: &str) -> DiagnosticBuilder<'t> {
    let found = value.value().describe();
    let text = value.text().unwrap_or_default();
    match value.value() {
        Value::Null => MISMATCHED_ENUM_VALUE
            .at(value, "null stands in `enum`, but the schema is not nullable")
            .help("add `nullable: true` to the schema, or remove it"),
        Value::Number(_) | Value::Bool(_) if expected == "a string" => MISMATCHED_ENUM_VALUE
            .at(value, format!("`{text}` is {found}, and the schema's values are strings"))
            .help(format!("put it in quotes: `'{text}'`")),
        _ => MISMATCHED_ENUM_VALUE
            .at(value, format!("a value of this `enum` must be {expected} but is {found}"))
            .help(unambiguous(value, kind).unwrap_or_else(|| "correct it, or the type".to_owned())),
    }
}

pub(super) fn duplicate<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let values = schema.get("enum").into_iter().flat_map(Node::items);
    let values = values
        .filter_map(|value| Some(((std::mem::discriminant(&value.value()), value.text()?), value)));
    repeats(values).map(|((_, text), value, earlier)| {
        DUPLICATE_ENUM_VALUE
            .at(value, format!("`{text}` stands twice in `enum`"))
            .related(earlier, "the first one")
            .help("remove it, or write the value that was meant")
    })
}
