//! Alternatives that the client never reads, because it takes the first one of `oneOf` or `anyOf` that matches.

use std::collections::HashSet;

use document::{
    DiagnosticBuilder, Document, Node,
    parts::{is_composed, kind_of, required, requires},
};

use super::{
    UNREACHABLE_ALTERNATIVE,
    unions::{self, Alternative, are_exclusive},
};

pub(super) fn unreachable<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
    keyword: &str,
) -> Vec<DiagnosticBuilder<'t>> {
    let alternatives = unions::resolved(document, schema, keyword);
    // The generator merges alternatives of `anyOf` that may match together into one model.
    let is_union = keyword == "anyOf" && !are_exclusive(&alternatives);
    if is_union || have_tags(document, &alternatives) {
        return Vec::new();
    }
    let diagnostic = |(index, (at, later)): (usize, &Alternative<'t>)| {
        let mut earlier = alternatives[..index].iter();
        let (first, _) = earlier.find(|(_, earlier)| covers(document, *earlier, *later))?;
        let message = "an earlier alternative matches all values of this one";
        let diagnostic = UNREACHABLE_ALTERNATIVE.at(at.get("$ref").unwrap_or(*at), message);
        let first = first.get("$ref").unwrap_or(*first);
        Some(diagnostic.related(first, "the earlier alternative").help(help(schema)))
    };
    alternatives.iter().enumerate().filter_map(diagnostic).collect()
}

fn help(schema: Node<'_>) -> String {
    match schema.get("discriminator").and_then(|it| it.get_str("propertyName")) {
        Some(property) => format!("give `{property}` an `enum` of one value in each alternative"),
        None => "put the one with more requirements first, or require a different property in each"
            .into(),
    }
}

/// Returns true if the client reads every value of one schema as the other; false if unknown.
fn covers<'t>(document: &Document<'t>, one: Node<'t>, other: Node<'t>) -> bool {
    if one == other {
        return true;
    }
    let is_unknown = document.has_structural_error(one) || document.has_structural_error(other);
    if is_unknown || is_composed(one) || is_composed(other) || is_constrained(one) {
        return false;
    }
    match (kind_of(one), kind_of(other)) {
        (None, _) => one.is_object(),
        (Some("string"), Some("string")) => covers_string(one, other),
        (Some("number"), Some("integer" | "number")) => !has_enum(one),
        (Some("object"), Some("object")) => covers_object(document, one, other),
        (Some(one_kind @ ("boolean" | "integer")), Some(kind)) => {
            kind == one_kind && !has_enum(one)
        }
        _ => false,
    }
}

/// Returns true if a schema constrains a value more than by its type.
///
/// The client reads every text as a timestamp, also if it is not a valid one.
fn is_constrained(schema: Node<'_>) -> bool {
    const KEYWORDS: [&str; 7] =
        ["pattern", "minLength", "maxLength", "minimum", "maximum", "multipleOf", "not"];
    schema.get_str("format").is_some_and(|format| format != "date-time")
        || KEYWORDS.iter().any(|keyword| schema.get(keyword).is_some())
}

fn has_enum(schema: Node<'_>) -> bool {
    schema.get("enum").is_some()
}

fn covers_string(one: Node<'_>, other: Node<'_>) -> bool {
    let values = |schema: Node<'_>| -> Option<HashSet<String>> {
        let values = schema.get("enum").or_else(|| schema.get("x-extensible-enum"))?.items();
        Some(values.filter_map(Node::text).map(str::to_owned).collect())
    };
    match (values(one), values(other)) {
        (None, _) => true,
        // The client also reads values that an extensible enum does not list.
        (Some(_), _) if one.get("x-extensible-enum").is_some() => true,
        (Some(one), Some(other)) => other.is_subset(&one),
        (Some(_), None) => false,
    }
}

/// Returns true if every object of the other schema has the required members, and the values of its members match.
fn covers_object<'t>(document: &Document<'t>, one: Node<'t>, other: Node<'t>) -> bool {
    let other_required: HashSet<&str> = required(other).map(|(name, _)| name).collect();
    let is_closed = one.get("additionalProperties").is_some_and(|it| it.as_bool() != Some(true));
    let covers_member = |name: &str, member: Node<'t>| {
        let other = other.get("properties").and_then(|properties| properties.get(name));
        other.is_none_or(|other| match (document.resolve(member), document.resolve(other)) {
            (Some(member), Some(other)) => covers_member(member, other),
            _ => false,
        })
    };
    !is_closed
        && required(one).all(|(name, _)| other_required.contains(name))
        && one.entries_of("properties").all(|member| covers_member(member.name(), member.value))
}

/// Returns true if one scalar member covers another; false if unknown. Nested schemas are not compared.
fn covers_member(one: Node<'_>, other: Node<'_>) -> bool {
    let is_scalar =
        |schema| matches!(kind_of(schema), Some("string" | "integer" | "number" | "boolean"));
    one == other
        || (is_scalar(one)
            && !is_composed(one)
            && !is_composed(other)
            && !is_constrained(one)
            && kind_of(one) == kind_of(other)
            && (!has_enum(one) || (kind_of(one) == Some("string") && covers_string(one, other))))
}

/// Returns true if all alternatives require the same property, with a different single value in each.
fn have_tags<'t>(document: &Document<'t>, alternatives: &[Alternative<'t>]) -> bool {
    let Some((_, first)) = alternatives.first() else { return true };
    required(*first).any(|(name, _)| {
        let mut values = HashSet::new();
        let tag = |(_, schema): &Alternative<'t>| tag(document, *schema, name);
        alternatives.iter().map(tag).all(|tag| tag.is_some_and(|value| values.insert(value)))
    })
}

fn tag<'t>(document: &Document<'t>, schema: Node<'t>, name: &str) -> Option<&'t str> {
    let property = document.resolve(schema.get("properties")?.get(name)?)?;
    let mut values = property.items_of("enum");
    let value = values.next()?.as_str()?;
    (values.next().is_none() && requires(schema, name)).then_some(value)
}
