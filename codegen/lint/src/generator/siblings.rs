//! Keywords that the generator does not support next to alternatives.

use document::{DiagnosticBuilder, Node};

use super::{ENUM_BESIDE_ALTERNATIVES, ONE_OF_BESIDE_ANY_OF};

pub(super) fn one_of_and_any_of(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let (one, any) = (schema.entry("oneOf")?, schema.entry("anyOf")?);
    let message = "the generator does not support `anyOf` next to `oneOf`";
    let diagnostic = ONE_OF_BESIDE_ANY_OF.at(any.key, message);
    Some(diagnostic.related(one.key, "`oneOf` is here").help("keep one of them"))
}

pub(super) fn enum_and_alternatives(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let values = schema.entry("enum")?;
    let alternatives = ["oneOf", "anyOf"].into_iter().find_map(|keyword| schema.entry(keyword))?;
    let message =
        format!("the generator does not support `enum` next to `{}`", alternatives.name());
    let diagnostic = ENUM_BESIDE_ALTERNATIVES.at(values.key, message);
    let help = "move each value into the alternative that it belongs to";
    Some(diagnostic.related(alternatives.key, "the alternatives").help(help))
}
