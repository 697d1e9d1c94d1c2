//! Does each change of a schema get the right severity in a request and in a response?

use diff::Severity::{self, Breaking, Compatible, Documentation};

use crate::small;

/// A change: the schema before, the schema after, the rule, and its severities in a request and in a response.
type Case = (&'static str, &'static str, &'static str, Severity, Severity);

const CASES: &[Case] = &[
    ("type: string", "type: integer", "type-changed", Breaking, Breaking),
    ("type: integer", "type: number", "type-widened", Compatible, Breaking),
    ("type: string", "{}", "type-widened", Compatible, Breaking),
    ("type: number", "type: integer", "type-narrowed", Breaking, Compatible),
    ("{}", "type: string", "type-narrowed", Breaking, Compatible),
    (
        "type: string, format: uuid",
        "type: string, format: date",
        "format-changed",
        Breaking,
        Breaking,
    ),
    ("type: string", "type: string, format: uuid", "format-added", Breaking, Compatible),
    ("type: string, format: uuid", "type: string", "format-removed", Compatible, Breaking),
    (
        "type: integer, format: int32",
        "type: integer, format: int64",
        "format-widened",
        Compatible,
        Breaking,
    ),
    (
        "type: integer, format: int32",
        "type: integer, format: int16",
        "format-narrowed",
        Breaking,
        Compatible,
    ),
    ("type: integer", "type: integer, format: int32", "format-narrowed", Breaking, Compatible),
    (
        "type: integer, format: int32",
        "type: integer, format: uint32",
        "format-changed",
        Breaking,
        Breaking,
    ),
    (
        "type: integer, format: int32, minimum: 0, maximum: 10",
        "type: integer, format: int64, minimum: 0, maximum: 10",
        "documentation-changed",
        Documentation,
        Documentation,
    ),
    (
        "type: string",
        "type: string, format: password",
        "documentation-changed",
        Documentation,
        Documentation,
    ),
    ("type: string", "type: string, nullable: true", "null-allowed", Compatible, Breaking),
    (
        "type: string, enum: [a]",
        "type: string, enum: [a, null], nullable: true",
        "null-allowed",
        Compatible,
        Breaking,
    ),
    (
        "type: string, enum: [a]",
        "type: string, enum: [a], nullable: true",
        "documentation-changed",
        Documentation,
        Documentation,
    ),
    ("type: string, nullable: true", "type: string", "null-forbidden", Breaking, Compatible),
    ("type: object", "type: object, properties: { a: {} }", "member-added", Compatible, Compatible),
    (
        "type: object",
        "type: object, required: [a], properties: { a: {} }",
        "required-member-added",
        Breaking,
        Compatible,
    ),
    ("type: object, properties: { a: {} }", "type: object", "member-removed", Breaking, Breaking),
    (
        "properties: { a: {} }",
        "required: [a], properties: { a: {} }",
        "member-required",
        Breaking,
        Compatible,
    ),
    ("type: object", "type: object, required: [a]", "member-required", Breaking, Compatible),
    ("type: object, required: [a]", "type: object", "member-optional", Compatible, Breaking),
    (
        "allOf: [{ required: [a] }], properties: { a: {} }",
        "allOf: [{}], properties: { a: {} }",
        "member-optional",
        Compatible,
        Breaking,
    ),
    (
        "type: object, additionalProperties: false",
        "type: object",
        "additional-members-allowed",
        Compatible,
        Compatible,
    ),
    (
        "type: object",
        "type: object, additionalProperties: false",
        "additional-members-forbidden",
        Breaking,
        Breaking,
    ),
    (
        "additionalProperties: true",
        "additionalProperties: { type: string }",
        "type-narrowed",
        Breaking,
        Compatible,
    ),
    ("enum: [a]", "enum: [a, b]", "enum-value-added", Compatible, Breaking),
    ("enum: [a, b]", "enum: [b]", "enum-value-removed", Breaking, Compatible),
    (
        "allOf: [{ enum: [a, b, c] }, { enum: [a, b] }]",
        "allOf: [{ enum: [a, b, c] }, { enum: [a] }]",
        "enum-value-removed",
        Breaking,
        Compatible,
    ),
    ("type: string", "type: string, enum: [a]", "enum-closed", Breaking, Compatible),
    ("type: string, enum: [a]", "type: string", "enum-opened", Compatible, Breaking),
    (
        "x-extensible-enum: [a]",
        "x-extensible-enum: [a, b]",
        "known-value-added",
        Compatible,
        Compatible,
    ),
    (
        "x-extensible-enum: [a, b]",
        "x-extensible-enum: [a]",
        "known-value-removed",
        Compatible,
        Compatible,
    ),
    ("minimum: 1", "minimum: 2", "bound-narrowed", Breaking, Compatible),
    ("maximum: 2", "maximum: 1", "bound-narrowed", Breaking, Compatible),
    ("minimum: 1", "minimum: 1, exclusiveMinimum: true", "bound-narrowed", Breaking, Compatible),
    ("{}", "maxLength: 3", "bound-narrowed", Breaking, Compatible),
    ("{}", "uniqueItems: true", "bound-narrowed", Breaking, Compatible),
    ("{}", "pattern: a", "bound-narrowed", Breaking, Compatible),
    ("minItems: 2", "minItems: 1", "bound-widened", Compatible, Breaking),
    ("maxProperties: 1", "{}", "bound-widened", Compatible, Breaking),
    (
        "maximum: 18446744073709551615",
        "maximum: 18446744073709551616",
        "bound-widened",
        Compatible,
        Breaking,
    ),
    ("pattern: a", "pattern: b", "pattern-changed", Breaking, Breaking),
    ("multipleOf: 2", "multipleOf: 3", "pattern-changed", Breaking, Breaking),
    (
        "anyOf: [{ type: string }]",
        "anyOf: [{ type: string }, { type: object }]",
        "alternative-added",
        Compatible,
        Breaking,
    ),
    (
        "oneOf: [{ type: string }, { type: object }]",
        "oneOf: [{ type: object }]",
        "alternative-removed",
        Breaking,
        Compatible,
    ),
    (
        "oneOf: [{ type: string }, { type: object }]",
        "anyOf: [{ type: string }, { type: object }]",
        "alternatives-inclusive",
        Compatible,
        Compatible,
    ),
    (
        "anyOf: [{ type: string }, { type: object }]",
        "oneOf: [{ type: string }, { type: object }]",
        "alternatives-exclusive",
        Breaking,
        Compatible,
    ),
    ("default: a", "default: b", "default-changed", Breaking, Breaking),
    ("{}", "default: b", "default-added", Compatible, Compatible),
    ("default: a", "{}", "default-removed", Breaking, Breaking),
    (
        "discriminator: { propertyName: a }",
        "discriminator: { propertyName: b }",
        "discriminator-changed",
        Breaking,
        Breaking,
    ),
    ("not: { type: string }", "not: { type: object }", "keyword-changed", Breaking, Breaking),
    ("xml: { name: a }", "xml: { name: b }", "keyword-changed", Breaking, Breaking),
    ("x-note: a", "x-note: b", "extension-changed", Documentation, Documentation),
    ("title: a", "title: b", "documentation-changed", Documentation, Documentation),
    ("example: 1", "example: 2", "documentation-changed", Documentation, Documentation),
    ("{}", "deprecated: true", "deprecation-changed", Documentation, Documentation),
    (
        "type: array, items: { type: string }",
        "type: array, items: {}",
        "type-widened",
        Compatible,
        Breaking,
    ),
];

/// Pairs of schemas that allow the same values.
const SAME: &[(&str, &str)] = &[
    ("enum: [a, b]", "enum: [b, a]"),
    ("required: [a, b]", "required: [b, a]"),
    ("minimum: 1", "minimum: 1, exclusiveMinimum: false"),
    ("type: object", "type: object, additionalProperties: true"),
    ("type: string, maxLength: 3", "allOf: [{ type: string }, { maxLength: 3 }]"),
    ("maxLength: 3", "allOf: [{ maxLength: 3 }, { maxLength: 5 }]"),
    ("$ref: '#/components/schemas/Text'", "allOf: [$ref: '#/components/schemas/Text']"),
    ("$ref: '#/components/schemas/Text'", "type: string"),
    ("uniqueItems: false", "{}"),
    ("type: string, minLength: 0", "type: string"),
    ("type: array, minItems: 0", "type: array"),
    ("minProperties: 0", "{}"),
    ("type: integer, multipleOf: 1", "type: integer"),
    ("type: integer, format: int32, maximum: 2147483647", "type: integer, format: int32"),
    ("type: integer, minimum: 0, exclusiveMinimum: true", "type: integer, minimum: 1"),
    ("type: integer, maximum: 1, exclusiveMaximum: true", "type: integer, maximum: 0"),
    ("title: A", "title: A, allOf: [{ title: A }]"),
    ("oneOf: [{ type: string }, { type: object }]", "oneOf: [{ type: object }, { type: string }]"),
];

/// Returns a document in which a schema is sent or received.
fn document(schema: &str, is_sent: bool) -> String {
    let schema = if schema == "{}" { "" } else { schema };
    let content = format!("content: {{ application/json: {{ schema: {{ {schema} }} }} }}");
    let response = if is_sent { "" } else { &format!(", {content}") };
    let body = if is_sent { &format!("requestBody: {{ {content} }},") } else { "" };
    small::document(&format!("{body} responses: {{ '200': {{ description: A. {response} }} }}"))
}

#[test]
fn each_change_gets_its_rule_and_severity() {
    for (old, new, rule, in_request, in_response) in CASES {
        for (is_sent, severity) in [(true, in_request), (false, in_response)] {
            let changes = small::wire(&document(old, is_sent), &document(new, is_sent));
            let found: Vec<_> = changes.iter().map(|it| (it.rule, it.severity)).collect();
            assert_eq!(found, [(*rule, *severity)], "{old} → {new}, sent: {is_sent}");
        }
    }
}

#[test]
fn schemas_that_allow_the_same_values_do_not_differ() {
    for (old, new) in SAME {
        for (old, new) in [(old, new), (new, old)] {
            let changes = small::wire(&document(old, true), &document(new, true));
            assert!(changes.is_empty(), "{old} → {new}: {changes:#?}");
        }
    }
}

#[test]
fn members_of_one_direction_affect_only_that_direction() {
    let [plain, read_only, write_only] = ["", "readOnly: true", "writeOnly: true"]
        .map(|mark| format!("type: object, properties: {{ a: {{ {mark} }} }}"));
    for (new, is_sent) in [(&read_only, true), (&write_only, false)] {
        let here = small::wire(&document(&plain, is_sent), &document(new, is_sent));
        let rules: Vec<_> = here.iter().map(|it| it.rule).collect();
        assert_eq!(rules, ["member-removed"], "{new}");
        let elsewhere = small::wire(&document(&plain, !is_sent), &document(new, !is_sent));
        assert!(elsewhere.is_empty(), "{new}: {elsewhere:#?}");
    }
}

/// The change is reported once, with the higher severity.
#[test]
fn a_schema_that_is_sent_and_received() {
    let document = |schema: &str| {
        let content =
            "content: { application/json: { schema: { $ref: '#/components/schemas/Text' } } }";
        small::document(&format!(
            "requestBody: {{ {content} }}, responses: {{ '200': {{ description: A., {content} }} }}"
        ))
        .replace("Text: { type: string }", &format!("Text: {{ {schema} }}"))
    };
    let changes = small::wire(&document("enum: [a]"), &document("enum: [a, b]"));
    let found: Vec<_> = changes.iter().map(|it| (it.rule, it.severity)).collect();
    assert_eq!(found, [("enum-value-added", Breaking)]);
}

/// A component does not count as changed if it is only used differently.
#[test]
fn a_change_names_the_schema_that_changes() {
    let text = "$ref: '#/components/schemas/Text'";
    let cases = [
        (text.to_owned(), format!("description: Foo, allOf: [{{ {text} }}]"), "the description of"),
        (format!("oneOf: [{{ {text} }}, {{ type: object }}]"), text.to_owned(), "the response 200"),
    ];
    for (old, new, beginning) in cases {
        let changes = small::wire(&document(&old, false), &document(&new, false));
        let messages: Vec<_> = changes.iter().map(|it| it.message.as_str()).collect();
        assert!(messages.iter().all(|it| !it.contains("of `Text`")), "{messages:?}");
        assert!(messages.iter().all(|it| it.starts_with(beginning)), "{messages:?}");
    }
}

pub(crate) fn rules() -> impl Iterator<Item = &'static str> {
    CASES.iter().map(|(_, _, rule, ..)| *rule)
}
