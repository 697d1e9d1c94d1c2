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

use document::{Document, Finding, Group, Report, Rule, Severity};

use breach::{Breach, Flaw};
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

static INVALID_EXAMPLE: Rule = Rule {
    id: "invalid-example",
    severity: Severity::Error,
    summary: "an example is as its schema says",
    why: "Readers copy examples before they read schemas, and tools answer with them. One that its own \
          schema refuses shows that one of the two is wrong.",
    wrong: "\
components:
  schemas:
    Order:
      type: object
      properties:
        amount: { type: number }
      example: { amount: 12.50 EUR }
",
    right: "\
components:
  schemas:
    Order:
      type: object
      properties:
        amount: { type: number }
      example: { amount: 12.50 }
",
};

static INVALID_DEFAULT: Rule = Rule {
    id: "invalid-default",
    severity: Severity::Error,
    summary: "a default is as its schema says",
    why: "What is taken when nothing is sent must be what could be sent; OpenAPI demands it.",
    wrong: "\
components:
  schemas:
    PageSize: { type: integer, maximum: 100, default: 200 }
",
    right: "\
components:
  schemas:
    PageSize: { type: integer, maximum: 100, default: 20 }
",
};

static AMBIGUOUS_EXAMPLE: Rule = Rule {
    id: "ambiguous-example",
    severity: Severity::Warning,
    summary: "an example fits one schema of `oneOf` and not several",
    why: "`oneOf` admits what exactly one of its schemas admits. The generated client takes the first that \
          fits, so that what the others say of the value is lost.",
    wrong: "\
components:
  schemas:
    Id:
      oneOf: [{ type: string }, { type: string, format: uuid }]
      example: 00000000-0000-0000-0000-000000000000
",
    right: "\
components:
  schemas:
    Id:
      oneOf: [{ type: string }, { type: integer }]
      example: 00000000-0000-0000-0000-000000000000
",
};

static MISSPELT_MEMBER: Rule = Rule {
    id: "misspelt-member",
    severity: Severity::Warning,
    summary: "no member of an example looks like the misspelling of another",
    why: "A schema admits members that it does not declare, so that a misspelt name passes, and the example \
          shows a message that means something else. Where other members are meant to be, \
          `additionalProperties` says so.",
    wrong: "\
components:
  schemas:
    Order:
      type: object
      properties:
        amount: { type: number }
      example: { amuont: 12.50 }
",
    right: "\
components:
  schemas:
    Order:
      type: object
      properties:
        amount: { type: number }
      example: { amount: 12.50 }
",
};

static EXAMPLE_OF_THE_OTHER_DIRECTION: Rule = Rule {
    id: "example-of-the-other-direction",
    severity: Severity::Warning,
    summary: "an example of a request has no `readOnly` property, and one of a response no `writeOnly` one",
    why: "A `readOnly` property should not be sent, and a `writeOnly` one is never received: such an \
          example shows a message that does not occur.",
    wrong: "\
paths:
  /orders:
    post:
      operationId: order
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
            example: { id: a1, amount: 12.50 }
      responses:
        '201':
          description: The order.
          content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string, readOnly: true }
        amount: { type: number }
",
    right: "\
paths:
  /orders:
    post:
      operationId: order
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
            example: { amount: 12.50 }
      responses:
        '201':
          description: The order.
          content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string, readOnly: true }
        amount: { type: number }
",
};
