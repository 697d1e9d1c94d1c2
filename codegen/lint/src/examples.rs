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

use document::{DiagnosticBuilder, Document, Group, Report, Rule, rule};
use places::{Place, Role};
use validator::Validator;
use violation::{Violation, ViolationKind};

pub(super) static GROUP: Group = Group {
    title: "Examples",
    rules: &[
        &INVALID_EXAMPLE,
        &INVALID_DEFAULT,
        &AMBIGUOUS_EXAMPLE,
        &MISSPELLED_MEMBER,
        &EXAMPLE_OF_THE_OTHER_DIRECTION,
    ],
};

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

static INVALID_EXAMPLE: Rule = rule!("invalid-example");

static INVALID_DEFAULT: Rule = rule!("invalid-default");

static AMBIGUOUS_EXAMPLE: Rule = rule!("ambiguous-example");

static MISSPELLED_MEMBER: Rule = rule!("misspelled-member");

static EXAMPLE_OF_THE_OTHER_DIRECTION: Rule = rule!("example-of-the-other-direction");
