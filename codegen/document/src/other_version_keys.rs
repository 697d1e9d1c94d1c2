//! Keys and values of other OpenAPI versions, and their equivalents in 3.0.

use super::{
    model::Kind,
    tree::{Node, Value},
};

/// Returns the equivalent of a key that only other versions have.
pub(super) fn advice(kind: Kind, key: &str) -> Option<&'static str> {
    ADVICE
        .iter()
        .find(|(of, keys, _)| *of == kind && keys.contains(&key))
        .map(|(.., advice)| *advice)
}

/// Returns true for a key that belongs in a parameter or header in Swagger 2, but in its schema in 3.0.
pub(super) fn belongs_in_schema(key: &str) -> bool {
    advice(Kind::Parameter, key) == Some(IN_SCHEMA)
}

/// Returns the equivalent of a value whose type only other versions allow.
pub(super) fn advice_on_type(node: Node<'_>) -> Option<&'static str> {
    Some(match (node.name()?, node.value()) {
        ("type", Value::Array) => "write one type, and `nullable: true` if it can be null",
        ("exclusiveMinimum", Value::Number(_)) => {
            "write the number as `minimum`, and `exclusiveMinimum: true`"
        }
        ("exclusiveMaximum", Value::Number(_)) => {
            "write the number as `maximum`, and `exclusiveMaximum: true`"
        }
        ("required", Value::Bool(_)) => "list the required properties next to `properties`",
        ("items", Value::Array) => "write one schema for all items",
        _ => return None,
    })
}

/// Returns the equivalent of a string that only other versions allow, or that is a common mistake.
pub(super) fn advice_on_value(key: &str, value: &str) -> Option<&'static str> {
    Some(match (key, value) {
        ("type", "null") => "write the type of the other values, and `nullable: true`",
        ("type", "file") => "write `type: string` and `format: binary`",
        ("type", "uuid") => "write `type: string` and `format: uuid`",
        ("type", "date") => "write `type: string` and `format: date`",
        ("type", "datetime" | "date-time") => "write `type: string` and `format: date-time`",
        ("type", "decimal") => "write `type: number` and `format: decimal`",
        ("type", "float" | "double") => "write `type: number`, and this as its `format`",
        ("type", "int" | "int32" | "int64" | "long") => "write `type: integer`, and its `format`",
        ("type", "any") => "omit `type`",
        ("type", "dict" | "map" | "hash") => "write `type: object` and `additionalProperties`",
        ("type", "list") => "write `type: array`",
        ("in", "body" | "formData") => "write it as the `requestBody` of the operation",
        ("type", "basic" | "bearer") => "write `type: http`, and this as its `scheme`",
        _ => return None,
    })
}

const IN_SCHEMA: &str = "move it into the `schema`";
const IN_CONTENT: &str = "move it under `content` and a media type such as `application/json`";
const IN_COMPONENTS: &str = "move it to `components`";
const IN_SCHEMAS: &str = "move its members to `components`, under `schemas`";
const IN_SERVERS: &str = "write it in the `url` of a server under `servers`";
const IN_FLOWS: &str = "move it into the flow under `flows`";
const SINCE_3_1: &str = "remove it: it was added in OpenAPI 3.1";

#[rustfmt::skip]
static ADVICE: &[(Kind, &[&str], &str)] = &[
    (Kind::Document, &["swagger"], "remove it: `openapi` states the version"),
    (Kind::Document, &["host", "basePath", "schemes"], IN_SERVERS),
    (Kind::Document, &["definitions"], IN_SCHEMAS),
    (Kind::Document, &["parameters", "responses", "schemas"], IN_COMPONENTS),
    (Kind::Document, &["securityDefinitions"], "move its members to `components`, under `securitySchemes`"),
    (Kind::Document, &["consumes"], "write the media type under the `content` of each request body"),
    (Kind::Document, &["produces"], "write the media type under the `content` of each response"),
    (Kind::Document, &["webhooks", "jsonSchemaDialect"], SINCE_3_1),
    (Kind::Info, &["summary"], "move it into the `description`: it was added in OpenAPI 3.1"),
    (Kind::License, &["identifier"], "move it into the `name`: it was added in OpenAPI 3.1"),
    (Kind::Components, &["pathItems"], SINCE_3_1),
    (Kind::Operation, &["consumes"], "write the media type under the `content` of the request body"),
    (Kind::Operation, &["produces"], "write the media type under the `content` of each response"),
    (Kind::Operation, &["schemes"], IN_SERVERS),
    (Kind::Operation, &["body"], "write it as `requestBody`"),
    (Kind::Response, &["schema", "example", "examples"], IN_CONTENT),
    (Kind::RequestBody, &["schema", "example", "examples"], IN_CONTENT),
    (
        Kind::Parameter,
        &["type", "format", "enum", "default", "items", "pattern", "minimum", "maximum", "minLength", "maxLength", "nullable"],
        IN_SCHEMA,
    ),
    (Kind::Parameter, &["collectionFormat"], "write `style` and `explode`"),
    (Kind::Header, &["type", "format", "enum", "default"], IN_SCHEMA),
    (Kind::Header, &["name"], "remove it: the key is the name"),
    (Kind::Header, &["in"], "remove it: a header needs no location"),
    (Kind::Schema, &["const"], "write an `enum` with this one value"),
    (Kind::Schema, &["examples"], "write one of them as `example`"),
    (Kind::Schema, &["$defs", "definitions"], IN_SCHEMAS),
    (Kind::Schema, &["prefixItems"], "write `items` with one schema for all items"),
    (Kind::Schema, &["patternProperties"], "write `additionalProperties` with one schema"),
    (Kind::Schema, &["contentEncoding"], "write `format: byte` for base64"),
    (Kind::Schema, &["contentMediaType"], "write `format: binary`"),
    (Kind::Schema, &["id", "$id"], "remove it: the component's name identifies it"),
    (Kind::Schema, &["$schema"], "remove it: OpenAPI 3.0 has its own schema dialect"),
    (Kind::Schema, &["$comment"], "write it as a YAML comment, after `#`"),
    (Kind::Schema, &["in"], "describe a parameter under `parameters`"),
    (Kind::SecurityScheme, &["flow"], "write `flows`, with the flow as the key of its URLs and scopes"),
    (Kind::SecurityScheme, &["scopes", "authorizationUrl", "tokenUrl"], IN_FLOWS),
];
