//! Bounds between which nothing lies.

use document::{Finding, Node, Rule, Severity};

use super::Number;

pub(super) static CONTRADICTORY_BOUNDS: Rule = Rule {
    id: "contradictory-bounds",
    severity: Severity::Error,
    summary: "a lower bound is not above the upper one",
    why: "No value lies between such bounds, so that whatever is sent is wrong.",
    wrong: "\
components:
  schemas:
    Amount: { type: number, minimum: 100, maximum: 10 }
",
    right: "\
components:
  schemas:
    Amount: { type: number, minimum: 10, maximum: 100 }
",
};

/// The pairs of keywords, the lower bound first.
const PAIRS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(super) fn contradictory<'t>(schema: Node<'t>) -> impl Iterator<Item = Finding<'t>> {
    PAIRS.into_iter().filter_map(move |(lower, upper)| {
        let (low, high) = (schema.get(lower)?, schema.get(upper)?);
        let (least, most) = (Number::parse(low.as_number()?)?, Number::parse(high.as_number()?)?);
        let message = if least > most {
            format!("`{lower}` is greater than `{upper}`")
        } else {
            let exclusive = exclusive(schema, lower).filter(|_| least == most)?;
            format!("nothing lies between `{lower}` and `{upper}` with `{exclusive}`")
        };
        let finding = CONTRADICTORY_BOUNDS.at(high, message).related(low, "the lower bound");
        Some(finding.help("correct one of the two"))
    })
}

/// The flag that leaves a bound itself out.
fn exclusive(schema: Node<'_>, lower: &str) -> Option<&'static str> {
    let is_set = |flag: &&str| schema.get(flag).and_then(Node::as_bool) == Some(true);
    let flags = ["exclusiveMinimum", "exclusiveMaximum"];
    flags.into_iter().find(is_set).filter(|_| lower == "minimum")
}
