//! Unions: what fits several schemas of `anyOf` at once, and so becomes one model with the members of all.

use document::{DiagnosticBuilder, Document, Kind, Node, Report};

use super::{
    PLAIN_VALUES_IN_ANY_OF,
    parts::{MANY, is_composed, kind_of, members, required},
};

/// Reports unions of which the generator makes no usable type.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for schema in document.objects(Kind::Schema) {
        report.extend(plain_values(document, schema));
    }
}

fn plain_values<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let any_of = schema.entry("anyOf")?;
    let alternatives = alternatives(document, schema)?;
    let is_plain = |kind: &str| kind != "object";
    let plain = alternatives.iter().find(|(_, it)| kind_of(*it).is_some_and(is_plain))?;
    (!are_exclusive(&alternatives)).then(|| {
        let (at, _) = plain;
        let message = "the generator makes one object of these, and a plain value is none";
        PLAIN_VALUES_IN_ANY_OF
            .at(any_of.key, message)
            .related(at.get("$ref").unwrap_or(*at), "the plain value")
            .help("write `oneOf`, of which the client takes the first that fits")
    })
}

fn alternatives<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Option<Vec<(Node<'t>, Node<'t>)>> {
    let alternatives = members(schema, "anyOf").take(MANY);
    alternatives.map(|alternative| Some((alternative, document.resolve(alternative)?))).collect()
}

/// Returns true for `anyOf` of which the generator makes one object with the members of all alternatives.
pub(crate) fn becomes_one_object<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    let alternatives = alternatives(document, schema).filter(|them| them.len() > 1);
    alternatives.is_some_and(|alternatives| !are_exclusive(&alternatives))
}

/// Whether the generator sees that no value fits two of the alternatives.
pub(super) fn are_exclusive(alternatives: &[(Node<'_>, Node<'_>)]) -> bool {
    alternatives.iter().enumerate().all(|(index, (_, one))| {
        alternatives[..index].iter().all(|(_, other)| exclude(*one, *other))
    })
}

fn exclude(one: Node<'_>, other: Node<'_>) -> bool {
    if is_composed(one) || is_composed(other) {
        return false;
    }
    match (kind_of(one), kind_of(other)) {
        (Some("object"), Some("object")) => {
            let lacks = |one: Node<'_>, other: Node<'_>| {
                let properties = other.get("properties");
                required(one).any(|name| properties.is_none_or(|it| it.get(name).is_none()))
            };
            let have_properties = [one, other].iter().all(|it| it.get("properties").is_some());
            have_properties && (lacks(one, other) || lacks(other, one))
        }
        (Some(one), Some(other)) => one != other,
        _ => false,
    }
}
