//! What cannot stand beside alternatives.

use document::{Document, Finding, Kind, Node, Report, Rule, Severity};

/// Reports alternatives beside which there is what the generator cannot join with them.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for schema in document.objects(Kind::Schema) {
        report.extend(one_of_beside_any_of(schema));
        report.extend(enum_beside_alternatives(schema));
    }
}

pub(super) static ONE_OF_BESIDE_ANY_OF: Rule = Rule {
    id: "one-of-beside-any-of",
    severity: Severity::Error,
    summary: "`oneOf` does not stand beside `anyOf`",
    why: "The generator stops at a schema that has both.",
    wrong: "\
components:
  schemas:
    Id:
      oneOf: [{ type: string }, { type: integer }]
      anyOf: [{ type: string }, { type: boolean }]
",
    right: "\
components:
  schemas:
    Id:
      oneOf: [{ type: string }, { type: integer }]
",
};

fn one_of_beside_any_of(schema: Node<'_>) -> Option<Finding<'_>> {
    let (one, any) = (schema.entry("oneOf")?, schema.entry("anyOf")?);
    Some(
        ONE_OF_BESIDE_ANY_OF
            .at(any.key, "the generator cannot take `anyOf` beside `oneOf`")
            .related(one.key, "it is here")
            .help("keep one of them"),
    )
}

pub(super) static ENUM_BESIDE_ALTERNATIVES: Rule = Rule {
    id: "enum-beside-alternatives",
    severity: Severity::Error,
    summary: "`enum` does not stand beside `oneOf` or `anyOf`",
    why: "The generator restricts each alternative to the values, and stops at one that has none of them, or \
          makes a type that no value fits.",
    wrong: "\
components:
  schemas:
    Colour:
      enum: [red, green]
      oneOf: [{ type: string }, { type: integer }]
",
    right: "\
components:
  schemas:
    Colour:
      oneOf: [{ type: string, enum: [red, green] }, { type: integer }]
",
};

fn enum_beside_alternatives(schema: Node<'_>) -> Option<Finding<'_>> {
    let values = schema.entry("enum")?;
    let alternatives = ["oneOf", "anyOf"].into_iter().find_map(|keyword| schema.entry(keyword))?;
    let message = format!("the generator cannot take `enum` beside `{}`", alternatives.name());
    Some(
        ENUM_BESIDE_ALTERNATIVES
            .at(values.key, message)
            .related(alternatives.key, "the alternatives")
            .help("put it into the alternatives to which its values belong"),
    )
}
