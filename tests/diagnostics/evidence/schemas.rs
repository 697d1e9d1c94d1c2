//! Tests of the translation of OpenAPI 3.0 schemas to JSON Schema.

use evidence::conform::schema::json_schema;
use insta::assert_snapshot;
use serde_json::{Value, json};

/// Translates the component `A` to a JSON Schema.
fn open(schemas: Value) -> String {
    translated(schemas, false)
}

/// Translates the component `A` to a JSON Schema that rejects undeclared members.
fn closed(schemas: Value) -> String {
    translated(schemas, true)
}

/// Translates the component `A`, and prints it as YAML without the dialect, which is always the same.
fn translated(schemas: Value, closed: bool) -> String {
    let document = json!({ "components": { "schemas": schemas } });
    let mut schema = json_schema(&document, "A", closed);
    schema.as_object_mut().expect("an object").remove("$schema");
    serde_yaml::to_string(&schema).expect("YAML can express JSON")
}

#[test]
fn nullable() {
    let amount = json!({ "type": "number", "nullable": true });
    assert_snapshot!(open(json!({ "A": amount })), @"
    type:
    - number
    - 'null'
    ");
}

#[test]
fn nullable_reference() {
    let link = json!({ "nullable": true, "allOf": [{ "$ref": "#/components/schemas/B" }] });
    assert_snapshot!(closed(json!({ "A": link, "B": { "type": "object", "properties": {} } })), @"
    $defs:
      B:
        properties: {}
        type: object
    anyOf:
    - allOf:
      - $ref: '#/$defs/B'
    - type: 'null'
    unevaluatedProperties: false
    ");
}

#[test]
fn exclusive_limits() {
    let limits = json!({
        "minimum": 0, "exclusiveMinimum": true,
        "maximum": 9, "exclusiveMaximum": false,
    });
    assert_snapshot!(open(json!({ "A": limits })), @"
    exclusiveMinimum: 0
    maximum: 9
    ");
}

#[test]
fn keywords_that_only_openapi_has() {
    let schema = json!({
        "description": "A type of overage.", "type": "string", "example": "PhoneServices",
        "x-extensible-enum": ["PhoneServices"], "externalDocs": { "url": "https://example.com" },
    });
    assert_snapshot!(open(json!({ "A": schema })), @"
    description: A type of overage.
    type: string
    ");
}

#[test]
fn a_property_with_the_name_of_a_keyword() {
    let schema = json!({ "properties": { "example": { "type": "string" } } });
    assert_snapshot!(open(json!({ "A": schema })), @"
    properties:
      example:
        type: string
    ");
}

#[test]
fn closed_at_every_depth() {
    let schema = json!({
        "type": "object",
        "properties": {
            "items": { "type": "array", "items": { "$ref": "#/components/schemas/B" } },
            "tags": { "additionalProperties": { "type": "string" } },
        },
    });
    let b =
        json!({ "type": "object", "properties": { "next": { "$ref": "#/components/schemas/B" } } });
    assert_snapshot!(closed(json!({ "A": schema, "B": b })), @"
    $defs:
      B:
        properties:
          next:
            $ref: '#/$defs/B'
            unevaluatedProperties: false
        type: object
    properties:
      items:
        items:
          $ref: '#/$defs/B'
          unevaluatedProperties: false
        type: array
      tags:
        additionalProperties:
          type: string
        unevaluatedProperties: false
    type: object
    unevaluatedProperties: false
    ");
}

#[test]
fn closed_around_all_of() {
    let schema = json!({
        "allOf": [
            { "$ref": "#/components/schemas/B" },
            { "type": "object", "properties": { "amount": { "type": "number" } } },
        ],
    });
    let b = json!({ "type": "object", "properties": { "etag": { "type": "string" } } });
    assert_snapshot!(closed(json!({ "A": schema, "B": b })), @"
    $defs:
      B:
        properties:
          etag:
            type: string
        type: object
    allOf:
    - $ref: '#/$defs/B'
    - properties:
        amount:
          type: number
      type: object
    unevaluatedProperties: false
    ");
}

#[test]
fn closed_except_for_schemas_without_members() {
    let schema = json!({
        "type": "object",
        "properties": {
            "data": { "type": "array", "items": {} },
            "parameters": { "$ref": "#/components/schemas/B" },
        },
    });
    assert_snapshot!(closed(json!({ "A": schema, "B": { "type": "object" } })), @"
    $defs:
      B:
        additionalProperties: true
        type: object
    properties:
      data:
        items: {}
        type: array
      parameters:
        $ref: '#/$defs/B'
        unevaluatedProperties: false
    type: object
    unevaluatedProperties: false
    ");
}

#[test]
fn unknown_component() {
    assert_eq!(json_schema(&json!({}), "A", true), json!(false));
}

#[test]
fn reference_to_an_unknown_component() {
    assert_snapshot!(open(json!({ "A": { "$ref": "#/components/schemas/B" } })), @"
    $defs:
      B: false
    $ref: '#/$defs/B'
    ");
}
