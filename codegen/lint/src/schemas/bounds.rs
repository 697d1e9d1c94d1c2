//! Bounds between which nothing lies, or that lie beyond the format.

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
            let exclusive = exclusive(schema, lower).filter(|_| least == most)?;
            format!("nothing lies between `{lower}` and `{upper}` with `{exclusive}`")
        };
        let diagnostic = CONTRADICTORY_BOUNDS.at(high, message).related(low, "the lower bound");
        Some(diagnostic.help("correct one of the two"))
    })
}

/// The flag that leaves a bound itself out.
fn exclusive(schema: Node<'_>, lower: &str) -> Option<&'static str> {
    let is_set = |flag: &&str| schema.get(flag).and_then(Node::as_bool) == Some(true);
    let flags = ["exclusiveMinimum", "exclusiveMaximum"];
    flags.into_iter().find(is_set).filter(|_| lower == "minimum")
}

pub(super) fn beyond_format<'t>(schema: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let format = schema.get("format")?;
    let name = format.as_str()?;
    let of_format = Width::of_format(name)?;
    let needed = widths::of(schema).filter(|width| *width != of_format)?;
    let (least, most) = widths::bounds(schema).ends();
    let ends = [("minimum", least), ("maximum", most)];
    let (keyword, end) = ends.into_iter().find_map(|(keyword, end)| match end? {
        end if end < of_format.least => Some((keyword, of_format.least)),
        end if end > of_format.most => Some((keyword, of_format.most)),
        _ => None,
    })?;
    let bound = schema.get(keyword)?;
    let message =
        format!("`{keyword}` is {}, and `{name}` ends at {end}", bound.text().unwrap_or_default());
    let diagnostic = BOUND_BEYOND_FORMAT.at(bound, message).related(format, "the format");
    Some(diagnostic.help(format!("correct the bound, or write `format: {}`", needed.format)))
}
