//! Rules about examples and defaults, which must match their schemas.
//!
//! The validator is our own. The crate jsonschema refuses a document as a whole if one of its schemas is invalid or one
//! reference leads nowhere, and it supports neither directions nor suggestions for misspelled names.

mod locations;
mod scalars;
mod texts;
mod validator;
mod violation;

use std::collections::HashSet;

use document::{DiagnosticBuilder, Document, Report};
use locations::{Example, Role};
use validator::Validator;
use violation::{Violation, ViolationKind};

rules! {
    "Examples",
    INVALID_EXAMPLE = "invalid-example",
    INVALID_DEFAULT = "invalid-default",
    AMBIGUOUS_EXAMPLE = "ambiguous-example",
    MISSPELLED_MEMBER = "misspelled-member",
    EXAMPLE_OF_THE_OTHER_DIRECTION = "example-of-the-other-direction",
}

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let mut validator = Validator::new(document);
    // Media types may share an example, and parts of a composition may share a property.
    let mut reported = HashSet::new();
    for Example { schema, value, role } in locations::all(document) {
        for violation in validator.violations(schema, value, role).iter() {
            if reported.insert((violation.at.id(), violation.message.clone())) {
                report.add(diagnostic(violation, role));
            }
        }
    }
}

fn diagnostic<'t>(violation: &Violation<'t>, role: Role) -> DiagnosticBuilder<'t> {
    let rule = match (violation.kind, role) {
        (ViolationKind::Ambiguous, _) => &AMBIGUOUS_EXAMPLE,
        (ViolationKind::Misspelled, _) => &MISSPELLED_MEMBER,
        (ViolationKind::OtherDirection, _) => &EXAMPLE_OF_THE_OTHER_DIRECTION,
        (_, Role::Default) => &INVALID_DEFAULT,
        (_, Role::Example(_)) => &INVALID_EXAMPLE,
    };
    let (cause, label) = violation.cause;
    let diagnostic = rule.at(violation.at, violation.message.as_str()).related(cause, label);
    match &violation.help {
        Some(help) => diagnostic.help(help.as_str()),
        None => diagnostic,
    }
}
