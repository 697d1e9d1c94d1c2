//! Does the client's documentation contain what the document states?

use std::collections::BTreeMap;

use syn::{Attribute, Expr, Item, Lit, Meta, MetaNameValue};

use crate::{compile, definitions};
use support::document;

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
        kind: {description: The kind., type: string, x-extensible-enum: [Small]}
        inner:
          description: The inside.
          type: object
          properties: {depth: {type: string, enum: [deep]}}
        other:
          description: The other kind.
          externalDocs: {description: Kinds, url: 'https://example.com/kinds'}
          type: string
          enum: [large]
";

/// A document whose error responses are components, occur in several operations, or belong to one operation only.
const STATUSES: &str = "
openapi: 3.0.3
info: {title: A document, version: 1.0.0}
paths:
  /v1/things:
    get:
      operationId: getThing
      summary: Get a thing
      responses:
        '200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
        '404': {$ref: '#/components/responses/NotFound'}
        '409': {description: There is a conflict.}
        '500': {$ref: '#/components/responses/Failed'}
    delete:
      operationId: deleteThing
      summary: Delete a thing
      responses:
        '204': {description: Done.}
        '404': {$ref: '#/components/responses/Deleted'}
        '409': {description: There is a conflict.}
        '418': {description: It is a teapot.}
        '500': {$ref: '#/components/responses/Failed'}
    put:
      operationId: replaceThing
      summary: Replace a thing
      responses:
        '204': {description: Done.}
        '404': {$ref: '#/components/responses/Deleted'}
        '409': {description: Another caller replaces it.}
        '500': {$ref: '#/components/responses/Failed'}
components:
  responses:
    NotFound: {description: There is no such thing.}
    Deleted: {description: 'It was deleted, or there is none.'}
    Failed: {description: The service failed.}
  schemas:
    Thing: {description: A thing., type: object, properties: {name: {type: string}}}
";

/// Returns the documentation of the item whose definition begins with `item`.
fn documentation(item: &str) -> String {
    documentation_in(DOCUMENT, item)
}

fn documentation_in(document: &str, item: &str) -> String {
    documentation_of(&compile::client(document), item)
}

fn documentation_of(client: &str, item: &str) -> String {
    let lines: Vec<&str> = client.lines().map(str::trim).collect();
    let end = lines.iter().position(|line| line.starts_with(item)).unwrap();
    let docs: Vec<&str> = lines[..end]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("///") || line.starts_with("#["))
        .filter_map(|line| line.strip_prefix("///"))
        .map(str::trim_start)
        .collect();
    docs.into_iter().rev().collect::<Vec<_>>().join("\n")
}

#[test]
fn documentation_of_an_operation() {
    insta::assert_snapshot!(documentation("pub async fn get_thing"));
}

#[test]
fn documentation_of_an_operation_with_shared_statuses() {
    insta::assert_snapshot!(documentation_in(STATUSES, "pub async fn get_thing"));
}

#[test]
fn documentation_of_an_operation_with_its_own_statuses() {
    insta::assert_snapshot!(documentation_in(STATUSES, "pub async fn delete_thing"));
}

#[test]
fn documentation_of_the_shared_statuses() {
    insta::assert_snapshot!(documentation_in(STATUSES, "pub mod statuses"));
}

#[test]
fn documentation_without_shared_statuses() {
    insta::assert_snapshot!(documentation("pub mod statuses"));
}

/// Returns the `# Errors` section of a method's documentation.
fn errors(client: &str, method: &str) -> String {
    let documentation = documentation_of(client, &format!("pub async fn {method}("));
    documentation.split_once("# Errors").unwrap().1.to_owned()
}

#[test]
fn a_new_operation_refers_to_the_existing_statuses() {
    let added = STATUSES.replace(
        "components:\n",
        "  /v1/more:
    delete:
      operationId: deleteMore
      summary: Delete more
      responses:
        '204': {description: Done.}
        '404': {$ref: '#/components/responses/NotFound'}
        '409': {description: There is a conflict.}
        '500': {$ref: '#/components/responses/Failed'}
components:\n",
    );
    let (before, after) = (compile::client(STATUSES), compile::client(&added));
    assert_eq!(errors(&after, "delete_more"), errors(&before, "get_thing"));
    for method in ["get_thing", "delete_thing", "replace_thing"] {
        assert_eq!(errors(&after, method), errors(&before, method));
    }
    let page = "pub mod statuses";
    assert_eq!(documentation_of(&after, page), documentation_of(&before, page));
}

