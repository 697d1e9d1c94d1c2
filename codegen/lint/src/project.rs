//! Project rules: requirements beyond OpenAPI's, for this project's document only.

mod extensions;
mod schemas;
mod security;
mod statuses;
mod texts;

use document::{Document, Report};

document::rules! {
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
    texts::operations(document, report);
    texts::pages(document, report);
    security::check(document, report);
    statuses::check(document, report);
    texts::descriptions(document, report);
    schemas::check(document, report);
    extensions::check(document, report);
    extensions::headers(document, report);
}
