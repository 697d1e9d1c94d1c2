//! Rules about names: of operations, parameters and paths, and those that the generator makes in Rust.

mod collisions;
mod direction;
mod equality;
mod headers;
mod models;
mod operations;
mod parameters;
mod paths;
mod properties;
mod rust;
mod template;
mod values;

use document::{Document, Group, Report};

use models::Models;

pub(super) static GROUP: Group = Group {
    title: "Names",
    rules: &[
        &operations::DUPLICATE_OPERATION_ID,
        &operations::COLLIDING_OPERATION_IDS,
        &operations::TAKEN_OPERATION_ID,
        &paths::MALFORMED_PATH,
        &paths::FRAGMENT_IN_PATH,
        &paths::AMBIGUOUS_PATHS,
        &paths::REPEATED_PLACEHOLDER,
        &paths::UNDECLARED_PATH_PARAMETER,
        &paths::PARAMETER_NOT_IN_PATH,
        &parameters::DUPLICATE_PARAMETER,
        &parameters::PARAMETER_IN_TWO_PLACES,
        &parameters::COLLIDING_PARAMETERS,
        &parameters::TAKEN_PARAMETER_NAME,
        &headers::INVALID_HEADER_NAME,
        &headers::IGNORED_HEADER_PARAMETER,
        &models::COLLIDING_MODELS,
        &models::TAKEN_MODEL_NAME,
        &properties::COLLIDING_PROPERTIES,
        &properties::TAKEN_PROPERTY_NAME,
        &values::COLLIDING_VALUES,
        &direction::BIDI_CONTROL_CHARACTER,
    ],
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    operations::check(document, report);
    paths::check(document, report);
    parameters::check(document, report);
    headers::check(document, report);
    let models = Models::of(document);
    models.check(report);
    properties::check(document, &models, report);
    values::check(&models, report);
    direction::check(document, report);
}
