//! `nullable` next to a composition.

use document::{DiagnosticBuilder, Document, Node, phrasing::describe};

use super::NULLABLE_COMPOSITION;
use crate::parts::is_composed;

/// Reports a nullable component that is composed of several schemas.
///
/// The generator makes a struct or an enum of it, which cannot be null.
pub(super) fn nullable<'t>(
    document: &Document<'t>,
    component: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let nullable = component.entry("nullable").filter(|it| it.value.as_bool() == Some(true))?;
    if !has_own_type(document, component) {
        return None;
    }
    let name = describe(component);
    let message = format!("{name} is composed of several schemas, so it cannot be null");
    let help = match component.get("allOf") {
        Some(_) => {
            "write `type: object` and `nullable: true` where it is used, next to an `allOf` with the `$ref`"
        }
        None => "write `nullable: true` in one of the alternatives, next to its `type`",
    };
    Some(NULLABLE_COMPOSITION.at(nullable.key, message).help(help))
}

/// Returns true for a component that is reported if it is nullable.
pub(crate) fn is_composed_component<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    let section =
        document.root().get("components").and_then(|components| components.get("schemas"));
    section.is_some() && schema.parent() == section && has_own_type(document, schema)
}

/// Returns true if the generator makes a new type of a composition, and not a name for one of its parts.
fn has_own_type<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    const OWN: [&str; 5] = ["properties", "required", "additionalProperties", "items", "enum"];
    let declares = |schema: Node<'_>| OWN.iter().any(|keyword| schema.get(keyword).is_some());
    let parts = schema.items_of("allOf").filter_map(|part| document.resolve(part));
    let count = parts.filter(|part| declares(*part) || is_composed(*part)).count();
    let has_several = |keyword| schema.items_of(keyword).nth(1).is_some();
    match schema.get("allOf") {
        Some(_) => count + usize::from(declares(schema)) > 1,
        None => !declares(schema) && (has_several("oneOf") || has_several("anyOf")),
    }
}
