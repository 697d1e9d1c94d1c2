//! Reports bounds that no value satisfies or that are beyond the range of the format, and invalid enums and patterns.

use document::{
    DiagnosticBuilder, Document, Node, Value,
    duplicates::find_duplicates,
    integers::{Bounds, Width},
    number::Number,
    unambiguous::unambiguous,
    validation::{admits, with_article},
};
use regress::Regex;

use super::{
    BOUND_BEYOND_FORMAT, CONTRADICTORY_BOUNDS, DUPLICATE_ENUM_VALUE, INVALID_PATTERN,
    MISMATCHED_ENUM_VALUE,
};

/// The pairs of keywords for a lower and an upper bound.
const PAIRS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(super) fn contradictory_bounds<'t>(
    schema: Node<'t>,
) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
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
    let bounds = Bounds::of(schema);
    let needed = bounds.width().filter(|width| *width != of_format)?;
    let (least, most) = bounds.range();
    let ends = [("minimum", least), ("maximum", most)];
    let (keyword, end) = ends.into_iter().find_map(|(keyword, end)| match end? {
        end if end < of_format.least => Some((keyword, of_format.least)),
        end if end > of_format.most => Some((keyword, of_format.most)),
        _ => None,
    })?;
    let bound = schema.get(keyword)?;
    let value = bound.text().unwrap_or_default();
    let message = format!("`{keyword}` is {value}, but the {keyword} of `{name}` is {end}");
    let diagnostic = BOUND_BEYOND_FORMAT.at(bound, message).related(format, "the format");
    Some(diagnostic.help(format!("correct the bound, or write `format: {}`", needed.format)))
}

pub(super) fn mismatched_enum<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Vec<DiagnosticBuilder<'t>> {
    let Some((kind, name)) = schema.get("type").and_then(|kind| Some((kind, kind.as_str()?)))
    else {
        return Vec::new();
    };
    let Some(expected) = with_article(name) else { return Vec::new() };
    let may_be_null = schema.get("nullable").and_then(Node::as_bool) != Some(false)
        && !document.lacks(schema, "nullable");
    let mismatched = schema.items_of("enum").filter(|value| match value.value() {
        Value::Null => !may_be_null,
        other => !admits(name, other),
    });
    mismatched
        .map(|value| mismatched_value(value, name, expected).related(kind, "the type"))
        .collect()
}

fn mismatched_value<'t>(value: Node<'t>, kind: &str, expected: &str) -> DiagnosticBuilder<'t> {
    let found = value.value().describe();
    let (message, help) = match value.value() {
        Value::Null => (
            "`enum` lists null, but the schema is not nullable".to_owned(),
            Some("add `nullable: true` to the schema, or remove the null".to_owned()),
        ),
        Value::Number(_) | Value::Bool(_) if kind == "string" => {
            let text = value.text().unwrap_or_default();
            let help = format!("put it in quotes: `'{text}'`");
            (format!("`{text}` must be a string, but is {found}"), Some(help))
        }
        _ => (
            format!("a value of this `enum` must be {expected}, but is {found}"),
            unambiguous(value, kind),
        ),
    };
    let help = help.unwrap_or_else(|| "correct the value or the type".to_owned());
    MISMATCHED_ENUM_VALUE.at(value, message).help(help)
}

pub(super) fn duplicate_enum<'t>(schema: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let values = schema
        .items_of("enum")
        .filter_map(|value| Some(((std::mem::discriminant(&value.value()), value.text()?), value)));
    find_duplicates(values).map(|((_, text), value, earlier)| {
        DUPLICATE_ENUM_VALUE
            .at(value, format!("`{text}` occurs twice in `enum`"))
            .related(earlier, "first occurrence")
            .help("remove it, or write the intended value")
    })
}

pub(super) fn invalid_pattern(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let pattern = schema.get("pattern")?;
    // typify also compiles patterns with regress, and rejects the schema if that fails.
    let error = Regex::new(pattern.as_str()?).err()?;
    let message = format!("`pattern` is not a valid regular expression: {}", reason(&error.text));
    Some(INVALID_PATTERN.at(pattern, message).help("correct or remove it"))
}

fn reason(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}
