//! Rules about schemas that contradict themselves or have parts without effect.

mod bounds;
mod composition;
mod directions;
mod discriminators;
mod enums;
mod formats;
mod keywords;
mod nullable;
mod number;
mod patterns;
mod properties;
mod types;

use document::{Document, Kind, Report};

pub(super) use composition::{Compositions, is_marked};
pub(super) use directions::{Direction, direction};
pub(super) use number::Number;
pub(super) use types::{admits, with_article};

rules! {
    "Schemas",
    CONTRADICTORY_BOUNDS = "contradictory-bounds",
    BOUND_BEYOND_FORMAT = "bound-beyond-format",
    INEFFECTIVE_KEYWORD = "ineffective-keyword",
    INEFFECTIVE_NULLABLE = "ineffective-nullable",
    MISMATCHED_ENUM_VALUE = "mismatched-enum-value",
    DUPLICATE_ENUM_VALUE = "duplicate-enum-value",
    MISMATCHED_FORMAT = "mismatched-format",
    MISSPELLED_FORMAT = "misspelled-format",
    INVALID_PATTERN = "invalid-pattern",
    UNDECLARED_REQUIRED_PROPERTY = "undeclared-required-property",
    REQUIRED_IN_THE_OTHER_DIRECTION = "required-in-the-other-direction",
    READ_ONLY_AND_WRITE_ONLY = "read-only-and-write-only",
    CONFLICTING_TYPES = "conflicting-types",
    INVALID_DISCRIMINATOR = "invalid-discriminator",
}

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let compositions = Compositions::new(document);
    for schema in document.objects(Kind::Schema).filter(|schema| !schema.is_ambiguous()) {
        report.extend(bounds::contradictory(schema));
        report.extend(bounds::beyond_format(schema));
        report.extend(keywords::ineffective(schema));
        report.extend(nullable::ineffective(document, schema));
        report.extend(enums::mismatched(document, schema));
        report.extend(enums::duplicate(schema));
        report.extend(formats::invalid(schema));
        report.extend(patterns::invalid(schema));
        report.extend(properties::undeclared(&compositions, schema));
        report.extend(properties::read_only_and_write_only(schema));
        report.extend(types::conflicting(document, schema));
        report.extend(discriminators::invalid(document, schema));
    }
    let parameters = document.objects(Kind::Parameter);
    report.extend(parameters.filter_map(keywords::ineffective_default));
    report.extend(properties::required_in_the_other_direction(document, &compositions));
}
