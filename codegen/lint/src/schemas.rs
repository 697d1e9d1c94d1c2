//! Rules about schemas that contradict themselves, or that have parts without any effect.

mod discriminators;
mod formats;
mod keywords;
mod properties;
mod types;
mod values;

use document::{Document, Kind, Report, compositions::Compositions};

pub(super) use properties::direction;

document::rules! {
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
        report.extend(values::contradictory_bounds(schema));
        report.extend(values::beyond_format(schema));
        report.extend(keywords::ineffective(schema));
        report.extend(types::ineffective_nullable(document, schema));
        report.extend(values::mismatched_enum(document, schema));
        report.extend(values::duplicate_enum(schema));
        report.extend(formats::invalid(schema));
        report.extend(values::invalid_pattern(schema));
        report.extend(properties::undeclared(&compositions, schema));
        report.extend(properties::read_only_and_write_only(schema));
        report.extend(types::conflicting(document, schema));
        report.extend(discriminators::invalid(document, schema));
        report.extend(discriminators::contradictory(document, schema));
    }
    let parameters = document.objects(Kind::Parameter);
    report.extend(parameters.filter_map(keywords::ineffective_default));
    report.extend(properties::required_in_the_other_direction(document, &compositions));
}
