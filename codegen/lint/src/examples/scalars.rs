//! Numbers and texts against their schemas, and values against each other.

use document::{Node, Value, integers::Width, phrasing::describe};

use super::{Violation, ViolationKind, texts::Texts};
use crate::schemas::Number;

pub(super) fn number<'t>(schema: Node<'t>, value: Node<'t>, text: &str) -> Vec<Violation<'t>> {
    let Some(number) = Number::parse(text) else { return Vec::new() };
    let bounds = [
        of_bound(schema, value, &number, Side::Low),
        of_bound(schema, value, &number, Side::High),
        of_multiple(schema, value, &number),
        of_size(schema, value, &number),
    ];
    bounds.into_iter().flatten().collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Low,
    High,
}

fn of_bound<'t>(
    schema: Node<'t>,
    value: Node<'t>,
    number: &Number,
    side: Side,
) -> Option<Violation<'t>> {
    let (keyword, flag, adjective) = match side {
        Side::Low => ("minimum", "exclusiveMinimum", "greater"),
        Side::High => ("maximum", "exclusiveMaximum", "less"),
    };
    let node = schema.get(keyword)?;
    let text = node.as_number()?;
    let bound = Number::parse(text)?;
    let is_exclusive = schema.get(flag).and_then(Node::as_bool) == Some(true);
    let is_beyond = if side == Side::Low { *number < bound } else { *number > bound };
    let is_on_it = is_exclusive && *number == bound;
    if !(is_beyond || is_on_it) {
        return None;
    }
    let (found, value_is) = (value.text().unwrap_or_default(), describe(value));
    let message = match (is_exclusive, side) {
        (true, _) => format!("{value_is} is {found}, and must be {adjective} than {text}"),
        (false, Side::Low) => format!("{value_is} is {found}, and must be at least {text}"),
        (false, Side::High) => format!("{value_is} is {found}, and must be at most {text}"),
    };
    Some(Violation::new(value, ViolationKind::Other, message).because(node))
}

fn of_multiple<'t>(schema: Node<'t>, value: Node<'t>, number: &Number) -> Option<Violation<'t>> {
    let node = schema.get("multipleOf")?;
    let text = node.as_number()?;
    let is_multiple = number.is_multiple_of(&Number::parse(text)?)?;
    (!is_multiple).then(|| {
        let found = value.text().unwrap_or_default();
        let message = format!("{} is {found}, and must be a multiple of {text}", describe(value));
        Violation::new(value, ViolationKind::Other, message).because(node)
    })
}

fn of_size<'t>(schema: Node<'t>, value: Node<'t>, number: &Number) -> Option<Violation<'t>> {
    let node = schema.get("format")?;
    let Width { format: name, least, most } =
        Width::of_format(node.as_str()?).filter(|width| node.as_str() == Some(width.format))?;
    let [least, most] = [least, most].map(|bound| Number::parse(&bound.to_string()));
    (*number < least? || *number > most?).then(|| {
        let found = value.text().unwrap_or_default();
        let message = format!("{} is {found}, which does not fit into `{name}`", describe(value));
        Violation::new(value, ViolationKind::Other, message).because(node)
    })
}

pub(super) fn text<'t>(
    texts: &mut Texts<'t>,
    schema: Node<'t>,
    value: Node<'t>,
    text: &str,
) -> Vec<Violation<'t>> {
    let diagnostics = [
        of_length(schema, value, text),
        of_format(texts, schema, value, text),
        of_pattern(texts, schema, value, text),
    ];
    diagnostics.into_iter().flatten().collect()
}

fn of_length<'t>(schema: Node<'t>, value: Node<'t>, text: &str) -> Option<Violation<'t>> {
    let length = text.chars().count();
    let count = |keyword| -> Option<(Node<'t>, usize)> {
        let node = schema.get(keyword)?;
        Some((node, node.as_number()?.parse().ok()?))
    };
    let short = count("minLength").filter(|(_, least)| length < *least);
    let long = count("maxLength").filter(|(_, most)| length > *most);
    let (limit, (node, bound)) =
        short.map(|short| ("least", short)).or(long.map(|long| ("most", long)))?;
    let noun = if length == 1 { "character" } else { "characters" };
    let message =
        format!("{} has {length} {noun}, and must have at {limit} {bound}", describe(value));
    Some(Violation::new(value, ViolationKind::Other, message).because(node))
}

fn of_format<'t>(
    texts: &mut Texts<'t>,
    schema: Node<'t>,
    value: Node<'t>,
    text: &str,
) -> Option<Violation<'t>> {
    let node = schema.get("format")?;
    let help = texts.refused_by_format(node.as_str()?, text)?;
    let message = format!("{} is not of the format `{}`", describe(value), node.as_str()?);
    Some(Violation::new(value, ViolationKind::Other, message).because(node).help(help))
}

fn of_pattern<'t>(
    texts: &mut Texts<'t>,
    schema: Node<'t>,
    value: Node<'t>,
    text: &str,
) -> Option<Violation<'t>> {
    let node = schema.get("pattern")?;
    let pattern = node.as_str()?;
    texts.is_refused_by_pattern(pattern, text).then(|| {
        let message = format!("{} does not match the pattern `{pattern}`", describe(value));
        Violation::new(value, ViolationKind::Other, message).because(node)
    })
}

/// A text that same values have in common, whatever the order of their members and the form of their numbers,
/// and others have not.
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
