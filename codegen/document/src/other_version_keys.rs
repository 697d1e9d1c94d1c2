//! What belongs to another version of OpenAPI, and how 3.0 says it.

use super::{
    model::Kind,
    tree::{Node, Value},
};

/// What to write instead of a key that other versions have.
pub(super) fn advice(kind: Kind, key: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(of, name, _)| *of == kind && *name == key).map(|(_, _, advice)| *advice)
}

/// Whether a key of a parameter or header was in Swagger 2 what is in its schema now.
pub(super) fn belongs_in_schema(key: &str) -> bool {
    advice(Kind::Parameter, key) == Some(IN_SCHEMA)
}

/// What to write instead of a value of a type that other versions allow.
pub(super) fn advice_on_type(node: Node<'_>) -> Option<&'static str> {
    Some(match (node.name()?, node.value()) {
        ("type", Value::Array) => "write one type, and `nullable: true` if it can be null",
        ("exclusiveMinimum", Value::Number(_)) => {
            "write the number as `minimum`, and `exclusiveMinimum: true`"
        }
        ("exclusiveMaximum", Value::Number(_)) => {
            "write the number as `maximum`, and `exclusiveMaximum: true`"
        }
        ("required", Value::Bool(_)) => "list the required properties beside `properties`",
        ("items", Value::Array) => "write one schema, which every item has",
        _ => return None,
    })
}

/// What to write instead of a word that other versions have, or that is often taken for one.
pub(super) fn advice_on_value(key: &str, value: &str) -> Option<&'static str> {
    Some(match (key, value) {
        ("type", "null") => "write the type that it has otherwise, and `nullable: true`",
        ("type", "file") => "write `type: string` and `format: binary`",
        ("type", "uuid") => "write `type: string` and `format: uuid`",
        ("type", "date") => "write `type: string` and `format: date`",
        ("type", "datetime" | "date-time") => "write `type: string` and `format: date-time`",
        ("type", "decimal") => "write `type: number` and `format: decimal`",
        ("type", "float" | "double") => "write `type: number`, and this as its `format`",
        ("type", "int" | "int32" | "int64" | "long") => "write `type: integer`, and its `format`",
        ("type", "any") => "leave `type` out",
        ("type", "dict" | "map" | "hash") => "write `type: object` and `additionalProperties`",
        ("type", "list") => "write `type: array`",
        ("in", "body" | "formData") => "write it as the `requestBody` of the operation",
        ("type", "basic" | "bearer") => "write `type: http`, and this as its `scheme`",
        _ => return None,
    })
}

const IN_SCHEMA: &str = "put it into the `schema`";
const IN_CONTENT: &str = "put it below `content` and a media type such as `application/json`";
const IN_COMPONENTS: &str = "put it into `components`";
const IN_SERVERS: &str = "write it in the `url` of a server below `servers`";

static FOREIGN: &[(Kind, &str, &str)] = &[
    (Kind::Document, "swagger", "remove it: `openapi` says the version"),
    (Kind::Document, "host", IN_SERVERS),
    (Kind::Document, "basePath", IN_SERVERS),
    (Kind::Document, "schemes", IN_SERVERS),
    (Kind::Document, "definitions", "move what it has to `components`, under `schemas`"),
    (Kind::Document, "parameters", IN_COMPONENTS),
    (Kind::Document, "responses", IN_COMPONENTS),
    (Kind::Document, "schemas", IN_COMPONENTS),
    (
        Kind::Document,
        "securityDefinitions",
        "move what it has to `components`, under `securitySchemes`",
    ),
    (Kind::Document, "consumes", "name the media type below the `content` of each request body"),
    (Kind::Document, "produces", "name the media type below the `content` of each response"),
    (Kind::Document, "webhooks", "remove it: OpenAPI has it since 3.1"),
    (Kind::Document, "jsonSchemaDialect", "remove it: OpenAPI has it since 3.1"),
    (Kind::Info, "summary", "put it into the `description`: OpenAPI has it since 3.1"),
    (Kind::License, "identifier", "put it into the `name`: OpenAPI has it since 3.1"),
    (Kind::Components, "pathItems", "remove it: OpenAPI has it since 3.1"),
    (Kind::Operation, "consumes", "name the media type below the `content` of the request body"),
    (Kind::Operation, "produces", "name the media type below the `content` of each response"),
    (Kind::Operation, "schemes", "write it in the `url` of a server below `servers`"),
    (Kind::Operation, "body", "write it as `requestBody`"),
    (Kind::Response, "schema", IN_CONTENT),
    (Kind::Response, "example", IN_CONTENT),
    (Kind::Response, "examples", IN_CONTENT),
    (Kind::RequestBody, "schema", IN_CONTENT),
    (Kind::RequestBody, "example", IN_CONTENT),
    (Kind::RequestBody, "examples", IN_CONTENT),
    (Kind::Parameter, "type", IN_SCHEMA),
    (Kind::Parameter, "format", IN_SCHEMA),
    (Kind::Parameter, "enum", IN_SCHEMA),
    (Kind::Parameter, "default", IN_SCHEMA),
    (Kind::Parameter, "items", IN_SCHEMA),
    (Kind::Parameter, "pattern", IN_SCHEMA),
    (Kind::Parameter, "minimum", IN_SCHEMA),
    (Kind::Parameter, "maximum", IN_SCHEMA),
    (Kind::Parameter, "minLength", IN_SCHEMA),
    (Kind::Parameter, "maxLength", IN_SCHEMA),
    (Kind::Parameter, "nullable", IN_SCHEMA),
    (Kind::Parameter, "collectionFormat", "write `style` and `explode`"),
    (Kind::Header, "type", IN_SCHEMA),
    (Kind::Header, "format", IN_SCHEMA),
    (Kind::Header, "enum", IN_SCHEMA),
    (Kind::Header, "default", IN_SCHEMA),
    (Kind::Header, "name", "remove it: the key is the name"),
    (Kind::Header, "in", "remove it: it is always a header"),
    (Kind::Schema, "const", "write an `enum` with this one value"),
    (Kind::Schema, "examples", "write one of them as `example`"),
    (Kind::Schema, "$defs", "move what it has to `components`, under `schemas`"),
    (Kind::Schema, "definitions", "move what it has to `components`, under `schemas`"),
    (Kind::Schema, "prefixItems", "write `items` with one schema, which every item has"),
    (Kind::Schema, "patternProperties", "write `additionalProperties` with one schema"),
    (Kind::Schema, "contentEncoding", "write `format: byte` for base64"),
    (Kind::Schema, "contentMediaType", "write `format: binary`"),
    (Kind::Schema, "id", "remove it: the component's name is its id"),
    (Kind::Schema, "$id", "remove it: the component's name is its id"),
    (Kind::Schema, "$schema", "remove it: OpenAPI 3.0 has one kind of schema"),
    (Kind::Schema, "$comment", "write it as a comment of YAML, after `#`"),
    (Kind::Schema, "in", "describe a parameter below `parameters`"),
    (
        Kind::SecurityScheme,
        "flow",
        "write `flows`, with the flow as the key of its URLs and scopes",
    ),
    (Kind::SecurityScheme, "scopes", "put it into the flow below `flows`"),
    (Kind::SecurityScheme, "authorizationUrl", "put it into the flow below `flows`"),
    (Kind::SecurityScheme, "tokenUrl", "put it into the flow below `flows`"),
];
