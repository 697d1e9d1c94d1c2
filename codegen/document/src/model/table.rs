//! The table of the object model, in the specification's order.

use super::{
    Field, Object,
    Shape::{
        self, Any, Bool, Count, Email, List, Map, Named, NonEmptyList, Number, Object as Exactly,
        Referable, SchemaOrBool, Text, Url, WholeUrl, Word,
    },
};

/// Declares `Kind` with a variant for each kind of object, and `Kind::object` with their definitions.
macro_rules! kinds {
    (@required required) => { true };
    (@required optional) => { false };
    (@others) => { None };
    (@others $shape:expr) => { Some($shape) };
    (@extensible) => { true };
    (@extensible $extensible:literal) => { $extensible };
    ($(
        $kind:ident $name:literal $((others: $others:expr))? $((extensible: $extensible:literal))? {
            $($necessity:ident $($key:literal),+ : $shape:expr;)*
        }
    )+) => {
        /// A kind of object, named as in the specification.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $($kind,)+ }

        impl Kind {
            /// Returns the definition of this kind of object.
            pub fn object(self) -> &'static Object {
                match self {
                    $(Self::$kind => const { &Object {
                        name: $name,
                        fields: &[$($(Field {
                            name: $key,
                            shape: $shape,
                            required: kinds!(@required $necessity),
                        },)+)*],
                        others: kinds!(@others $($others)?),
                        extensible: kinds!(@extensible $($extensible)?),
                    } },)+
                }
            }
        }
    };
}

const SCHEMA: Shape = Referable(Kind::Schema);
const SERVERS: Shape = List(&Exactly(Kind::Server));
const SECURITY: Shape = List(&Exactly(Kind::SecurityRequirement));
const PARAMETERS: Shape = List(&Referable(Kind::Parameter));
const EXAMPLES: Shape = Map(&Referable(Kind::Example));
const HEADERS: Shape = Map(&Referable(Kind::Header));
const CONTENT: Shape = Map(&Exactly(Kind::MediaType));
const SCOPES: Shape = Map(&Text);
const STYLES: &[&str] =
    &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];

