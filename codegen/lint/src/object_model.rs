//! Rules about the objects of OpenAPI 3.0 and their members. The document package checks them.

use document::{
    Document, Report,
    structure::{
        CONFLICTING_KEYS, IGNORED_BESIDE_REFERENCE, INVALID_KEY, INVALID_VALUE, MISSING_KEY,
        NOT_OPENAPI, UNKNOWN_KEY, UNSUPPORTED_VERSION, WRONG_TYPE,
    },
};

document::rules! {
    "OpenAPI 3.0",
    [
        NOT_OPENAPI,
        UNSUPPORTED_VERSION,
        UNKNOWN_KEY,
        MISSING_KEY,
        WRONG_TYPE,
        INVALID_VALUE,
        INVALID_KEY,
        CONFLICTING_KEYS,
        IGNORED_BESIDE_REFERENCE,
    ],
}

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    report.extend(document.structural_diagnostics().iter().cloned());
}
