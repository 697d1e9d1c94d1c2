//! Rules about what the generator cannot take, or takes for something else.
//!
//! Each was found by trying it: in the sources of progenitor and typify, and in what becomes of a document
//! that has it.

mod alternatives;
mod decimals;
mod merges;
mod nullable;
mod operations;
mod parameters;
mod parts;
mod requests;
mod responses;
mod siblings;
mod unions;
mod values;

use document::{Document, GENERATOR_FAILURE, Group, Report};

pub(super) use {
    nullable::is_composed_component, responses::read_schema, unions::becomes_one_object,
};

pub(super) static GROUP: Group = Group {
    title: "The generator",
    rules: &[
        &operations::MISSING_OPERATION_ID,
        &operations::UNSUPPORTED_METHOD,
        &operations::DROPSHOT_EXTENSION,
        &operations::IGNORED_MEMBER,
        &parameters::COOKIE_PARAMETER,
        &parameters::PARAMETER_WITH_CONTENT,
        &parameters::UNSUPPORTED_STYLE,
        &values::NON_SCALAR_PARAMETER,
        &values::NESTED_QUERY_PARAMETER,
        &decimals::DECIMAL_IN_QUERY,
        &requests::IGNORED_REQUEST_BODY,
        &requests::NON_JSON_REQUEST,
        &requests::REQUEST_WITHOUT_SCHEMA,
        &requests::OPTIONAL_REQUEST_BODY,
        &requests::ENCODING_OF_JSON,
        &responses::NO_SUCCESS_RESPONSE,
        &responses::NON_JSON_RESPONSE,
        &responses::IGNORED_MEDIA_TYPE,
        &responses::RESPONSE_WITHOUT_SCHEMA,
        &responses::DIFFERING_RESPONSES,
        &alternatives::UNREACHABLE_ALTERNATIVE,
        &unions::PLAIN_VALUES_IN_ANY_OF,
        &siblings::ONE_OF_BESIDE_ANY_OF,
        &siblings::ENUM_BESIDE_ALTERNATIVES,
        &nullable::NULLABLE_COMPOSITION,
        &merges::CONTRADICTORY_PARTS,
        &merges::ENDLESS_MERGE,
        &GENERATOR_FAILURE,
    ],
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for operation in document.operations() {
        operations::check(document, &operation, report);
        parameters::check(document, &operation, report);
        requests::check(document, &operation, report);
        responses::check(document, &operation, report);
    }
    alternatives::check(document, report);
    unions::check(document, report);
    siblings::check(document, report);
    nullable::check(document, report);
    decimals::check(document, report);
    merges::check(document, report);
}