#[test]
fn no_method_repeats_the_text_of_a_shared_status() {
    let client = definitions::client();
    let page = documentation_of(&client, "pub mod statuses");
    let statuses: Vec<&str> = page.lines().filter(|line| line.starts_with("- ")).collect();
    assert_ne!(statuses, [""; 0]);
    for status in statuses {
        assert_eq!(client.matches(status).count(), 1, "{status}");
    }
}

/// A document that explains the same code for a status and for an operation.
fn with_codes() -> String {
    let explained = "Codes `7` and `8` (none,\n        or no longer), `9` (hidden).";
    let own = "Error codes specific to things: `9` (sold) with the status 404.";
    STATUSES
        .replace("There is no such thing.", &format!("'There is no such thing. {explained}'"))
        .replace(
            "summary: Get a thing",
            &format!("summary: Get a thing\n      description: '{own}'"),
        )
}

#[test]
fn documentation_with_links_to_the_constants_of_codes() {
    let client = compile::client(&with_codes());
    let items = ["pub async fn get_thing(", "pub mod statuses"];
    let documentation = items.map(|item| documentation_of(&client, item));
    insta::assert_snapshot!(documentation.join("\n\n---\n\n"));
}

#[test]
fn documentation_of_a_code_has_each_of_its_meanings() {
    let client = compile::client(&with_codes());
    let constants = ["pub const CODE_7:", "pub const CODE_8:", "pub const CODE_9:"];
    assert_eq!(
        constants.map(|constant| documentation_of(&client, constant)),
        [
            "With the status 404: none, or no longer.",
            "With the status 404: none, or no longer.",
            "With the status 404: sold. With the status 404: hidden.",
        ]
    );
}

#[test]
fn documentation_of_a_model() {
    insta::assert_snapshot!(documentation("pub struct Thing"));
}

#[test]
fn documentation_of_a_deprecated_member_with_evidence() {
    insta::assert_snapshot!(documentation("pub old:"));
}

#[test]
fn documentation_of_an_optional_array() {
    insta::assert_snapshot!(documentation("pub sizes:"));
}

#[test]
fn documentation_of_a_member_without_a_description() {
    insta::assert_snapshot!(documentation("pub bare:"));
}

/// Returns the documentation of each model, by name.
fn of_models(types: &str) -> BTreeMap<String, String> {
    let items = syn::parse_file(types).unwrap().items.into_iter();
    let models = items.filter_map(|item| match item {
        Item::Struct(model) => Some((model.ident, model.attrs)),
        Item::Enum(model) => Some((model.ident, model.attrs)),
        _ => None,
    });
    models.map(|(name, attributes)| (name.to_string(), text(&attributes))).collect()
}

fn text(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(MetaNameValue { path, value: Expr::Lit(value), .. })
            if path.is_ident("doc") =>
        {
            match &value.lit {
                Lit::Str(line) => Some(line.value().trim().to_owned()),
                _ => None,
            }
        }
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn documentation_of_a_nested_type_links_to_the_page_of_its_model() {
    let models = of_models(&codegen::generate("document.yaml", DOCUMENT).unwrap().types);
    for name in ["ThingKind", "ThingInner", "ThingInnerDepth"] {
        let page = "See [Things](https://example.com/things).";
        assert!(models[name].ends_with(page), "{name}: {}", models[name]);
    }
    assert_eq!(documentation("pub kind:"), "The kind.");
}

#[test]
fn documentation_of_a_nested_type_with_its_own_page() {
    let models = of_models(&codegen::generate("document.yaml", DOCUMENT).unwrap().types);
    assert_eq!(models["ThingOther"], "The other kind.\n\nSee [Kinds](https://example.com/kinds).");
}

#[test]
fn documentation_of_each_model_names_its_page_or_its_evidence() {
    let models = of_models(&document::read("generated-client/src/generated/types.rs"));
    assert!(models.len() > 1);
    for (name, documentation) in models {
        let is_known = ["See [", "*Evidence: "].iter().any(|it| documentation.contains(it));
        assert!(is_known, "{name}: {documentation}");
    }
}

/// rustdoc shows the first paragraph in its index of types.
#[test]
fn each_schema_description_begins_with_one_sentence() {
    for (model, schema) in document::schemas() {
        let description = schema["description"].as_str().unwrap();
        let summary = description.split("\n\n").next().unwrap();
        let sentence = summary.strip_suffix('.').unwrap_or_default();
        assert!(!sentence.is_empty() && !sentence.contains(". "), "{model}: {summary}");
    }
}
