//! Keywords that have no effect where they stand.

use document::{Finding, Node, Rule, Severity};

use crate::schemas::with_article;

pub(super) static INEFFECTIVE_KEYWORD: Rule = Rule {
    id: "ineffective-keyword",
    severity: Severity::Warning,
    summary: "a schema has the keywords of its type",
    why: "A keyword restricts the values of one type and lets all others pass: a `minLength` says nothing \
          about an integer.",
    wrong: "\
components:
  schemas:
    Quantity: { type: integer, minLength: 1 }
",
    right: "\
components:
  schemas:
    Quantity: { type: integer, minimum: 1 }
",
};

pub(super) static INEFFECTIVE_NULLABLE: Rule = Rule {
    id: "ineffective-nullable",
    severity: Severity::Warning,
    summary: "`nullable` stands beside `type`",
    why: "OpenAPI 3.0.3 lets `nullable` add null to the `type` beside it; without one it adds nothing.",
    wrong: "\
components:
  schemas:
    Country: { nullable: true, enum: [se, dk] }
",
    right: "\
components:
  schemas:
    Country: { type: string, nullable: true, enum: [se, dk, null] }
",
};

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

pub(super) fn ineffective<'t>(schema: Node<'t>) -> impl Iterator<Item = Finding<'t>> {
    foreign(schema).chain(lonely_flags(schema))
}

/// The keywords that belong to other types than the schema's.
fn foreign<'t>(schema: Node<'t>) -> impl Iterator<Item = Finding<'t>> {
    let kind = schema.get("type").and_then(|kind| Some((kind, kind.as_str()?)));
    let kind = kind.filter(|(_, name)| with_article(name).is_some());
    kind.into_iter().flat_map(move |(node, name)| {
        let others = KEYWORDS.iter().filter(move |(types, _)| !types.contains(&name));
        others.flat_map(move |(types, keywords)| {
            keywords.iter().filter_map(move |keyword| {
                let entry = schema.entry(keyword).filter(|entry| is_sound(keyword, entry.value))?;
                let message = format!("`{keyword}` has no effect on a schema of type `{name}`");
                let finding = INEFFECTIVE_KEYWORD.at(entry.key, message).related(node, "the type");
                Some(finding.help(mend(types, name)))
            })
        })
    })
}

/// Whether a keyword's value is of the type that it must have; if not, that has been reported.
fn is_sound(keyword: &str, value: Node<'_>) -> bool {
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

fn lonely_flags<'t>(schema: Node<'t>) -> impl Iterator<Item = Finding<'t>> {
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

/// Beside a composition it is meant to count, whatever the letter says, and readers take it so.
const COMPOSING: [&str; 4] = ["$ref", "allOf", "anyOf", "oneOf"];

pub(super) fn ineffective_nullable(schema: Node<'_>) -> Option<Finding<'_>> {
    let entry = schema.entry("nullable").filter(|entry| entry.value.as_bool() == Some(true))?;
    let is_typed = ["type"].iter().chain(&COMPOSING).any(|keyword| schema.get(keyword).is_some());
    if is_typed {
        return None;
    }
    let (_, kind) = TELLING.iter().find(|(keyword, _)| schema.get(keyword).is_some())?;
    let finding = INEFFECTIVE_NULLABLE.at(entry.key, "`nullable` has no effect without `type`");
    Some(finding.help(format!("add a type such as `type: {kind}`")))
}
