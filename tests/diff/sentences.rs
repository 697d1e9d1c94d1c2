//! Do the sentences of a report name what changes, and do its lines for the changelog contain each break?

use diff::{Area, Sources};

use crate::small;

/// One of the operation's members before and after an edit, and how the sentences about the evidence begin.
type Case = (&'static str, &'static str, &'static [&'static str]);

const EVIDENCE: &[Case] = &[
    (
        "security: [Key: [], Other: []]",
        "security: [Key: []]",
        &["a security requirement of `PUT /a/{id}` rested on"],
    ),
    (
        "servers: [{ url: https://a.example }]",
        "servers: [{ url: https://a.example }, { url: https://b.example }]",
        &["a server of `PUT /a/{id}` is new"],
    ),
    // The component stays, so only its use is added or removed.
    (
        "responses: {}",
        "responses: { '404': { $ref: '#/components/responses/Missing' } }",
        &["the response 404 of `PUT /a/{id}` is new"],
    ),
    ("parameters: [$ref: '#/components/parameters/Page']", "parameters: []", &[]),
];

fn document(operation: &str) -> String {
    let components = "components:\n  responses: { Missing: { description: A. } }\n  \
                      parameters: { Page: { name: page, in: query, schema: {} } }\n";
    small::document(operation).replace("components:\n", components)
}

#[test]
fn sentences_about_the_evidence_name_the_statement() {
    for (old, new, beginnings) in EVIDENCE {
        let report = small::documents(&document(old), &document(new)).unwrap();
        let found: Vec<_> = report.changes_of(Area::Evidence).map(|it| &it.message).collect();
        assert_eq!(found.len(), beginnings.len(), "{old} → {new}: {found:?}");
        let pairs = found.iter().zip(*beginnings);
        pairs.for_each(|(found, beginning)| assert!(found.starts_with(beginning), "{found}"));
    }
}

fn with_schema(schema: &str) -> String {
    let content = format!("content: {{ application/json: {{ schema: {{ {schema} }} }} }}");
    let responses = format!("responses: {{ '200': {{ description: A., {content} }} }}");
    small::document(&responses)
}

#[test]
fn a_map_that_accepts_any_values_is_named() {
    let map =
        |values| with_schema(&format!("properties: {{ a: {{ additionalProperties: {values} }} }}"));
    let changes = small::wire(&map("{ type: integer }"), &map("true"));
    assert!(changes[0].message.starts_with("`a{}` of the response 200"), "{}", changes[0].message);
}

#[test]
fn a_removed_description_is_named_by_its_owner() {
    let text = "$ref: '#/components/schemas/Text'";
    let member = |schema: &str| {
        with_schema(&format!("properties: {{ a: {{ {schema} }} }}"))
            .replace("Text: {", "Text: { description: Text.,")
    };
    let old = member(&format!("description: A., allOf: [{{ {text} }}]"));
    let changes = small::wire(&old, &member(text));
    let expected = "the description of `a` of the response 200";
    assert!(changes[0].message.starts_with(expected), "{}", changes[0].message);
}

/// The change is compatible in Rust, which does not tell users that it breaks on the wire.
#[test]
fn the_changelog_contains_a_break_on_the_wire_that_compiles() {
    let schema = |others: &str| {
        with_schema("$ref: '#/components/schemas/Code'").replace(
            "schemas:",
            &format!(
                "schemas:\n    Code: {{ oneOf: [{{ type: string }}, {{ type: integer }}{others}] }}"
            ),
        )
    };
    let client =
        |others: &str| format!("#[non_exhaustive] pub enum Code {{ A(String), B(i64){others} }}");
    let (old, new) = (schema(""), schema(", { type: boolean }"));
    let (before, after) = (client(""), client(", C(bool)"));
    let sources = |types| Sources { types, operations: "", mock: "", examples: "" };
    let report = small::compared((&old, sources(&before)), (&new, sources(&after))).unwrap();
    let lines = report.changelog.join("\n");
    assert!(lines.contains("- `Code::C` is new."), "{lines}");
    assert!(lines.contains("- **Breaking:** `Code` has the new alternative `boolean`"), "{lines}");
}
