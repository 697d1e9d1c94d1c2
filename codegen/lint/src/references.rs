//! Rules about what refers to what.

mod components;
mod cycles;
mod links;
mod mapping;
mod sections;
mod security;
mod suggestions;
mod tags;
mod targets;

use document::{Document, Group, Report};

use sections::Sections;
use suggestions::Suggestions;

pub(super) static GROUP: Group = Group {
    title: "References",
    rules: &[
        &targets::DANGLING_REFERENCE,
        &targets::EXTERNAL_REFERENCE,
        &cycles::CYCLIC_REFERENCE,
        &targets::REFERENCE_TO_ANOTHER_KIND,
        &targets::REFERENCE_TO_NO_COMPONENT,
        &targets::REFERENCED_PATH_ITEM,
        &components::UNUSED_COMPONENT,
        &security::UNDEFINED_SECURITY_SCHEME,
        &security::UNDECLARED_SCOPE,
        &security::SCOPE_WITHOUT_OAUTH2,
        &tags::UNDECLARED_TAG,
        &tags::DUPLICATE_TAG,
        &mapping::DANGLING_MAPPING,
        &links::DANGLING_LINK,
    ],
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let sections = Sections::new(document);
    let suggestions = Suggestions::new(document);
    targets::check(document, &sections, &suggestions, report);
    cycles::check(document, report);
    components::check(document, &sections, &suggestions, report);
    security::check(document, &sections, report);
    tags::check(document, report);
    mapping::check(document, report);
    links::check(document, report);
}
