//! Reports alternatives that the client never uses, because it takes the first one of `oneOf` or `anyOf` that matches.

use std::collections::HashSet;

use document::{
    DiagnosticBuilder, Document, Node,
    integers::{Bounds, Width},
    parts::{self, is_composed, kind_of, only_value, required, requires},
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
    // The generator merges alternatives of `anyOf` that can match at the same time into one model.
    let is_union = keyword == "anyOf" && !are_exclusive(&alternatives);
    let are_told_apart = is_union || have_tags(document, &alternatives);
    let diagnostic = |(index, (at, later)): (usize, &Alternative<'t>)| {
        let mut earlier = alternatives[..index].iter();
        let (first, earlier) = earlier.find(|(_, earlier)| match are_told_apart {
            true => earlier == later,
            false => covers(document, *earlier, *later),
        })?;
        let message = "the client reads all values of this alternative as an earlier one";
        let diagnostic = UNREACHABLE_ALTERNATIVE.at(at.get("$ref").unwrap_or(*at), message);
        let first = first.get("$ref").unwrap_or(*first);
        let help = help(document, schema, (*earlier, *later));
        Some(diagnostic.related(first, "the earlier alternative").help(help))
    };
    alternatives.iter().enumerate().filter_map(diagnostic).collect()
}

fn help<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
    (one, other): (Node<'t>, Node<'t>),
) -> String {
    let discriminator = schema.get("discriminator").and_then(|it| it.get_str("propertyName"));
    let is_text = |property: &&str| {
        let kind = |schema| Some(kind(parts::property(document, schema, property)?)? == "string");
        [one, other].into_iter().all(|schema| kind(schema) != Some(false))
    };
    let are_objects = kind(one) == Some("object") && kind(other) == Some("object");
    match discriminator.filter(is_text) {
        _ if one == other => "remove it; it is listed twice".into(),
        Some(property) => {
            format!("give `{property}` an `enum` with a single string value in each alternative")
        }
        None if are_objects && !covers(document, other, one) => {
            "put the one with more requirements first, or require a different property in each"
                .into()
        }
        None if are_objects => {
            "require a different property in each, or the same property with a different single-value `enum` in each"
                .into()
        }
        None if !covers(document, other, one) => "put the one with fewer values first".into(),
        None => "write one schema for both, because the client does not check what tells them apart"
            .into(),
    }
}

/// Returns true if the client reads every value of `other` as `one`; false if unknown.
///
/// The client checks formats that have a Rust type, the types of integers, and enums of strings, but no other
/// constraints.
fn covers<'t>(document: &Document<'t>, one: Node<'t>, other: Node<'t>) -> bool {
    if one == other {
        return true;
    }
    let is_unknown = document.has_structural_error(one) || document.has_structural_error(other);
    if is_unknown || is_composed(one) || is_composed(other) {
        return false;
    }
    match (kind(one), kind(other)) {
        (None, _) => one.is_object(),
        (Some("object"), Some("object")) => covers_object(document, one, other),
        (Some("array"), Some("array")) => {
            let items = |list: Node<'t>| document.resolve(list.get("items")?);
            let items = items(one).zip(items(other));
            items.is_some_and(|(one, other)| covers_part(one, other))
        }
        _ => covers_scalar(one, other),
    }
}

/// Returns the type that the client expects for a schema.
fn kind<'t>(schema: Node<'t>) -> Option<&'t str> {
    let names_width = schema.get_str("format").is_some_and(|it| Width::of_format(it).is_some());
    match schema.get_str("type") {
        None | Some("number") if names_width => Some("integer"),
        _ => kind_of(schema),
    }
}

fn covers_scalar(one: Node<'_>, other: Node<'_>) -> bool {
    match (kind(one), kind(other)) {
        (Some("string"), Some("string")) => covers_string(one, other),
        (Some("integer"), Some("integer")) => Bounds::of(one).hold(Bounds::of(other)),
        (Some("number"), Some("integer" | "number")) => true,
        (Some("boolean"), Some("boolean")) => true,
        _ => false,
    }
}

/// Compares two string schemas. A timestamp covers every string, because the client reads even invalid timestamps.
fn covers_string(one: Node<'_>, other: Node<'_>) -> bool {
    let values = |schema: Node<'_>| -> Option<HashSet<String>> {
        let values = schema.get("enum").or_else(|| schema.get("x-extensible-enum"))?.items();
        Some(values.filter_map(Node::text).map(str::to_owned).collect())
    };
    let is_id = |schema: Node<'_>| schema.get_str("format") == Some("uuid");
    match (values(one), values(other)) {
        // The client reads even values that an extensible enum does not list.
        (Some(_), _) if one.get("x-extensible-enum").is_some() => true,
        (Some(one), Some(other)) => other.is_subset(&one),
        (Some(_), None) => false,
        (None, Some(_)) => !is_id(one),
        (None, None) => !is_id(one) || is_id(other),
    }
}

/// Returns true if every object of `other` has the members that `one` requires, and the values of its members match
/// `one`.
fn covers_object<'t>(document: &Document<'t>, one: Node<'t>, other: Node<'t>) -> bool {
    let other_required: HashSet<&str> = required(other).map(|(name, _)| name).collect();
    // The client accepts undeclared members of a model even if the document forbids them.
    let others = one.get("additionalProperties");
    let is_closed = others.is_some_and(|others| match others.as_bool() {
        Some(allows_others) => !allows_others && one.get("properties").is_none(),
        None => true,
    });
    let covers_member = |name: &str, member: Node<'t>| {
        let other = other.get("properties").and_then(|properties| properties.get(name));
        other.is_none_or(|other| match (document.resolve(member), document.resolve(other)) {
            (Some(member), Some(other)) => covers_part(member, other),
            _ => false,
        })
    };
    !is_closed
        && required(one).all(|(name, _)| other_required.contains(name))
        && one.entries_of("properties").all(|member| covers_member(member.name(), member.value))
}

/// Returns true if one member or item covers another; false if unknown. Nested objects and lists are not compared.
fn covers_part(one: Node<'_>, other: Node<'_>) -> bool {
    one == other || (!is_composed(one) && !is_composed(other) && covers_scalar(one, other))
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
    let value = only_value(document, schema, name)?.as_str()?;
    requires(schema, name).then_some(value)
}
