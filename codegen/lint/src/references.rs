//! Rules about references: to components, security schemes, tags and operations.

mod components;
mod links;
mod required;
mod sections;
mod security;
mod suggestions;
mod targets;

use document::{Document, Report};

use sections::Sections;
use suggestions::Suggestions;

document::rules! {
    "References",
    DANGLING_REFERENCE = "dangling-reference",
    EXTERNAL_REFERENCE = "external-reference",
    CYCLIC_REFERENCE = "cyclic-reference",
    REFERENCE_TO_ANOTHER_KIND = "reference-to-another-kind",
    REFERENCE_TO_NO_COMPONENT = "reference-to-no-component",
    REFERENCED_PATH_ITEM = "referenced-path-item",
    UNUSED_COMPONENT = "unused-component",
    UNDEFINED_SECURITY_SCHEME = "undefined-security-scheme",
    UNDECLARED_SCOPE = "undeclared-scope",
    SCOPE_WITHOUT_OAUTH2 = "scope-without-oauth2",
    UNDECLARED_TAG = "undeclared-tag",
    DUPLICATE_TAG = "duplicate-tag",
    DANGLING_MAPPING = "dangling-mapping",
    DANGLING_LINK = "dangling-link",
}

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let sections = Sections::new(document);
    let suggestions = Suggestions::new(document);
    targets::check(document, &sections, &suggestions, report);
    targets::cycles(document, report);
    required::check(document, report);
    components::check(document, &sections, &suggestions, report);
    security::check(document, &sections, report);
    links::tags(document, report);
    links::mappings(document, report);
    links::links(document, report);
}
