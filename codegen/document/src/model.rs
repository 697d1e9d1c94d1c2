//! The objects of OpenAPI 3.0.3, their members and what each may be.
//!
//! A table of our own and not the official JSON Schema: a schema's validator says that none of `oneOf` holds,
//! while a table knows what stands where, so that a message can name the object and the member that was meant.
//! The same walk along the table finds every operation, schema and reference for the other rules.
//! Source: <https://spec.openapis.org/oas/v3.0.3>.

use Kind as K;
use Shape as S;

/// A kind of object, by its name in the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named as in the specification")]
pub enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OauthFlows,
    ImplicitFlow,
    PasswordFlow,
    ClientCredentialsFlow,
    AuthorizationCodeFlow,
    SecurityRequirement,
}

/// What a member may be.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Anything at all.
    Any,
    /// A string.
    Text,
    /// A URL, whole or relative to the document's.
    Url,
    /// A URL that is whole.
    WholeUrl,
    /// An address for mail.
    Email,
    /// One of some strings.
    Word(&'static [&'static str]),
    /// A boolean.
    Bool,
    /// A number.
    Number,
    /// An integer that is not negative.
    Count,
    /// An object of a kind.
    Object(Kind),
    /// An object of a kind, or a reference to one.
    Referable(Kind),
    /// A schema or a boolean.
    SchemaOrBool,
    /// An array whose items have a shape.
    List(&'static Shape),
    /// An array with at least one item.
    NonEmptyList(&'static Shape),
    /// An object whose members have names that its author chooses.
    Map(&'static Shape),
    /// A map whose names are those of components.
    Named(&'static Shape),
}

/// A member that the specification names.
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// What it may be.
    pub shape: Shape,
    /// Whether the object must have it.
    pub required: bool,
}

/// What a kind of object consists of.
pub struct Object {
    /// What messages call it, with its article.
    pub name: &'static str,
    /// The members with names of the specification.
    pub fields: &'static [Field],
    /// What the other members may be, where their names are the author's.
    pub others: Option<Shape>,
    /// Whether it may have members that begin with `x-`.
    pub extensible: bool,
}

impl Object {
    /// The member with a name of the specification.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

const fn must(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

const fn object(name: &'static str, fields: &'static [Field]) -> Object {
    Object { name, fields, others: None, extensible: true }
}

const fn keyed(name: &'static str, others: Shape) -> Object {
    Object { name, fields: &[], others: Some(others), extensible: true }
}

const SCHEMA: Shape = S::Referable(K::Schema);
const SERVERS: Shape = S::List(&S::Object(K::Server));
const SECURITY: Shape = S::List(&S::Object(K::SecurityRequirement));
const PARAMETERS: Shape = S::List(&S::Referable(K::Parameter));
const EXAMPLES: Shape = S::Map(&S::Referable(K::Example));
const HEADERS: Shape = S::Map(&S::Referable(K::Header));
const CONTENT: Shape = S::Map(&S::Object(K::MediaType));
const SCOPES: Shape = S::Map(&S::Text);
const STYLES: &[&str] =
    &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];

/// Returns the methods that a path item can have, in the order of the specification.
pub fn methods() -> impl Iterator<Item = &'static str> {
    let fields = Kind::PathItem.object().fields.iter();
    let operations = fields.filter(|field| matches!(field.shape, S::Object(K::Operation)));
    operations.map(|field| field.name)
}

impl Kind {
    /// What an object of this kind consists of.
    pub fn object(self) -> &'static Object {
        match self {
            K::Document => &DOCUMENT,
            K::Info => &INFO,
            K::Contact => &CONTACT,
            K::License => &LICENSE,
            K::Server => &SERVER,
            K::ServerVariable => &SERVER_VARIABLE,
            K::Components => &COMPONENTS,
            K::Paths => &PATHS,
            K::PathItem => &PATH_ITEM,
            K::Operation => &OPERATION,
            K::ExternalDocs => &EXTERNAL_DOCS,
            K::Parameter => &PARAMETER,
            K::RequestBody => &REQUEST_BODY,
            K::MediaType => &MEDIA_TYPE,
            K::Encoding => &ENCODING,
            K::Responses => &RESPONSES,
            K::Response => &RESPONSE,
            K::Callback => &CALLBACK,
            K::Example => &EXAMPLE,
            K::Link => &LINK,
            K::Header => &HEADER,
            K::Tag => &TAG,
            K::Schema => &SCHEMA_OBJECT,
            K::Discriminator => &DISCRIMINATOR,
            K::Xml => &XML,
            K::SecurityScheme => &SECURITY_SCHEME,
            K::OauthFlows => &OAUTH_FLOWS,
            K::ImplicitFlow => &IMPLICIT_FLOW,
            K::PasswordFlow => &PASSWORD_FLOW,
            K::ClientCredentialsFlow => &CLIENT_CREDENTIALS_FLOW,
            K::AuthorizationCodeFlow => &AUTHORIZATION_CODE_FLOW,
            K::SecurityRequirement => &SECURITY_REQUIREMENT,
        }
    }

    /// The member of `components` that holds objects of this kind, if there is one.
    pub fn section(self) -> Option<&'static str> {
        Some(match self {
            K::Schema => "schemas",
            K::Response => "responses",
            K::Parameter => "parameters",
            K::Example => "examples",
            K::RequestBody => "requestBodies",
            K::Header => "headers",
            K::SecurityScheme => "securitySchemes",
            K::Link => "links",
            K::Callback => "callbacks",
            _ => return None,
        })
    }
}

