//! Unions: alternatives of `anyOf` that may match together. typify merges them into one model with all their members.

use document::{DiagnosticBuilder, Document, Node};

use super::PLAIN_VALUES_IN_ANY_OF;
use crate::parts::{is_composed, kind_of, required};

/// An alternative as written, and with its reference resolved.
pub(super) type Alternative<'t> = (Node<'t>, Node<'t>);

/// The maximum number of alternatives that are compared. The time grows with its square.
const MAX_COMPARED: usize = 40;

/// Returns the alternatives that can be resolved.
pub(super) fn resolved<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
    keyword: &str,
) -> Vec<Alternative<'t>> {
    let alternatives = schema.items_of(keyword).take(MAX_COMPARED);
    alternatives
        .filter_map(|alternative| Some((alternative, document.resolve(alternative)?)))
        .collect()
}

/// Reports a union with an alternative that is not an object: the generated type could not read its values.
pub(super) fn plain_values<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let any_of = schema.entry("anyOf")?;
    let alternatives = union(document, schema)?;
    let is_plain = |kind: &str| kind != "object";
    let (plain, _) = alternatives.iter().find(|(_, it)| kind_of(*it).is_some_and(is_plain))?;
    let message = "the generator merges these into an object, but one of them is not an object";
    let diagnostic = PLAIN_VALUES_IN_ANY_OF.at(any_of.key, message);
    let help = "write `oneOf`, of which the client takes the first that matches";
    Some(diagnostic.related(plain.get("$ref").unwrap_or(*plain), "not an object").help(help))
}

/// Returns true for `anyOf` whose alternatives the generator merges into one object.
pub(crate) fn becomes_one_object<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    union(document, schema).is_some()
}

/// Returns the alternatives of `anyOf`, if all are known and the generator merges them.
fn union<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Vec<Alternative<'t>>> {
    let alternatives = resolved(document, schema, "anyOf");
    let are_known = schema.items_of("anyOf").all(|it| document.resolve(it).is_some());
    (are_known && !are_exclusive(&alternatives)).then_some(alternatives)
}

/// Returns true if the generator finds that no value matches two of the alternatives.
pub(super) fn are_exclusive(alternatives: &[Alternative<'_>]) -> bool {
    alternatives.iter().enumerate().all(|(index, (_, one))| {
        alternatives[..index].iter().all(|(_, other)| exclude(*one, *other))
    })
}

/// Returns true if no object matches both schemas, as `all_mutually_exclusive` of typify finds it.
fn exclude(one: Node<'_>, other: Node<'_>) -> bool {
    if is_composed(one) || is_composed(other) {
        return false;
    }
    match (kind_of(one), kind_of(other)) {
        (Some("object"), Some("object")) => {
            let lacks = |one: Node<'_>, other: Node<'_>| {
                let properties = other.get("properties");
                required(one).any(|(name, _)| properties.is_none_or(|it| it.get(name).is_none()))
            };
            let have_properties = [one, other].iter().all(|it| it.get("properties").is_some());
            have_properties && (lacks(one, other) || lacks(other, one))
        }
        (Some(one), Some(other)) => one != other,
        _ => false,
    }
}
