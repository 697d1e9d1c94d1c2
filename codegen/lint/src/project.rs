//! Project rules: requirements beyond OpenAPI's, for this project's document only.

mod descriptions;
mod extensions;
mod headers;
mod missing_status;
mod operations;
mod pages;
mod schemas;
mod security;
mod statuses;

use document::{Document, Report};

rules! {
    "Project rules",
    [document::pages::LOCALIZED_PAGE],
    OPERATION_ID_NOT_CAMEL_CASE = "operation-id-not-camel-case",
    MISSING_SUMMARY = "missing-summary",
    PERIOD_IN_SUMMARY = "period-in-summary",
    MISSING_EXTERNAL_DOCS = "missing-external-docs",
    MISSING_SECURITY = "missing-security",
    CALL_WITHOUT_TOKEN = "call-without-token",
    MISSING_SCOPE = "missing-scope",
    VAGUE_STATUS = "vague-status",
    NO_ERROR_STATUS = "no-error-status",
    MISSING_STATUS = "missing-status",
    MISSING_DESCRIPTION = "missing-description",
    NUMBER_WITHOUT_DECIMAL_FORMAT = "number-without-decimal-format",
    CLOSED_OBJECT = "closed-object",
    UNKNOWN_EXTENSION = "unknown-extension",
    MISPLACED_EXTENSION = "misplaced-extension",
    INVALID_EXTENSION = "invalid-extension",
    INCOMPLETE_EVIDENCE = "incomplete-evidence",
    UNMANAGED_HEADER = "unmanaged-header",
}

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
