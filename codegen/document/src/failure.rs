//! What no other rule foresees.

use crate::{diagnostic::Severity, rule::Rule};

/// A part of the document at which the generator stops; the generator reports it.
pub static GENERATOR_FAILURE: Rule = Rule {
    id: "generator-failure",
    severity: Severity::Error,
    summary: "the generator makes a client of the document",
    why: "The generator stops at some documents that are right, and no other rule knows why. It was run on \
          parts of this one to find the smallest part at which it stops.",
    wrong: "\
components:
  schemas:
    Method: { type: string, enum: [get, GET] }
",
    right: "\
components:
  schemas:
    Method: { type: string, enum: [get, put] }
",
};
