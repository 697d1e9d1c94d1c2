//! Rules about examples and defaults against their schemas.
//!
//! A walk along schema and value together, and not a general validator: it knows the place of each value, it
//! keeps the digits of numbers, and it says what is wrong in the words of the document.

mod places;
mod scalars;
mod texts;
mod validator;
mod violation;

use std::collections::HashSet;

use document::{DiagnosticBuilder, Document, Report};
use places::{Place, Role};
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
    // Several media types may share an example, and several parts of a composition a property.
    let mut known = HashSet::new();
    for Place { schema, value, role } in places::all(document) {
        for violation in validator.violations(schema, value, role).iter() {
            if known.insert((violation.at.id(), violation.message.clone())) {
                report.add(diagnostic(violation, role));
            }
        }
    }
}

fn diagnostic<'t>(violation: &Violation<'t>, role: Role) -> DiagnosticBuilder<'t> {
    let rule = match (violation.flaw, role) {
        (ViolationKind::Ambiguous, _) => &AMBIGUOUS_EXAMPLE,
        (ViolationKind::Misspelt, _) => &MISSPELLED_MEMBER,
        (ViolationKind::Misdirected, _) => &EXAMPLE_OF_THE_OTHER_DIRECTION,
        (_, Role::Default) => &INVALID_DEFAULT,
        (_, Role::Example(_)) => &INVALID_EXAMPLE,
    };
    let mut diagnostic = rule.at(violation.at, violation.message.as_str());
    if let Some(help) = &violation.help {
        diagnostic = diagnostic.help(help.as_str());
    }
    match violation.cause {
        Some((node, label)) => diagnostic.related(node, label),
        None => diagnostic,
    }
}
