//! Tests of the validation of messages against the document's schemas. Messages can contain only declared members.

use document::{
    Document, Tree,
    compositions::Compositions,
    validation::{Role, Validator},
};
use serde_json::{Value, json};

/// Returns the messages of the violations that are found when a value is validated against the component `A`.
fn violations(schemas: &Value, value: &Value) -> Vec<String> {
    violations_as(Role::Message, schemas, value)
}

fn violations_as(role: Role, schemas: &Value, value: &Value) -> Vec<String> {
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "A", "version": "1" }, "paths": {},
        "components": { "schemas": schemas },
    });
    let tree = |value: &Value| Tree::parse(&value.to_string()).unwrap().unwrap();
    let (document, value) = (tree(&document), tree(value));
    let document = Document::new(&document);
    let compositions = Compositions::new(&document);
    let schema = document.target("#/components/schemas/A").unwrap();
    let mut validator = Validator::new(&document, &compositions);
    let violations = validator.violations(schema, value.root(), role);
    violations.iter().map(|violation| violation.message()).collect()
}

#[test]
fn a_nullable_number() {
    let schemas = json!({ "A": { "type": "number", "nullable": true } });
    assert_eq!(violations(&schemas, &Value::Null), [""; 0]);
    assert_eq!(
        violations(&schemas, &json!("a")),
        ["the document must be a number, but is a string"]
    );
}

#[test]
fn a_nullable_reference() {
    let link = json!({ "nullable": true, "allOf": [{ "$ref": "#/components/schemas/B" }] });
    let schemas = json!({ "A": link, "B": { "type": "object", "properties": {} } });
    assert_eq!(violations(&schemas, &Value::Null), [""; 0]);
    assert_eq!(violations(&schemas, &json!({ "a": 1 })), ["`a` is not declared"]);
}

#[test]
fn exclusive_limits() {
    let limits = json!({
        "minimum": 0, "exclusiveMinimum": true,
        "maximum": 9, "exclusiveMaximum": false,
    });
    let schemas = json!({ "A": limits });
    assert_eq!(violations(&schemas, &json!(9)), [""; 0]);
    assert_eq!(violations(&schemas, &json!(0)), ["the document must be greater than 0, but is 0"]);
}

#[test]
fn limits_are_ignored_if_only_the_structure_is_validated() {
    let schemas = json!({ "A": { "type": "number", "minimum": 1, "enum": [1] } });
    assert_eq!(violations_as(Role::Structure, &schemas, &json!(0)), [""; 0]);
}

#[test]
fn keywords_of_openapi_that_constrain_nothing() {
    let schema = json!({
        "description": "A type of overage.", "type": "string", "example": "PhoneServices",
        "x-extensible-enum": ["PhoneServices"], "externalDocs": { "url": "https://example.com" },
    });
    assert_eq!(violations(&json!({ "A": schema }), &json!("another")), [""; 0]);
}

#[test]
fn a_property_with_the_name_of_a_keyword() {
    let schemas = json!({ "A": { "properties": { "example": { "type": "string" } } } });
    let problems = violations(&schemas, &json!({ "example": 1 }));
    assert_eq!(problems, ["`example` must be a string, but is an integer"]);
}

#[test]
fn undeclared_members_at_every_depth() {
    let schema = json!({
        "type": "object",
        "properties": {
            "items": { "type": "array", "items": { "$ref": "#/components/schemas/B" } },
            "tags": { "additionalProperties": { "type": "string" } },
        },
    });
    let b =
        json!({ "type": "object", "properties": { "next": { "$ref": "#/components/schemas/B" } } });
    let schemas = json!({ "A": schema, "B": b });
    let valid = json!({ "items": [{ "next": {} }], "tags": { "a": "b" } });
    assert_eq!(violations(&schemas, &valid), [""; 0]);
    let invalid = json!({ "items": [{ "next": { "a": 1 } }], "tags": { "a": "b" }, "c": 1 });
    assert_eq!(violations(&schemas, &invalid), ["`a` is not declared", "`c` is not declared"]);
}

#[test]
fn members_that_no_part_of_an_all_of_declares() {
    let schema = json!({
        "allOf": [
            { "$ref": "#/components/schemas/B" },
            { "type": "object", "properties": { "amount": { "type": "number" } } },
        ],
    });
    let b = json!({ "type": "object", "properties": { "etag": { "type": "string" } } });
    let schemas = json!({ "A": schema, "B": b });
    assert_eq!(violations(&schemas, &json!({ "etag": "a", "amount": 1 })), [""; 0]);
    assert_eq!(violations(&schemas, &json!({ "eTag": "a" })), ["`eTag` is not declared"]);
}

#[test]
fn members_that_the_matching_alternative_does_not_declare() {
    let alternative = |name: &str| json!({ "type": "object", "required": [name], "properties": { name: { "type": "string" } } });
    let schemas = json!({ "A": { "oneOf": [alternative("a"), alternative("b")] } });
    assert_eq!(violations(&schemas, &json!({ "a": "x" })), [""; 0]);
    assert_eq!(violations(&schemas, &json!({ "a": "x", "b": 1 })), ["`b` is not declared"]);
}

#[test]
fn schemas_without_properties_allow_any_member() {
    let schema = json!({
        "type": "object",
        "properties": {
            "data": { "type": "array", "items": {} },
            "parameters": { "$ref": "#/components/schemas/B" },
        },
    });
    let schemas = json!({ "A": schema, "B": { "type": "object" } });
    let value = json!({ "data": [{ "a": 1 }], "parameters": { "b": 1 } });
    assert_eq!(violations(&schemas, &value), [""; 0]);
}

#[test]
fn a_reference_to_an_unknown_component_allows_any_value() {
    let schemas = json!({ "A": { "$ref": "#/components/schemas/B" } });
    assert_eq!(violations(&schemas, &json!({ "a": 1 })), [""; 0]);
}
