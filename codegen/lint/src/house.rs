//! Rules of this project about its own document, beyond OpenAPI.

mod descriptions;
mod extensions;
mod operations;
mod schemas;
mod statuses;

use document::{Document, Group, Report};

pub(super) static GROUP: Group = Group {
    title: "House rules",
    rules: &[
        &operations::OPERATION_ID_NOT_CAMEL_CASE,
        &operations::MISSING_SUMMARY,
        &operations::PERIOD_IN_SUMMARY,
        &operations::MISSING_EXTERNAL_DOCS,
        &statuses::VAGUE_STATUS,
        &statuses::NO_ERROR_STATUS,
        &descriptions::MISSING_DESCRIPTION,
        &schemas::NUMBER_THAT_IS_NO_DECIMAL,
        &schemas::CLOSED_OBJECT,
        &extensions::UNKNOWN_EXTENSION,
        &extensions::MISPLACED_EXTENSION,
        &extensions::UNSOUND_EXTENSION,
        &extensions::INCOMPLETE_EVIDENCE,
    ],
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    operations::check(document, report);
    statuses::check(document, report);
    descriptions::check(document, report);
    schemas::check(document, report);
    extensions::check(document, report);
}