kinds! {
    Document "the document" {
        required "openapi": Text;
        required "info": Exactly(Kind::Info);
        optional "servers": SERVERS;
        required "paths": Exactly(Kind::Paths);
        optional "components": Exactly(Kind::Components);
        optional "security": SECURITY;
        optional "tags": List(&Exactly(Kind::Tag));
        optional "externalDocs": Exactly(Kind::ExternalDocs);
    }
    Info "`info`" {
        required "title": Text;
        optional "description": Text;
        optional "termsOfService": Url;
        optional "contact": Exactly(Kind::Contact);
        optional "license": Exactly(Kind::License);
        required "version": Text;
    }
    Contact "a contact" {
        optional "name": Text;
        optional "url": Url;
        optional "email": Email;
    }
    License "a license" {
        required "name": Text;
        optional "url": Url;
    }
    Server "a server" {
        required "url": Text;
        optional "description": Text;
        optional "variables": Map(&Exactly(Kind::ServerVariable));
    }
    ServerVariable "a server variable" {
        optional "enum": List(&Text);
        required "default": Text;
        optional "description": Text;
    }
    Components "`components`" {
        optional "schemas": Named(&SCHEMA);
        optional "responses": Named(&Referable(Kind::Response));
        optional "parameters": Named(&Referable(Kind::Parameter));
        optional "examples": Named(&Referable(Kind::Example));
        optional "requestBodies": Named(&Referable(Kind::RequestBody));
        optional "headers": Named(&Referable(Kind::Header));
        optional "securitySchemes": Named(&Referable(Kind::SecurityScheme));
        optional "links": Named(&Referable(Kind::Link));
        optional "callbacks": Named(&Referable(Kind::Callback));
    }
    Paths "`paths`" (others: Exactly(Kind::PathItem)) {}
    PathItem "a path item" {
        optional "$ref", "summary", "description": Text;
        optional "get", "put", "post", "delete", "options", "head", "patch", "trace": Exactly(Kind::Operation);
        optional "servers": SERVERS;
        optional "parameters": PARAMETERS;
    }
    Operation "an operation" {
        optional "tags": List(&Text);
        optional "summary", "description": Text;
        optional "externalDocs": Exactly(Kind::ExternalDocs);
        optional "operationId": Text;
        optional "parameters": PARAMETERS;
        optional "requestBody": Referable(Kind::RequestBody);
        required "responses": Exactly(Kind::Responses);
        optional "callbacks": Map(&Referable(Kind::Callback));
        optional "deprecated": Bool;
        optional "security": SECURITY;
        optional "servers": SERVERS;
    }
    ExternalDocs "`externalDocs`" {
        optional "description": Text;
        required "url": Url;
    }
    Parameter "a parameter" {
        required "name": Text;
        required "in": Word(&["path", "query", "header", "cookie"]);
        optional "description": Text;
        optional "required", "deprecated", "allowEmptyValue": Bool;
        optional "style": Word(STYLES);
        optional "explode", "allowReserved": Bool;
        optional "schema": SCHEMA;
        optional "content": CONTENT;
        optional "example": Any;
        optional "examples": EXAMPLES;
    }
    RequestBody "a request body" {
        optional "description": Text;
        required "content": CONTENT;
        optional "required": Bool;
    }
    MediaType "a media type" {
        optional "schema": SCHEMA;
        optional "example": Any;
        optional "examples": EXAMPLES;
        optional "encoding": Map(&Exactly(Kind::Encoding));
    }
    Encoding "an encoding" {
        optional "contentType": Text;
        optional "headers": HEADERS;
        optional "style": Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]);
        optional "explode", "allowReserved": Bool;
    }
    Responses "`responses`" (others: Referable(Kind::Response)) {}
    Response "a response" {
        required "description": Text;
        optional "headers": HEADERS;
        optional "content": CONTENT;
        optional "links": Map(&Referable(Kind::Link));
    }
    Callback "a callback" (others: Exactly(Kind::PathItem)) {}
    Example "an example" {
        optional "summary", "description": Text;
        optional "value": Any;
        optional "externalValue": Url;
    }
    Link "a link" {
        optional "operationRef": Url;
        optional "operationId": Text;
        optional "parameters": Map(&Any);
        optional "requestBody": Any;
        optional "description": Text;
        optional "server": Exactly(Kind::Server);
    }
    Header "a header" {
        optional "description": Text;
        optional "required", "deprecated", "allowEmptyValue": Bool;
        optional "style": Word(&["simple"]);
        optional "explode", "allowReserved": Bool;
        optional "schema": SCHEMA;
        optional "content": CONTENT;
        optional "example": Any;
        optional "examples": EXAMPLES;
    }
    Tag "a tag" {
        required "name": Text;
        optional "description": Text;
        optional "externalDocs": Exactly(Kind::ExternalDocs);
    }
    Schema "a schema" {
        optional "title": Text;
        optional "multipleOf", "maximum": Number;
        optional "exclusiveMaximum": Bool;
        optional "minimum": Number;
        optional "exclusiveMinimum": Bool;
        optional "maxLength", "minLength": Count;
        optional "pattern": Text;
        optional "maxItems", "minItems": Count;
        optional "uniqueItems": Bool;
        optional "maxProperties", "minProperties": Count;
        optional "required": NonEmptyList(&Text);
        optional "enum": NonEmptyList(&Any);
        optional "type": Word(&["array", "boolean", "integer", "number", "object", "string"]);
        optional "not": SCHEMA;
        optional "allOf", "oneOf", "anyOf": NonEmptyList(&SCHEMA);
        optional "items": SCHEMA;
        optional "properties": Map(&SCHEMA);
        optional "additionalProperties": SchemaOrBool;
        optional "description", "format": Text;
        optional "default": Any;
        optional "nullable": Bool;
        optional "discriminator": Exactly(Kind::Discriminator);
        optional "readOnly", "writeOnly": Bool;
        optional "example": Any;
        optional "externalDocs": Exactly(Kind::ExternalDocs);
        optional "deprecated": Bool;
        optional "xml": Exactly(Kind::Xml);
    }
    Discriminator "a discriminator" {
        required "propertyName": Text;
        optional "mapping": Map(&Text);
    }
    Xml "`xml`" {
        optional "name": Text;
        optional "namespace": WholeUrl;
        optional "prefix": Text;
        optional "attribute", "wrapped": Bool;
    }
    SecurityScheme "a security scheme" {
        required "type": Word(&["apiKey", "http", "oauth2", "openIdConnect"]);
        optional "description", "name": Text;
        optional "in": Word(&["query", "header", "cookie"]);
        optional "scheme", "bearerFormat": Text;
        optional "flows": Exactly(Kind::OauthFlows);
        optional "openIdConnectUrl": Url;
    }
    OauthFlows "`flows`" {
        optional "implicit": Exactly(Kind::ImplicitFlow);
        optional "password": Exactly(Kind::PasswordFlow);
        optional "clientCredentials": Exactly(Kind::ClientCredentialsFlow);
        optional "authorizationCode": Exactly(Kind::AuthorizationCodeFlow);
    }
    ImplicitFlow "an implicit flow" {
        required "authorizationUrl": Url;
        optional "refreshUrl": Url;
        required "scopes": SCOPES;
    }
    PasswordFlow "a password flow" {
        required "tokenUrl": Url;
        optional "refreshUrl": Url;
        required "scopes": SCOPES;
    }
    ClientCredentialsFlow "a client credentials flow" {
        required "tokenUrl": Url;
        optional "refreshUrl": Url;
        required "scopes": SCOPES;
    }
    AuthorizationCodeFlow "an authorization code flow" {
        required "authorizationUrl", "tokenUrl": Url;
        optional "refreshUrl": Url;
        required "scopes": SCOPES;
    }
    SecurityRequirement "a security requirement" (others: List(&Text)) (extensible: false) {}
}
