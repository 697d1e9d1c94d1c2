//! Bounds that no value satisfies, or that are beyond the range of the format.

use document::{DiagnosticBuilder, Node, integers::Width};

use super::{BOUND_BEYOND_FORMAT, CONTRADICTORY_BOUNDS, Number};
use crate::widths;

/// The pairs of keywords, the lower bound first.
const PAIRS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(super) fn contradictory<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    PAIRS.into_iter().filter_map(move |(lower, upper)| {
        let (low, high) = (schema.get(lower)?, schema.get(upper)?);
        let (least, most) = (Number::parse(low.as_number()?)?, Number::parse(high.as_number()?)?);
        let message = if least > most {
            format!("`{lower}` is greater than `{upper}`")
        } else {
            let flag = exclusive(schema, lower).filter(|_| least == most)?;
            format!("no value is between `{lower}` and `{upper}` with `{flag}`")
        };
        let diagnostic = CONTRADICTORY_BOUNDS.at(high, message).related(low, "the lower bound");
        Some(diagnostic.help("correct one of the bounds"))
    })
}

/// Returns the flag that excludes a bound itself.
fn exclusive(schema: Node<'_>, lower: &str) -> Option<&'static str> {
    let flags = ["exclusiveMinimum", "exclusiveMaximum"];
    flags.into_iter().find(|flag| schema.is_true(flag)).filter(|_| lower == "minimum")
}

pub(super) fn beyond_format<'t>(schema: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let format = schema.get("format")?;
    let name = format.as_str()?;
    let of_format = Width::of_format(name)?;
    let needed = widths::of(schema).filter(|width| *width != of_format)?;
    let (least, most) = widths::bounds(schema).range();
    let ends = [("minimum", least), ("maximum", most)];
    let (keyword, end) = ends.into_iter().find_map(|(keyword, end)| match end? {
        end if end < of_format.least => Some((keyword, of_format.least)),
        end if end > of_format.most => Some((keyword, of_format.most)),
        _ => None,
    })?;
    let bound = schema.get(keyword)?;
    let value = bound.text().unwrap_or_default();
    let message = format!("`{keyword}` is {value}, but `{name}` ends at {end}");
    let diagnostic = BOUND_BEYOND_FORMAT.at(bound, message).related(format, "the format");
    Some(diagnostic.help(format!("correct the bound, or write `format: {}`", needed.format)))
}
