//! Does the client's documentation say what the document knows of a thing?

use crate::document;

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: A document, version: 1.0.0}
paths:
  /v1/things:
    get:
      operationId: getThing
      summary: Get a thing
      deprecated: true
      x-evidence: inferred
      x-evidence-note: From its name.
      externalDocs: {description: Things, url: 'https://example.com/things'}
      responses:
        '200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
        '404': {description: There is none. Or no longer.}
components:
  schemas:
    Thing:
      description: A thing.
      x-evidence: sample
      externalDocs: {description: Things, url: 'https://example.com/things'}
      type: object
      properties:
        old: {type: string, deprecated: true, x-evidence: sdk, x-evidence-note: The class `Thing`.}
        sizes: {type: array, items: {type: integer}}
        bare: {type: string}
";

/// The lines of documentation of the item whose definition begins so.
fn documentation(item: &str) -> String {
    let client = codegen::generate("document.yaml", DOCUMENT).unwrap().client;
    let lines: Vec<&str> = client.lines().map(str::trim).collect();
    let end = lines.iter().position(|line| line.starts_with(item)).unwrap();
    let docs: Vec<&str> = lines[..end]
        .iter()
        .rev()
        .take_while(|line| !line.is_empty() && !line.starts_with("pub ") && !line.ends_with('{'))
        .filter_map(|line| line.strip_prefix("///"))
        .map(str::trim_start)
        .collect();
    docs.into_iter().rev().collect::<Vec<_>>().join("\n")
}

#[test]
fn of_an_operation() {
    insta::assert_snapshot!(documentation("pub async fn get_thing"));
}

#[test]
fn of_a_model() {
    insta::assert_snapshot!(documentation("pub struct Thing"));
}

#[test]
fn of_a_deprecated_member_with_evidence() {
    insta::assert_snapshot!(documentation("pub old:"));
}

#[test]
fn of_an_optional_array() {
    insta::assert_snapshot!(documentation("pub sizes:"));
}

#[test]
fn of_a_member_without_description() {
    insta::assert_snapshot!(documentation("pub bare:"));
}

/// The first paragraph of a model stands alone in the index of types.
#[test]
fn of_a_model_begins_with_one_sentence() {
    for (model, schema) in document::schemas() {
        let description = schema["description"].as_str().unwrap();
        let summary = description.split("\n\n").next().unwrap();
        let sentence = summary.strip_suffix('.').unwrap_or_default();
        assert!(!sentence.is_empty() && !sentence.contains(". "), "{model}: {summary}");
    }
}
