//! Rules about examples and defaults against their schemas.
//!
//! A walk along schema and value together, and not a general validator: it knows the place of each value, it
//! keeps the digits of numbers, and it says what is wrong in the words of the document.

mod breach;
mod judge;
mod places;
mod scalars;
mod texts;

use std::collections::HashSet;

use breach::{Breach, Flaw};
use document::{Document, Finding, Group, Report, Rule, rule};
use judge::Judge;
use places::{Place, Role};

pub(super) static GROUP: Group = Group {
    title: "Examples",
    rules: &[
        &INVALID_EXAMPLE,
        &INVALID_DEFAULT,
        &AMBIGUOUS_EXAMPLE,
        &MISSPELT_MEMBER,
        &EXAMPLE_OF_THE_OTHER_DIRECTION,
    ],
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let mut judge = Judge::new(document);
    // Several media types may share an example, and several parts of a composition a property.
    let mut known = HashSet::new();
    for Place { schema, value, role } in places::all(document) {
        for breach in judge.breaches(schema, value, role).iter() {
            if known.insert((breach.at.id(), breach.message.clone())) {
                report.add(finding(breach, role));
            }
        }
    }
}

fn finding<'t>(breach: &Breach<'t>, role: Role) -> Finding<'t> {
    let rule = match (breach.flaw, role) {
        (Flaw::Ambiguous, _) => &AMBIGUOUS_EXAMPLE,
        (Flaw::Misspelt, _) => &MISSPELT_MEMBER,
        (Flaw::Misdirected, _) => &EXAMPLE_OF_THE_OTHER_DIRECTION,
        (_, Role::Default) => &INVALID_DEFAULT,
        (_, Role::Example(_)) => &INVALID_EXAMPLE,
    };
    let mut finding = rule.at(breach.at, breach.message.as_str());
    if let Some(help) = &breach.help {
        finding = finding.help(help.as_str());
    }
    match breach.cause {
        Some((node, label)) => finding.related(node, label),
        None => finding,
    }
}

static INVALID_EXAMPLE: Rule = rule!("invalid-example");

static INVALID_DEFAULT: Rule = rule!("invalid-default");

static AMBIGUOUS_EXAMPLE: Rule = rule!("ambiguous-example");

static MISSPELT_MEMBER: Rule = rule!("misspelt-member");

static EXAMPLE_OF_THE_OTHER_DIRECTION: Rule = rule!("example-of-the-other-direction");
