//! Reports `allOf` compositions whose parts typify cannot merge into one type, or whose parts no value can match at the
//! same time.

mod compositions;
mod endless;

use std::collections::{HashMap, HashSet};

use document::{
    DiagnosticBuilder, Document, Kind, Node, Report,
    integers::Bounds,
    parts::{is_composed, is_within, kind_of, with_merged},
};

use super::CONTRADICTORY_PARTS;
use compositions::Compositions;
use endless::Merges;

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let compositions = Compositions::new(document);
    report.extend(compositions.cycles());
    report.extend(compositions.too_deep());
    let mut merges = Merges::new(document);
    for schema in document.objects(Kind::Schema).filter(|schema| compositions.is_mergeable(*schema))
    {
        report.extend(merges.endless(schema));
        report.extend(contradictory(document, schema));
    }
}

/// The maximum number of parts that are compared, which keeps a long chain of schemas from taking too long.
const MAX_COMPARED: usize = 250;

/// Reports the first two parts of a schema that exclude each other, as a whole or in a property.
///
/// typify turns them into an enum without variants, which has no values.
fn contradictory<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let all_of = schema.entry("allOf")?;
    let parts: Vec<Node<'t>> = with_merged(document, schema).take(MAX_COMPARED).collect();
    let (one, other, message) = whole(&parts).or_else(|| in_a_property(document, &parts))?;
    let at = [other, one].into_iter().find(|node| is_within(*node, schema)).unwrap_or(all_of.value);
    let related = if at == other { one } else { other };
    let diagnostic = CONTRADICTORY_PARTS.at(at, message).related(related, "the other one");
    Some(diagnostic.help("make both the same, or keep one of them"))
}

type Contradiction<'t> = (Node<'t>, Node<'t>, String);

/// Returns two parts that exclude each other. Parts of different types are reported as `conflicting-types` instead.
fn whole<'t>(parts: &[Node<'t>]) -> Option<Contradiction<'t>> {
    let mut first: HashMap<bool, Node<'t>> = HashMap::new();
    parts.iter().filter(|part| kind_of(**part).is_some()).find_map(|part| {
        // Parts with an enum are compared only with each other, and so are parts without an enum.
        let earlier = *first.entry(part.get("enum").is_some()).or_insert(*part);
        let reason = exclude(earlier, *part).filter(|_| !differ_in_kind(earlier, *part))?;
        Some((earlier, *part, format!("two parts contradict each other: {reason}")))
    })
}

fn differ_in_kind(one: Node<'_>, other: Node<'_>) -> bool {
    let is_numeric = |schema| matches!(kind_of(schema), Some("integer" | "number"));
    kind_of(one) != kind_of(other) && !(is_numeric(one) && is_numeric(other))
}

fn in_a_property<'t>(document: &Document<'t>, parts: &[Node<'t>]) -> Option<Contradiction<'t>> {
    let mut first: HashMap<&str, (Node<'t>, Node<'t>)> = HashMap::new();
    let properties = parts.iter().filter_map(|part| part.get("properties")).flat_map(Node::entries);
    properties.into_iter().find_map(|property| {
        let schema = document.resolve(property.value)?;
        let (key, earlier) = *first.entry(property.name()).or_insert((property.key, schema));
        let reason = exclude(earlier, schema)?;
        Some((
            key,
            property.key,
            format!("two parts contradict each other in `{}`: {reason}", property.name()),
        ))
    })
}

/// Returns the reason why the generator concludes that no value matches both schemas.
fn exclude(one: Node<'_>, other: Node<'_>) -> Option<String> {
    if one == other {
        return None;
    }
    let (first, second) = (kind_of(one)?, kind_of(other)?);
    if first != second {
        return (!is_composed(one) && !is_composed(other))
            .then(|| format!("one is of type `{first}`, the other of type `{second}`"));
    }
    let formats = format(one).zip(format(other)).filter(|(one, other)| one != other);
    if let Some((one, other)) = formats.filter(|_| first == "integer") {
        return Some(format!("one has the format `{one}`, the other `{other}`"));
    }
    let (one_enum, other_enum) = (one.get("enum")?, other.get("enum")?);
    let others: HashSet<&str> = other_enum.items().filter_map(Node::text).collect();
    let mut values = one_enum.items().filter_map(Node::text);
    (!values.any(|value| others.contains(value)))
        .then(|| "their enums have no common value".to_owned())
}

fn format(schema: Node<'_>) -> Option<&'static str> {
    Bounds::of(schema).width().map(|width| width.format)
}
