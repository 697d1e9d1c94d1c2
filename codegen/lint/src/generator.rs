//! Rules about parts of OpenAPI that the generator does not support, or interprets differently.
//!
//! They are based on the sources of progenitor 0.15 and typify 0.8, and on running the generator on documents that
//! break them.

mod alternatives;
mod bodies;
mod merges;
mod operations;
mod parameters;
mod unions;

use document::{Document, GENERATOR_FAILURE, Kind, Report};

pub(super) use {
    bodies::read_schema,
    unions::{becomes_one_object, is_composed_component},
};

document::rules! {
    "The generator",
    [GENERATOR_FAILURE],
    MISSING_OPERATION_ID = "missing-operation-id",
    UNSUPPORTED_METHOD = "unsupported-method",
    DROPSHOT_EXTENSION = "dropshot-extension",
    IGNORED_MEMBER = "ignored-member",
    COOKIE_PARAMETER = "cookie-parameter",
    PARAMETER_WITH_CONTENT = "parameter-with-content",
    UNSUPPORTED_STYLE = "unsupported-style",
    NON_SCALAR_PARAMETER = "non-scalar-parameter",
    NESTED_QUERY_PARAMETER = "nested-query-parameter",
    DECIMAL_IN_QUERY = "decimal-in-query",
    IGNORED_REQUEST_BODY = "ignored-request-body",
    NON_JSON_REQUEST = "non-json-request",
    REQUEST_WITHOUT_SCHEMA = "request-without-schema",
    OPTIONAL_REQUEST_BODY = "optional-request-body",
    ENCODING_OF_JSON = "encoding-of-json",
    NO_SUCCESS_RESPONSE = "no-success-response",
    NON_JSON_RESPONSE = "non-json-response",
    IGNORED_MEDIA_TYPE = "ignored-media-type",
    RESPONSE_WITHOUT_SCHEMA = "response-without-schema",
    DIFFERING_RESPONSES = "differing-responses",
    UNREACHABLE_ALTERNATIVE = "unreachable-alternative",
    PLAIN_VALUES_IN_ANY_OF = "plain-values-in-any-of",
    ONE_OF_BESIDE_ANY_OF = "one-of-beside-any-of",
    ENUM_BESIDE_ALTERNATIVES = "enum-beside-alternatives",
    NULLABLE_COMPOSITION = "nullable-composition",
    CONTRADICTORY_PARTS = "contradictory-parts",
    ENDLESS_MERGE = "endless-merge",
}

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for operation in document.operations() {
        operations::check(document, &operation, report);
        parameters::check(document, &operation, report);
        bodies::request(document, &operation, report);
        bodies::responses(document, &operation, report);
    }
    for item in document.path_items() {
        report.extend(operations::servers(item));
    }
    for component in document.components(Kind::Schema) {
        report.extend(unions::nullable(document, component.value));
    }
    for schema in document.objects(Kind::Schema) {
        report.extend(alternatives::unreachable(document, schema, "oneOf"));
        report.extend(alternatives::unreachable(document, schema, "anyOf"));
        report.extend(unions::plain_values(document, schema));
        report.extend(unions::one_of_and_any_of(schema));
        report.extend(unions::enum_and_alternatives(schema));
    }
    parameters::decimals(document, report);
    merges::check(document, report);
}
