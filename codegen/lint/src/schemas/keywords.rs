//! Reports keywords that have no effect in their schema.

use document::{DiagnosticBuilder, Node, parts::required, validation::with_article};

use super::INEFFECTIVE_KEYWORD;

/// The keywords that apply only to some types.
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

/// The flags that modify another keyword.
const FLAGS: [(&str, &str); 2] = [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")];

pub(super) fn ineffective<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    of_other_types(schema).chain(flags_without_bound(schema)).chain(defaults(schema))
}

/// Reports the defaults of required properties.
fn defaults<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    required(schema).filter_map(move |(name, item)| {
        let property = schema.get("properties")?.get(name)?;
        Some(default(property)?.related(item, "required here"))
    })
}

/// Reports the default of a required parameter.
pub(super) fn ineffective_default(parameter: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let required = parameter.get("required").filter(|it| it.as_bool() == Some(true))?;
    Some(default(parameter.get("schema")?)?.related(required, "required here"))
}

fn default(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let default = schema.entry("default").filter(|_| schema.get("$ref").is_none())?;
    let message = "`default` has no effect on a required value";
    Some(INEFFECTIVE_KEYWORD.at(default.key, message).help("remove it, or make the value optional"))
}

/// Reports the keywords that only apply to types other than the schema's.
fn of_other_types<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let kind = schema.get("type").and_then(|kind| Some((kind, kind.as_str()?)));
    let kind = kind.filter(|(_, name)| with_article(name).is_some());
    kind.into_iter().flat_map(move |(node, name)| {
        let others = KEYWORDS.iter().filter(move |(types, _)| !types.contains(&name));
        let keywords = others.flat_map(|(types, keywords)| keywords.iter().map(|it| (*types, *it)));
        keywords.filter_map(move |(types, keyword)| {
            let entry = schema.entry(keyword).filter(|entry| is_valid(keyword, entry.value))?;
            let message = format!("`{keyword}` has no effect on a schema of type `{name}`");
            let diagnostic = INEFFECTIVE_KEYWORD.at(entry.key, message).related(node, "the type");
            Some(diagnostic.help(help(types, name)))
        })
    })
}

/// Returns true if the value of a keyword has the right type; another rule reports a wrong type.
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

fn help(types: &[&str], name: &str) -> String {
    match (types, name) {
        (["object"], "array") => "move it into `items`, or write `type: object`".to_owned(),
        ([kind, ..], _) => format!("remove it, or write `type: {kind}`"),
        ([], _) => "remove it".to_owned(),
    }
}

fn flags_without_bound<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let kind = schema.get("type");
    let is_numeric = |kind: Node<'_>| matches!(kind.as_str(), Some("number" | "integer") | None);
    let flags = FLAGS.into_iter().filter(move |_| kind.is_none_or(is_numeric));
    flags.filter_map(move |(flag, bound)| {
        let entry = schema.entry(flag).filter(|entry| entry.value.as_bool() == Some(true))?;
        let message = format!("`{flag}` has no effect without `{bound}`");
        let diagnostic = INEFFECTIVE_KEYWORD.at(entry.key, message);
        schema.get(bound).is_none().then(|| diagnostic.help(format!("add `{bound}`, or remove it")))
    })
}
