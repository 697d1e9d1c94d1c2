//! Null beside a composition.

use document::{Document, Finding, Kind, Node, Report, Rule, Severity, words::called};

use super::parts::{is_composed, members};

/// Reports components that are composed and nullable.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for component in document.components(Kind::Schema) {
        report.extend(nullable(document, component.value));
    }
}

pub(super) static NULLABLE_COMPOSITION: Rule = Rule {
    id: "nullable-composition",
    severity: Severity::Error,
    summary: "a component that is composed of several schemas is not nullable itself",
    why: "The generator makes two types of one name, one with null and one without, and the code does not \
          compile.",
    wrong: "\
components:
  schemas:
    Id:
      nullable: true
      oneOf: [{ type: string }, { type: integer }]
",
    right: "\
components:
  schemas:
    Id:
      oneOf: [{ type: string }, { type: integer }]
    Order:
      type: object
      properties:
        id:
          nullable: true
          allOf: [{ $ref: '#/components/schemas/Id' }]
",
};

fn nullable<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Finding<'t>> {
    let nullable = schema.entry("nullable").filter(|it| it.value.as_bool() == Some(true))?;
    is_of_several(document, schema).then(|| {
        let message = format!(
            "{} is composed of several schemas, and cannot be null besides",
            called(schema)
        );
        NULLABLE_COMPOSITION
            .at(nullable.key, message)
            .help("write `nullable: true` where it is used, beside an `allOf` with the `$ref`")
    })
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