static DOCUMENT: Object = object(
    "the document",
    &[
        must("openapi", S::Text),
        must("info", S::Object(K::Info)),
        may("servers", SERVERS),
        must("paths", S::Object(K::Paths)),
        may("components", S::Object(K::Components)),
        may("security", SECURITY),
        may("tags", S::List(&S::Object(K::Tag))),
        may("externalDocs", S::Object(K::ExternalDocs)),
    ],
);

static INFO: Object = object(
    "`info`",
    &[
        must("title", S::Text),
        may("description", S::Text),
        may("termsOfService", S::Url),
        may("contact", S::Object(K::Contact)),
        may("license", S::Object(K::License)),
        must("version", S::Text),
    ],
);

static CONTACT: Object =
    object("a contact", &[may("name", S::Text), may("url", S::Url), may("email", S::Email)]);

static LICENSE: Object = object("a licence", &[must("name", S::Text), may("url", S::Url)]);

static SERVER: Object = object(
    "a server",
    &[
        must("url", S::Text),
        may("description", S::Text),
        may("variables", S::Map(&S::Object(K::ServerVariable))),
    ],
);

static SERVER_VARIABLE: Object = object(
    "a server variable",
    &[may("enum", S::List(&S::Text)), must("default", S::Text), may("description", S::Text)],
);

static COMPONENTS: Object = object(
    "`components`",
    &[
        may("schemas", S::Named(&SCHEMA)),
        may("responses", S::Named(&S::Referable(K::Response))),
        may("parameters", S::Named(&S::Referable(K::Parameter))),
        may("examples", S::Named(&S::Referable(K::Example))),
        may("requestBodies", S::Named(&S::Referable(K::RequestBody))),
        may("headers", S::Named(&S::Referable(K::Header))),
        may("securitySchemes", S::Named(&S::Referable(K::SecurityScheme))),
        may("links", S::Named(&S::Referable(K::Link))),
        may("callbacks", S::Named(&S::Referable(K::Callback))),
    ],
);

static PATHS: Object = keyed("`paths`", S::Object(K::PathItem));

