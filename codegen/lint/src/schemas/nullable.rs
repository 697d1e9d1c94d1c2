//! `nullable` where it adds nothing.

use document::{DiagnosticBuilder, Document, Node};

use super::{INEFFECTIVE_NULLABLE, types::kind_of};
use crate::generator::{becomes_one_object, is_composed_component};

pub(super) fn ineffective<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let entry = schema.entry("nullable").filter(|entry| entry.value.as_bool() == Some(true))?;
    if let Some(diagnostic) = in_a_part(document, schema, entry.key) {
        return Some(diagnostic);
    }
    if schema.get("type").is_some() || is_composed_component(document, schema) {
        return None;
    }
    let help = match COMPOSING.iter().find(|keyword| schema.get(keyword).is_some()) {
        Some(keyword) => help_beside(document, schema, keyword),
        None => {
            let telling = TELLING.iter().find(|(keyword, _)| schema.get(keyword).is_some());
            format!("add a type such as `type: {}`", telling?.1)
        }
    };
    let diagnostic = INEFFECTIVE_NULLABLE.at(entry.key, "`nullable` has no effect without `type`");
    Some(diagnostic.help(help))
}

/// The keywords that say of what type a schema is meant to be.
const TELLING: [(&str, &str); 8] = [
    ("properties", "object"),
    ("additionalProperties", "object"),
    ("required", "object"),
    ("items", "array"),
    ("minLength", "string"),
    ("maxLength", "string"),
    ("pattern", "string"),
    ("enum", "string"),
];

const COMPOSING: [&str; 3] = ["allOf", "anyOf", "oneOf"];

fn help_beside<'t>(document: &Document<'t>, schema: Node<'t>, keyword: &str) -> String {
    let parts = schema.get(keyword).into_iter().flat_map(Node::items);
    let mut kinds: Vec<Option<&str>> =
        parts.map(|part| kind_of(document, part).and_then(Node::as_str)).collect();
    kinds.dedup();
    match (keyword, kinds.as_slice()) {
        (_, [Some("array")]) => "add `type: array`, and `items: {}`".to_owned(),
        (_, [Some(kind)]) => format!("add `type: {kind}`"),
        ("allOf", _) => "move it to where the type is, in what `allOf` lists".to_owned(),
        _ => format!("move it to an alternative of `{keyword}` that has a `type`"),
    }
}

/// Null is lost where another part of `allOf` refuses it, or where alternatives become one object.
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
            let other = others.find(|other| refuses_null(document, *other))?;
            let diagnostic =
                INEFFECTIVE_NULLABLE.at(key, "`nullable` has no effect in this part of `allOf`");
            let help = "remove it, or write it beside `allOf`, with a `type`";
            Some(diagnostic.related(other, "this refuses null").help(help))
        }
        "anyOf" if becomes_one_object(document, whole) => {
            let message =
                "the generator makes one object of these alternatives, which cannot be null";
            let help = "write it beside `anyOf`, with `type: object`";
            Some(INEFFECTIVE_NULLABLE.at(key, message).help(help))
        }
        _ => None,
    }
}

fn refuses_null<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    let is_nullable =
        |schema: Node<'_>| schema.get("nullable").and_then(Node::as_bool) == Some(true);
    let resolved = document.resolve(schema);
    resolved.is_some_and(|it| it.get("type").is_some() && !is_nullable(it))
}
