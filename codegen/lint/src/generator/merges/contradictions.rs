//! Parts of an `allOf` that no value fits together.

use std::collections::{HashMap, HashSet};

use document::{DiagnosticBuilder, Document, Node};

use crate::generator::CONTRADICTORY_PARTS;

use crate::{
    generator::parts::{kind_of, members},
    widths,
};

/// The first two parts of a schema that exclude each other, in themselves or in a property.
pub(super) fn contradictory<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let all_of = schema.entry("allOf")?;
    let parts = parts(document, schema);
    let (one, other, why) = whole(&parts).or_else(|| in_a_property(document, &parts))?;
    let at = [other, one].into_iter().find(|node| is_within(*node, schema)).unwrap_or(all_of.value);
    let related = if at == other { one } else { other };
    let diagnostic = CONTRADICTORY_PARTS.at(at, why).related(related, "the other one");
    Some(diagnostic.help("let both say the same, or say it in one part only"))
}

fn is_within(node: Node<'_>, schema: Node<'_>) -> bool {
    std::iter::successors(Some(node), |node| node.parent()).any(|ancestor| ancestor == schema)
}

/// As many parts are compared, so that a long chain of schemas takes no long time.
const MANY: usize = 250;

/// The parts of a schema, itself and those of its parts included.
fn parts<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<Node<'t>> {
    let mut found: Vec<Node<'t>> = Vec::new();
    let mut open = vec![schema];
    let mut seen = HashSet::new();
    while let Some(part) = open.pop().and_then(|part| document.resolve(part)) {
        if found.len() < MANY && seen.insert(part.id()) {
            found.push(part);
            let parts: Vec<Node<'t>> = members(part, "allOf").collect();
            open.extend(parts.into_iter().rev());
        }
    }
    found
}

type Contradiction<'t> = (Node<'t>, Node<'t>, String);

/// Two parts that exclude each other; what excludes by its type alone, another rule reports.
fn whole<'t>(parts: &[Node<'t>]) -> Option<Contradiction<'t>> {
    let mut first: HashMap<bool, Node<'t>> = HashMap::new();
    parts.iter().filter(|part| kind_of(**part).is_some()).find_map(|part| {
        // An enum says more than a type, so that each is compared with its like.
        let earlier = *first.entry(part.get("enum").is_some()).or_insert(*part);
        let why = exclude(earlier, *part).filter(|_| !differ_in_kind(earlier, *part))?;
        Some((earlier, *part, format!("two parts contradict each other: {why}")))
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
        let why = exclude(earlier, schema)?;
        Some((
            key,
            property.key,
            format!("two parts contradict each other in `{}`: {why}", property.name()),
        ))
    })
}

/// Why the generator finds no value for both schemas.
fn exclude(one: Node<'_>, other: Node<'_>) -> Option<String> {
    if one == other {
        return None;
    }
    let (first, second) = (kind_of(one)?, kind_of(other)?);
    let composed = ["oneOf", "anyOf", "allOf"];
    if first != second {
        let is_plain = |schema: Node<'_>| composed.iter().all(|it| schema.get(it).is_none());
        return (is_plain(one) && is_plain(other))
            .then(|| format!("one is of type `{first}`, the other of type `{second}`"));
    }
    let formats = format(one).zip(format(other)).filter(|(one, other)| one != other);
    if let Some((one, other)) = formats.filter(|_| first == "integer") {
        return Some(format!("one has the format `{one}`, the other `{other}`"));
    }
    let (ours, theirs) = (one.get("enum")?, other.get("enum")?);
    let theirs: HashSet<&str> = theirs.items().filter_map(Node::text).collect();
    let mut ours = ours.items().filter_map(Node::text);
    (!ours.any(|value| theirs.contains(value)))
        .then(|| "their enums have no value in common".to_owned())
}

fn format(schema: Node<'_>) -> Option<&'static str> {
    widths::of(schema).map(|width| width.format)
}
