//! Rules about schemas: what contradicts itself, and what has no effect.

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

use document::{Document, Group, Kind, Report};

pub(super) use composition::Compositions;
pub(super) use directions::{Direction, direction};
pub(super) use number::Number;
pub(super) use types::{admits, with_article};

pub(super) static GROUP: Group = Group {
    title: "Schemas",
    rules: &[
        &bounds::CONTRADICTORY_BOUNDS,
        &bounds::BOUND_BEYOND_FORMAT,
        &keywords::INEFFECTIVE_KEYWORD,
        &nullable::INEFFECTIVE_NULLABLE,
        &enums::MISMATCHED_ENUM_VALUE,
        &enums::DUPLICATE_ENUM_VALUE,
        &formats::MISMATCHED_FORMAT,
        &formats::MISSPELLED_FORMAT,
        &patterns::INVALID_PATTERN,
        &properties::UNDECLARED_REQUIRED_PROPERTY,
        &properties::REQUIRED_IN_THE_OTHER_DIRECTION,
        &properties::READ_ONLY_AND_WRITE_ONLY,
        &types::CONFLICTING_TYPES,
        &discriminators::INVALID_DISCRIMINATOR,
    ],
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let compositions = Compositions::new(document);
    for schema in document.objects(Kind::Schema).filter(|schema| !schema.is_ambiguous()) {
        report.extend(bounds::contradictory(schema));
        report.extend(bounds::beyond_format(schema));
        report.extend(keywords::ineffective(schema));
        report.extend(nullable::ineffective(document, schema));
        report.extend(enums::unfitting(document, schema));
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
