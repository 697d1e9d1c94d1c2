//! Alternatives: `oneOf` and `anyOf`, of which the client takes the first that fits.

use std::collections::HashSet;

use document::{DiagnosticBuilder, Document, Kind, Node, Report};

use super::{
    UNREACHABLE_ALTERNATIVE,
    parts::{MANY, is_composed, kind_of, members, required},
    unions::are_exclusive,
};

/// Reports alternatives that the client takes for earlier ones.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for schema in document.objects(Kind::Schema) {
        report.extend(unreachable(document, schema, "oneOf"));
        report.extend(unreachable(document, schema, "anyOf"));
    }
}

fn unreachable<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
    keyword: &str,
) -> Vec<DiagnosticBuilder<'t>> {
    let alternatives: Vec<(Node<'t>, Node<'t>)> = members(schema, keyword)
        .take(MANY)
        .filter_map(|alternative| Some((alternative, document.resolve(alternative)?)))
        .collect();
    // What may fit together becomes one model.
    let is_union = keyword == "anyOf" && !are_exclusive(&alternatives);
    if is_union || have_tags(document, &alternatives) {
        return Vec::new();
    }
    let diagnostic = |(index, (at, later)): (usize, &(Node<'t>, Node<'t>))| {
        let mut earlier = alternatives[..index].iter();
        let (first, _) = earlier.find(|(_, earlier)| covers(document, *earlier, *later))?;
        let place = at.get("$ref").unwrap_or(*at);
        Some(
            UNREACHABLE_ALTERNATIVE
                .at(place, "an earlier alternative fits all values of this one")
                .related(first.get("$ref").unwrap_or(*first), "this one")
                .help(remedy(schema)),
        )
    };
    alternatives.iter().enumerate().filter_map(diagnostic).collect()
}

fn remedy(schema: Node<'_>) -> String {
    let discriminator = schema.get("discriminator").and_then(|it| it.get("propertyName"));
    match discriminator.and_then(Node::as_str) {
        Some(property) => format!("give `{property}` an `enum` of one value in each of them"),
        None => {
            "put the one that demands more first, or let them differ by a required property".into()
        }
    }
}

/// Whether the client reads every value of one schema as the other; in doubt not.
fn covers<'t>(document: &Document<'t>, one: Node<'t>, other: Node<'t>) -> bool {
    if one == other {
        return true;
    }
    let has_structural_error =
        document.has_structural_error(one) || document.has_structural_error(other);
    if has_structural_error || is_composed(one) || is_composed(other) || is_narrowed(one) {
        return false;
    }
    match (kind_of(one), kind_of(other)) {
        (None, _) => one.is_object(),
        (Some("string"), Some("string")) => covers_text(one, other),
        (Some("number"), Some("integer" | "number")) => !is_listed(one),
        (Some("object"), Some("object")) => covers_object(document, one, other),
        (Some(one_kind @ ("boolean" | "integer")), Some(kind)) => {
            kind == one_kind && !is_listed(one)
        }
        _ => false,
    }
}

/// Whether it says more of a value than its type.
fn is_narrowed(schema: Node<'_>) -> bool {
    const KEYWORDS: [&str; 8] =
        ["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "multipleOf", "not"];
    KEYWORDS.iter().any(|keyword| schema.get(keyword).is_some())
}

fn is_listed(schema: Node<'_>) -> bool {
    schema.get("enum").is_some()
}

/// Whether a string without a format is as good as the other one.
fn covers_text(one: Node<'_>, other: Node<'_>) -> bool {
    let values = |schema: Node<'_>| -> Option<HashSet<String>> {
        let values = schema.get("enum").or_else(|| schema.get("x-extensible-enum"))?.items();
        Some(values.filter_map(Node::text).map(str::to_owned).collect())
    };
    match (values(one), values(other)) {
        (None, _) => true,
        // The client reads what is not listed, too.
        (Some(_), _) if one.get("x-extensible-enum").is_some() => true,
        (Some(one), Some(other)) => other.is_subset(&one),
        (Some(_), None) => false,
    }
}

/// Whether an object without the members of the other one still fits.
fn covers_object<'t>(document: &Document<'t>, one: Node<'t>, other: Node<'t>) -> bool {
    let theirs: HashSet<&str> = required(other).collect();
    let has = |name: &str| theirs.contains(name);
    let is_closed = one.get("additionalProperties").is_some_and(|it| it.as_bool() != Some(true));
    let mut properties = one.get("properties").into_iter().flat_map(Node::entries);
    !is_closed
        && required(one).all(has)
        && properties.all(|property| {
            let theirs = other.get("properties").and_then(|it| it.get(property.name()));
            let ours = document.resolve(property.value);
            theirs.is_none_or(|theirs| match (ours, document.resolve(theirs)) {
                (Some(ours), Some(theirs)) => covers_member(ours, theirs),
                _ => false,
            })
        })
}

/// Whether the value of a property fits, without a look at what is deeper.
fn covers_member(ours: Node<'_>, theirs: Node<'_>) -> bool {
    let is_plain =
        |schema| matches!(kind_of(schema), Some("string" | "integer" | "number" | "boolean"));
    ours == theirs
        || (is_plain(ours)
            && !is_composed(ours)
            && !is_composed(theirs)
            && !is_narrowed(ours)
            && kind_of(ours) == kind_of(theirs)
            && (!is_listed(ours) || (kind_of(ours) == Some("string") && covers_text(ours, theirs))))
}

/// Whether a property of one value each tells all alternatives apart.
fn have_tags<'t>(document: &Document<'t>, alternatives: &[(Node<'t>, Node<'t>)]) -> bool {
    let Some((_, first)) = alternatives.first() else { return true };
    required(*first).any(|name| {
        let mut values = HashSet::new();
        let tag = |(_, schema): &(Node<'t>, Node<'t>)| tag(document, *schema, name);
        alternatives.iter().map(tag).all(|tag| tag.is_some_and(|value| values.insert(value)))
    })
}

fn tag<'t>(document: &Document<'t>, schema: Node<'t>, name: &str) -> Option<&'t str> {
    let property = document.resolve(schema.get("properties")?.get(name)?)?;
    let mut values = members(property, "enum");
    let value = values.next()?.as_str()?;
    let is_only = values.next().is_none() && required(schema).any(|required| required == name);
    is_only.then_some(value)
}
