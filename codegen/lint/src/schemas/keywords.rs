//! Keywords that have no effect where they stand.

use document::{DiagnosticBuilder, Node};

use super::{INEFFECTIVE_KEYWORD, with_article};

/// The keywords that apply to some types only.
const KEYWORDS: &[(&[&str], &[&str])] = &[
    (&["string"], &["minLength", "maxLength", "pattern"]),
    (&["array"], &["items", "minItems", "maxItems", "uniqueItems"]),
    (
        &["object"],
        &["properties", "additionalProperties", "required", "minProperties", "maxProperties"],
    ),
    (
        &["number", "integer"],
        &["multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
    ),
];

/// The flags that change another keyword.
const FLAGS: [(&str, &str); 2] = [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")];

pub(super) fn ineffective<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    foreign(schema).chain(lonely_flags(schema)).chain(defaults(schema))
}

/// The defaults of properties that are required.
fn defaults<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let required = schema.get("required").into_iter().flat_map(Node::items);
    required.filter_map(move |name| {
        let property = schema.get("properties")?.get(name.as_str()?)?;
        Some(default(property)?.related(name, "it is required"))
    })
}

/// The default of a parameter that is required.
pub(super) fn ineffective_default(parameter: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let required = parameter.get("required").filter(|it| it.as_bool() == Some(true))?;
    Some(default(parameter.get("schema")?)?.related(required, "it is required"))
}

fn default(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let default = schema.entry("default").filter(|_| schema.get("$ref").is_none())?;
    let message = "`default` has no effect on what must be sent";
    let help = "remove it, or let what it stands for be left out";
    Some(INEFFECTIVE_KEYWORD.at(default.key, message).help(help))
}

/// The keywords that belong to other types than the schema's.
fn foreign<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let kind = schema.get("type").and_then(|kind| Some((kind, kind.as_str()?)));
    let kind = kind.filter(|(_, name)| with_article(name).is_some());
    kind.into_iter().flat_map(move |(node, name)| {
        let others = KEYWORDS.iter().filter(move |(types, _)| !types.contains(&name));
        others.flat_map(move |(types, keywords)| {
            keywords.iter().filter_map(move |keyword| {
                let entry = schema.entry(keyword).filter(|entry| is_valid(keyword, entry.value))?;
                let message = format!("`{keyword}` has no effect on a schema of type `{name}`");
                let diagnostic =
                    INEFFECTIVE_KEYWORD.at(entry.key, message).related(node, "the type");
                Some(diagnostic.help(mend(types, name)))
            })
        })
    })
}

/// Whether a keyword's value is of the type that it must have; if not, that has been reported.
fn is_valid(keyword: &str, value: Node<'_>) -> bool {
    match keyword {
        "required" => value.is_array(),
        "properties" | "items" => value.is_object(),
        "additionalProperties" => value.is_object() || value.as_bool().is_some(),
        "pattern" => value.as_str().is_some(),
        "uniqueItems" | "exclusiveMinimum" | "exclusiveMaximum" => value.as_bool().is_some(),
        _ => value.as_number().is_some(),
    }
}

fn mend(types: &[&str], name: &str) -> String {
    match (types, name) {
        (["object"], "array") => "put it into `items`, or write `type: object`".to_owned(),
        ([kind, ..], _) => format!("remove it, or write `type: {kind}`"),
        ([], _) => "remove it".to_owned(),
    }
}

fn lonely_flags<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    FLAGS.into_iter().filter_map(move |(flag, bound)| {
        let entry = schema.entry(flag)?;
        let is_lonely = entry.value.as_bool() == Some(true) && schema.get(bound).is_none();
        let is_numeric = schema
            .get("type")
            .is_none_or(|kind| matches!(kind.as_str(), Some("number" | "integer") | None));
        (is_lonely && is_numeric).then(|| {
            let message = format!("`{flag}` has no effect without `{bound}`");
            INEFFECTIVE_KEYWORD.at(entry.key, message).help(format!("add `{bound}`, or remove it"))
        })
    })
}
