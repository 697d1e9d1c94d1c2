//! Null beside a composition.

use document::{DiagnosticBuilder, Document, Kind, Node, Report, phrasing::describe};

use super::{
    NULLABLE_COMPOSITION,
    parts::{is_composed, members},
};

/// Reports components that are composed and nullable.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for component in document.components(Kind::Schema) {
        report.extend(nullable(document, component.value));
    }
}

fn nullable<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let nullable = schema.entry("nullable").filter(|it| it.value.as_bool() == Some(true))?;
    is_of_several(document, schema).then(|| {
        let message = format!(
            "{} is composed of several schemas, and cannot be null besides",
            describe(schema)
        );
        NULLABLE_COMPOSITION
            .at(nullable.key, message)
            .help(match schema.get("allOf") {
                Some(_) => "write `type: object` and `nullable: true` where it is used, beside an `allOf` with the `$ref`",
                None => "write `nullable: true` in one of the alternatives, beside its `type`",
            })
    })
}

/// Returns true for a component that is reported if it is nullable.
pub(crate) fn is_composed_component<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    let section =
        document.root().get("components").and_then(|components| components.get("schemas"));
    section.is_some() && schema.parent() == section && is_of_several(document, schema)
}

/// Whether the generator makes a type of its own of a composition.
fn is_of_several<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    const OWN: [&str; 5] = ["properties", "required", "additionalProperties", "items", "enum"];
    let declares = |schema: Node<'_>| OWN.iter().any(|keyword| schema.get(keyword).is_some());
    let parts = members(schema, "allOf").filter_map(|part| document.resolve(part));
    let count = parts.filter(|part| declares(*part) || is_composed(*part)).count();
    let has_several = |keyword| members(schema, keyword).nth(1).is_some();
    match schema.get("allOf") {
        Some(_) => count + usize::from(declares(schema)) > 1,
        None => !declares(schema) && (has_several("oneOf") || has_several("anyOf")),
    }
}
