//! Rules about names in the document, and about the Rust names that the generator derives from them.

mod characters;
mod collisions;
mod members;
mod models;
mod operations;
mod parameters;
mod paths;
mod rust;

use document::{Document, Report};

use models::Models;

document::rules! {
    "Names",
    DUPLICATE_OPERATION_ID = "duplicate-operation-id",
    COLLIDING_OPERATION_IDS = "colliding-operation-ids",
    TAKEN_OPERATION_ID = "taken-operation-id",
    MALFORMED_PATH = "malformed-path",
    FRAGMENT_IN_PATH = "fragment-in-path",
    AMBIGUOUS_PATHS = "ambiguous-paths",
    REPEATED_PLACEHOLDER = "repeated-placeholder",
    UNDECLARED_PATH_PARAMETER = "undeclared-path-parameter",
    PARAMETER_NOT_IN_PATH = "parameter-not-in-path",
    DUPLICATE_PARAMETER = "duplicate-parameter",
    PARAMETER_IN_TWO_PLACES = "parameter-in-two-places",
    COLLIDING_PARAMETERS = "colliding-parameters",
    TAKEN_PARAMETER_NAME = "taken-parameter-name",
    INVALID_HEADER_NAME = "invalid-header-name",
    IGNORED_HEADER_PARAMETER = "ignored-header-parameter",
    COLLIDING_MODELS = "colliding-models",
    TAKEN_MODEL_NAME = "taken-model-name",
    COLLIDING_PROPERTIES = "colliding-properties",
    TAKEN_PROPERTY_NAME = "taken-property-name",
    COLLIDING_VALUES = "colliding-values",
    BIDI_CONTROL_CHARACTER = "bidi-control-character",
}

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    operations::check(document, report);
    paths::check(document, report);
    parameters::check(document, report);
    characters::headers(document, report);
    let models = Models::of(document);
    models.check(report);
    members::properties(document, &models, report);
    members::enums(&models, report);
    characters::direction(document, report);
}
