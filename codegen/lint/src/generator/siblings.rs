//! What cannot stand beside alternatives.

use document::{DiagnosticBuilder, Document, Kind, Node, Report};

use super::{ENUM_BESIDE_ALTERNATIVES, ONE_OF_BESIDE_ANY_OF};

/// Reports alternatives beside which there is what the generator cannot join with them.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for schema in document.objects(Kind::Schema) {
        report.extend(one_of_beside_any_of(schema));
        report.extend(enum_beside_alternatives(schema));
    }
}

fn one_of_beside_any_of(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let (one, any) = (schema.entry("oneOf")?, schema.entry("anyOf")?);
    Some(
        ONE_OF_BESIDE_ANY_OF
            .at(any.key, "the generator cannot take `anyOf` beside `oneOf`")
            .related(one.key, "it is here")
            .help("keep one of them"),
    )
}

fn enum_beside_alternatives(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
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