static PATH_ITEM: Object = object(
    "a path item",
    &[
        may("$ref", S::Text),
        may("summary", S::Text),
        may("description", S::Text),
        may("get", S::Object(K::Operation)),
        may("put", S::Object(K::Operation)),
        may("post", S::Object(K::Operation)),
        may("delete", S::Object(K::Operation)),
        may("options", S::Object(K::Operation)),
        may("head", S::Object(K::Operation)),
        may("patch", S::Object(K::Operation)),
        may("trace", S::Object(K::Operation)),
        may("servers", SERVERS),
        may("parameters", PARAMETERS),
    ],
);

static OPERATION: Object = object(
    "an operation",
    &[
        may("tags", S::List(&S::Text)),
        may("summary", S::Text),
        may("description", S::Text),
        may("externalDocs", S::Object(K::ExternalDocs)),
        may("operationId", S::Text),
        may("parameters", PARAMETERS),
        may("requestBody", S::Referable(K::RequestBody)),
        must("responses", S::Object(K::Responses)),
        may("callbacks", S::Map(&S::Referable(K::Callback))),
        may("deprecated", S::Bool),
        may("security", SECURITY),
        may("servers", SERVERS),
    ],
);

static EXTERNAL_DOCS: Object =
    object("`externalDocs`", &[may("description", S::Text), must("url", S::Url)]);

static PARAMETER: Object = object(
    "a parameter",
    &[
        must("name", S::Text),
        must("in", S::Word(&["path", "query", "header", "cookie"])),
        may("description", S::Text),
        may("required", S::Bool),
        may("deprecated", S::Bool),
        may("allowEmptyValue", S::Bool),
        may("style", S::Word(STYLES)),
        may("explode", S::Bool),
        may("allowReserved", S::Bool),
        may("schema", SCHEMA),
        may("content", CONTENT),
        may("example", S::Any),
        may("examples", EXAMPLES),
    ],
);

static REQUEST_BODY: Object = object(
    "a request body",
    &[may("description", S::Text), must("content", CONTENT), may("required", S::Bool)],
);

static MEDIA_TYPE: Object = object(
    "a media type",
    &[
        may("schema", SCHEMA),
        may("example", S::Any),
        may("examples", EXAMPLES),
        may("encoding", S::Map(&S::Object(K::Encoding))),
    ],
);

