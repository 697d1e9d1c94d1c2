//! Values of `enum` that can never occur or occur twice in the list.

use document::{
    DiagnosticBuilder, Document, Node, Value, duplicates::find_duplicates, unambiguous::unambiguous,
};

use super::{DUPLICATE_ENUM_VALUE, MISMATCHED_ENUM_VALUE, admits, with_article};

pub(super) fn mismatched<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Vec<DiagnosticBuilder<'t>> {
    let Some((kind, name)) = schema.get("type").and_then(|kind| Some((kind, kind.as_str()?)))
    else {
        return Vec::new();
    };
    let Some(expected) = with_article(name) else { return Vec::new() };
    let may_be_null = schema.get("nullable").and_then(Node::as_bool) != Some(false)
        && !document.lacks(schema, "nullable");
    let mismatched = schema.items_of("enum").filter(|value| match value.value() {
        Value::Null => !may_be_null,
        other => !admits(name, other),
    });
    mismatched.map(|value| diagnostic(value, name, expected).related(kind, "the type")).collect()
}

fn diagnostic<'t>(value: Node<'t>, kind: &str, expected: &str) -> DiagnosticBuilder<'t> {
    let found = value.value().describe();
    let (message, help) = match value.value() {
        Value::Null => (
            "`enum` lists null, but the schema is not nullable".to_owned(),
            Some("add `nullable: true` to the schema, or remove the null".to_owned()),
        ),
        Value::Number(_) | Value::Bool(_) if kind == "string" => {
            let text = value.text().unwrap_or_default();
            let help = format!("put it in quotes: `'{text}'`");
            (format!("`{text}` must be a string, but is {found}"), Some(help))
        }
        _ => (
            format!("a value of this `enum` must be {expected}, but is {found}"),
            unambiguous(value, kind),
        ),
    };
    let help = help.unwrap_or_else(|| "correct the value or the type".to_owned());
    MISMATCHED_ENUM_VALUE.at(value, message).help(help)
}

pub(super) fn duplicate<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let values = schema
        .items_of("enum")
        .filter_map(|value| Some(((std::mem::discriminant(&value.value()), value.text()?), value)));
    find_duplicates(values).map(|((_, text), value, earlier)| {
        DUPLICATE_ENUM_VALUE
            .at(value, format!("`{text}` occurs twice in `enum`"))
            .related(earlier, "first occurrence")
            .help("remove it, or write the value that is meant")
    })
}
