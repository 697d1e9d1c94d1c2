//! Reports unions of values that are not objects, siblings of alternatives that the generator does not support, and
//! `nullable` next to a composition.
//!
//! A union is an `anyOf` whose alternatives can match at the same time. typify merges them into one model with all
//! their members.

use document::{
    DiagnosticBuilder, Document, Kind, Node,
    parts::{is_composed, kind_of, required},
    phrasing::describe,
};

use super::{
    ENUM_BESIDE_ALTERNATIVES, NULLABLE_COMPOSITION, ONE_OF_BESIDE_ANY_OF, PLAIN_VALUES_IN_ANY_OF,
};

/// An alternative as it is written, and with its reference resolved.
pub(super) type Alternative<'t> = (Node<'t>, Node<'t>);

/// The maximum number of alternatives that are compared. The time grows with the square of this number.
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
    let help = "write `oneOf`; the client then takes the first alternative that matches";
    Some(diagnostic.related(plain.get("$ref").unwrap_or(*plain), "not an object").help(help))
}

/// Returns true for `anyOf` whose alternatives the generator merges into one object.
pub(crate) fn becomes_one_object<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    union(document, schema).is_some()
}

/// Returns the alternatives of `anyOf` if all of them are known and the generator merges them.
fn union<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Vec<Alternative<'t>>> {
    let alternatives = resolved(document, schema, "anyOf");
    let are_known = schema.items_of("anyOf").all(|it| document.resolve(it).is_some());
    (are_known && !are_exclusive(&alternatives)).then_some(alternatives)
}

/// Returns true if the generator concludes that no value matches two of the alternatives.
pub(super) fn are_exclusive(alternatives: &[Alternative<'_>]) -> bool {
    alternatives.iter().enumerate().all(|(index, (_, one))| {
        alternatives[..index].iter().all(|(_, other)| exclude(*one, *other))
    })
}

/// Returns true if no object matches both schemas according to typify's `all_mutually_exclusive`.
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

/// Reports a nullable component that is composed of several schemas.
///
/// The generator turns it into a struct or an enum, which cannot be null.
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

/// Returns true for a component that is composed of several schemas, so it is reported if it is nullable.
pub(crate) fn is_composed_component<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    document.component_name(Kind::Schema, schema).is_some() && has_own_type(document, schema)
}

/// Returns true if the generator turns a composition into a new type, and not into an alias for one of its parts.
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