static ENCODING: Object = object(
    "an encoding",
    &[
        may("contentType", S::Text),
        may("headers", HEADERS),
        may("style", S::Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        may("explode", S::Bool),
        may("allowReserved", S::Bool),
    ],
);

static RESPONSES: Object = keyed("`responses`", S::Referable(K::Response));

static RESPONSE: Object = object(
    "a response",
    &[
        must("description", S::Text),
        may("headers", HEADERS),
        may("content", CONTENT),
        may("links", S::Map(&S::Referable(K::Link))),
    ],
);

static CALLBACK: Object = keyed("a callback", S::Object(K::PathItem));

static EXAMPLE: Object = object(
    "an example",
    &[
        may("summary", S::Text),
        may("description", S::Text),
        may("value", S::Any),
        may("externalValue", S::Url),
    ],
);

static LINK: Object = object(
    "a link",
    &[
        may("operationRef", S::Url),
        may("operationId", S::Text),
        may("parameters", S::Map(&S::Any)),
        may("requestBody", S::Any),
        may("description", S::Text),
        may("server", S::Object(K::Server)),
    ],
);

static HEADER: Object = object(
    "a header",
    &[
        may("description", S::Text),
        may("required", S::Bool),
        may("deprecated", S::Bool),
        may("allowEmptyValue", S::Bool),
        may("style", S::Word(&["simple"])),
        may("explode", S::Bool),
        may("allowReserved", S::Bool),
        may("schema", SCHEMA),
        may("content", CONTENT),
        may("example", S::Any),
        may("examples", EXAMPLES),
    ],
);

static TAG: Object = object(
    "a tag",
    &[
        must("name", S::Text),
        may("description", S::Text),
        may("externalDocs", S::Object(K::ExternalDocs)),
    ],
);

static SCHEMA_OBJECT: Object = object(
    "a schema",
    &[
        may("title", S::Text),
        may("multipleOf", S::Number),
        may("maximum", S::Number),
        may("exclusiveMaximum", S::Bool),
        may("minimum", S::Number),
        may("exclusiveMinimum", S::Bool),
        may("maxLength", S::Count),
        may("minLength", S::Count),
        may("pattern", S::Text),
        may("maxItems", S::Count),
        may("minItems", S::Count),
        may("uniqueItems", S::Bool),
        may("maxProperties", S::Count),
        may("minProperties", S::Count),
        may("required", S::NonEmptyList(&S::Text)),
        may("enum", S::NonEmptyList(&S::Any)),
        may("type", S::Word(&["array", "boolean", "integer", "number", "object", "string"])),
        may("not", SCHEMA),
        may("allOf", S::NonEmptyList(&SCHEMA)),
        may("oneOf", S::NonEmptyList(&SCHEMA)),
        may("anyOf", S::NonEmptyList(&SCHEMA)),
        may("items", SCHEMA),
        may("properties", S::Map(&SCHEMA)),
        may("additionalProperties", S::SchemaOrBool),
        may("description", S::Text),
        may("format", S::Text),
        may("default", S::Any),
        may("nullable", S::Bool),
        may("discriminator", S::Object(K::Discriminator)),
        may("readOnly", S::Bool),
        may("writeOnly", S::Bool),
        may("example", S::Any),
        may("externalDocs", S::Object(K::ExternalDocs)),
        may("deprecated", S::Bool),
        may("xml", S::Object(K::Xml)),
    ],
);

static DISCRIMINATOR: Object =
    object("a discriminator", &[must("propertyName", S::Text), may("mapping", S::Map(&S::Text))]);

static XML: Object = object(
    "`xml`",
    &[
        may("name", S::Text),
        may("namespace", S::WholeUrl),
        may("prefix", S::Text),
        may("attribute", S::Bool),
        may("wrapped", S::Bool),
    ],
);

static SECURITY_SCHEME: Object = object(
    "a security scheme",
    &[
        must("type", S::Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        may("description", S::Text),
        may("name", S::Text),
        may("in", S::Word(&["query", "header", "cookie"])),
        may("scheme", S::Text),
        may("bearerFormat", S::Text),
        may("flows", S::Object(K::OauthFlows)),
        may("openIdConnectUrl", S::Url),
    ],
);

static OAUTH_FLOWS: Object = object(
    "`flows`",
    &[
        may("implicit", S::Object(K::ImplicitFlow)),
        may("password", S::Object(K::PasswordFlow)),
        may("clientCredentials", S::Object(K::ClientCredentialsFlow)),
        may("authorizationCode", S::Object(K::AuthorizationCodeFlow)),
    ],
);

static IMPLICIT_FLOW: Object = object(
    "an implicit flow",
    &[must("authorizationUrl", S::Url), may("refreshUrl", S::Url), must("scopes", SCOPES)],
);

static PASSWORD_FLOW: Object = object(
    "a password flow",
    &[must("tokenUrl", S::Url), may("refreshUrl", S::Url), must("scopes", SCOPES)],
);

static CLIENT_CREDENTIALS_FLOW: Object = object(
    "a client credentials flow",
    &[must("tokenUrl", S::Url), may("refreshUrl", S::Url), must("scopes", SCOPES)],
);

static AUTHORIZATION_CODE_FLOW: Object = object(
    "an authorization code flow",
    &[
        must("authorizationUrl", S::Url),
        must("tokenUrl", S::Url),
        may("refreshUrl", S::Url),
        must("scopes", SCOPES),
    ],
);

static SECURITY_REQUIREMENT: Object = Object {
    name: "a security requirement",
    fields: &[],
    others: Some(S::List(&S::Text)),
    extensible: false,
};
