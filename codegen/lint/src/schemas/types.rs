//! Reports types that exclude each other, and `nullable` where it has no effect.

use document::{
    DiagnosticBuilder, Document, Node,
    parts::{COMPOSING, MAX_COMPOSED, with_merged},
    validation::with_article,
};

use super::{CONFLICTING_TYPES, INEFFECTIVE_NULLABLE};
use crate::generator::{becomes_one_object, is_composed_component};

pub(super) fn conflicting<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let parts = schema.get("allOf")?.items();
    let own = schema.get("type").map(|kind| (kind, kind));
    let typed = parts.filter_map(|part| Some((part, kind_of(document, part)?)));
    let mut typed = own.into_iter().chain(typed).filter(|(_, kind)| name(*kind).is_some());
    let (_, first) = typed.next()?;
    let (part, other) = typed.find(|(_, kind)| exclude(name(first), name(*kind)))?;
    let (first_name, other_name) = (with_article(name(first)?)?, with_article(name(other)?)?);
    let message = format!("no value is both {first_name} and {other_name}");
    let diagnostic = CONFLICTING_TYPES.at(part, message).related(first, "the other type");
    Some(diagnostic.help("correct one of the types, or write `anyOf` if either type is valid"))
}

fn exclude(one: Option<&str>, other: Option<&str>) -> bool {
    let is_numeric = |kind| matches!(kind, Some("integer" | "number"));
    one != other && !(is_numeric(one) && is_numeric(other))
}

fn name(kind: Node<'_>) -> Option<&str> {
    kind.as_str().filter(|kind| with_article(kind).is_some())
}

/// Returns the first `type` in a schema or its `allOf`.
pub(super) fn kind_of<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Node<'t>> {
    with_merged(document, schema).take(MAX_COMPOSED).find_map(|schema| schema.get("type"))
}

pub(super) fn ineffective_nullable<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let entry = schema.entry("nullable").filter(|entry| entry.value.as_bool() == Some(true))?;
    if let Some(diagnostic) = in_a_part(document, schema, entry.key) {
        return Some(diagnostic);
    }
    // A component that is composed of other schemas is reported as `nullable-composition`.
    if schema.get("type").is_some() || is_composed_component(document, schema) {
        return None;
    }
    let help = match COMPOSING.iter().find(|keyword| schema.get(keyword).is_some()) {
        Some(keyword) => help_for_composition(document, schema, keyword),
        None => {
            let (_, kind) = IMPLYING.iter().find(|(keyword, _)| schema.get(keyword).is_some())?;
            format!("add a type such as `type: {kind}`")
        }
    };
    let diagnostic = INEFFECTIVE_NULLABLE.at(entry.key, "`nullable` has no effect without `type`");
    Some(diagnostic.help(help))
}

/// The keywords that imply a type, each with the type.
const IMPLYING: [(&str, &str); 8] = [
    ("properties", "object"),
    ("additionalProperties", "object"),
    ("required", "object"),
    ("items", "array"),
    ("minLength", "string"),
    ("maxLength", "string"),
    ("pattern", "string"),
    ("enum", "string"),
];

fn help_for_composition<'t>(document: &Document<'t>, schema: Node<'t>, keyword: &str) -> String {
    let parts = schema.items_of(keyword);
    let mut kinds: Vec<Option<&str>> =
        parts.map(|part| kind_of(document, part).and_then(Node::as_str)).collect();
    kinds.dedup();
    match (keyword, kinds.as_slice()) {
        (_, [Some("array")]) => "add `type: array` and `items: {}`".to_owned(),
        (_, [Some(kind)]) => format!("add `type: {kind}`"),
        ("allOf", _) => "move it to the schema in `allOf` that has the `type`".to_owned(),
        _ => format!("move it to an alternative of `{keyword}` that has a `type`"),
    }
}

/// Reports `nullable` in a part of `allOf` if another part excludes null, and in an alternative that the generator
/// merges into an object.
fn in_a_part<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
    key: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let list = schema.parent().filter(|list| list.is_array())?;
    let whole = list.parent()?;
    match list.name()? {
        "allOf" => {
            let mut others = list.items().chain([whole]).filter(|other| *other != schema);
            let other = others.find(|other| excludes_null(document, *other))?;
            let message = "`nullable` has no effect in this part of `allOf`";
            let help = "remove it, or move it next to `allOf`, together with a `type`";
            let diagnostic = INEFFECTIVE_NULLABLE.at(key, message);
            Some(diagnostic.related(other, "this part excludes null").help(help))
        }
        "anyOf" if becomes_one_object(document, whole) => {
            let message =
                "the generator merges these alternatives into an object, which is never null";
            let help = "move it next to `anyOf`, together with `type: object`";
            Some(INEFFECTIVE_NULLABLE.at(key, message).help(help))
        }
        _ => None,
    }
}

fn excludes_null<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    let schema = document.resolve(schema);
    schema.is_some_and(|schema| schema.get("type").is_some() && !schema.is_true("nullable"))
}
