//! Validates numbers, strings and sizes, and compares values.

use std::cmp::Ordering;

use super::{Violation, patterns::Patterns};
use crate::{
    formats::format_mismatch,
    integers::Width,
    number::Number,
    tree::{Node, Value},
};

pub(super) fn number<'t>(
    schema: Node<'t>,
    value: Node<'t>,
    number: &Number,
) -> impl Iterator<Item = Violation<'t>> {
    let bounds = BOUNDS.iter().filter_map(move |bound| beyond(schema, value, number, *bound));
    bounds.chain(not_a_multiple(schema, value, number)).chain(too_wide(schema, value, number))
}

/// A keyword, the flag that excludes the bound itself, the order of a value beyond the bound, and the phrases for the
/// bound without and with the flag.
type Bound = (&'static str, &'static str, Ordering, [&'static str; 2]);

const BOUNDS: [Bound; 2] = [
    ("minimum", "exclusiveMinimum", Ordering::Less, ["at least", "greater than"]),
    ("maximum", "exclusiveMaximum", Ordering::Greater, ["at most", "less than"]),
];

fn beyond<'t>(
    schema: Node<'t>,
    value: Node<'t>,
    number: &Number,
    (keyword, flag, beyond, phrases): Bound,
) -> Option<Violation<'t>> {
    let node = schema.get(keyword)?;
    let limit = node.as_number()?;
    let order = number.cmp(&Number::parse(limit)?);
    let is_exclusive = schema.is_true(flag);
    let phrase = phrases[usize::from(is_exclusive)];
    let is_beyond = order == beyond || (is_exclusive && order == Ordering::Equal);
    let found = value.text().unwrap_or_default();
    let problem = format!("must be {phrase} {limit}, but is {found}");
    is_beyond.then(|| Violation::new(value, node, problem))
}

fn not_a_multiple<'t>(schema: Node<'t>, value: Node<'t>, number: &Number) -> Option<Violation<'t>> {
    let node = schema.get("multipleOf")?;
    let factor = node.as_number()?;
    let is_multiple = number.is_multiple_of(&Number::parse(factor)?)?;
    let found = value.text().unwrap_or_default();
    let problem = format!("must be a multiple of {factor}, but is {found}");
    (!is_multiple).then(|| Violation::new(value, node, problem))
}

fn too_wide<'t>(schema: Node<'t>, value: Node<'t>, number: &Number) -> Option<Violation<'t>> {
    let node = schema.get("format")?;
    let Width { format, least, most } = Width::named(node.as_str()?)?;
    let [least, most] = [least, most].map(|bound| Number::parse(&bound.to_string()));
    let is_too_wide = *number < least? || *number > most?;
    let found = value.text().unwrap_or_default();
    let problem = format!("is {found}, which does not fit into `{format}`");
    is_too_wide.then(|| Violation::new(value, node, problem))
}

/// Compares the size of a value with the minimum and the maximum in its schema.
pub(super) fn size<'t>(
    schema: Node<'t>,
    value: Node<'t>,
    [least, most]: [&'static str; 2],
    noun: &str,
    size: usize,
) -> impl Iterator<Item = Violation<'t>> {
    let limits = [(least, "least", Ordering::Less), (most, "most", Ordering::Greater)];
    limits.into_iter().filter_map(move |(keyword, limit, beyond)| {
        let node = schema.get(keyword)?;
        let bound = node.as_number()?;
        let order = Number::parse(&size.to_string())?.cmp(&Number::parse(bound)?);
        let plural = if bound == "1" { "" } else { "s" };
        let problem = format!("must have at {limit} {bound} {noun}{plural}, but has {size}");
        (order == beyond).then(|| Violation::new(value, node, problem))
    })
}

pub(super) fn text<'t>(
    patterns: &mut Patterns<'t>,
    schema: Node<'t>,
    value: Node<'t>,
    text: &str,
) -> Vec<Violation<'t>> {
    let length = text.chars().count();
    let lengths = size(schema, value, ["minLength", "maxLength"], "character", length);
    let others =
        [format_violation(schema, value, text), pattern_violation(patterns, schema, value, text)];
    lengths.chain(others.into_iter().flatten()).collect()
}

fn format_violation<'t>(schema: Node<'t>, value: Node<'t>, text: &str) -> Option<Violation<'t>> {
    let node = schema.get("format")?;
    let format = node.as_str()?;
    let help = format_mismatch(format, text)?;
    let problem = format_args!("does not have the format `{format}`");
    Some(Violation::new(value, node, problem).help(help))
}

fn pattern_violation<'t>(
    patterns: &mut Patterns<'t>,
    schema: Node<'t>,
    value: Node<'t>,
    text: &str,
) -> Option<Violation<'t>> {
    let node = schema.get("pattern")?;
    let pattern = node.as_str()?;
    let problem = format_args!("does not match the pattern `{pattern}`");
    (!patterns.matches(pattern, text)).then(|| Violation::new(value, node, problem))
}

/// Returns a string that is equal for equal values, regardless of the order of members and the notation of numbers.
pub(super) fn canonical(value: Node<'_>) -> String {
    match value.value() {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => {
            Number::parse(text).map_or(text.to_owned(), |number| format!("{number:?}"))
        }
        Value::String(text) => format!("{text:?}"),
        Value::Array => format!("[{}]", value.items().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Object => {
            let members = value
                .entries()
                .map(|entry| format!("{:?}:{}", entry.name(), canonical(entry.value)));
            let mut members: Vec<String> = members.collect();
            members.sort_unstable();
            format!("{{{}}}", members.join(","))
        }
    }
}
