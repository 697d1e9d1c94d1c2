//! Rules of this project about its own document, beyond OpenAPI.

mod descriptions;
mod extensions;
mod headers;
mod missing_status;
mod operations;
mod pages;
mod schemas;
mod security;
mod statuses;

use document::{Document, Group, Report};

pub(super) static GROUP: Group = Group {
    title: "House rules",
    rules: &[
        &operations::OPERATION_ID_NOT_CAMEL_CASE,
        &operations::MISSING_SUMMARY,
        &operations::PERIOD_IN_SUMMARY,
        &operations::MISSING_EXTERNAL_DOCS,
        &document::pages::LOCALIZED_PAGE,
        &security::MISSING_SECURITY,
        &security::CALL_WITHOUT_TOKEN,
        &security::MISSING_SCOPE,
        &statuses::VAGUE_STATUS,
        &statuses::NO_ERROR_STATUS,
        &missing_status::MISSING_STATUS,
        &descriptions::MISSING_DESCRIPTION,
        &schemas::NUMBER_WITHOUT_DECIMAL_FORMAT,
        &schemas::CLOSED_OBJECT,
        &extensions::UNKNOWN_EXTENSION,
        &extensions::MISPLACED_EXTENSION,
        &extensions::INVALID_EXTENSION,
        &extensions::INCOMPLETE_EVIDENCE,
        &headers::UNMANAGED_HEADER,
    ],
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    operations::check(document, report);
    pages::check(document, report);
    security::check(document, report);
    statuses::check(document, report);
    missing_status::check(document, report);
    descriptions::check(document, report);
    schemas::check(document, report);
    extensions::check(document, report);
    headers::check(document, report);
}
