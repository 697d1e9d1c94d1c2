//! Checks required properties, and properties that occur in only one direction.

use std::{collections::HashSet, iter};

use document::{
    DiagnosticBuilder, Document, Kind, Node, NodeId,
    compositions::Compositions,
    parts::{nested, required, walk},
    spelling,
    validation::Direction,
};

use super::{
    READ_ONLY_AND_WRITE_ONLY, REQUIRED_IN_THE_OTHER_DIRECTION, UNDECLARED_REQUIRED_PROPERTY,
};

pub(super) fn undeclared<'t>(
    compositions: &Compositions<'t>,
    schema: Node<'t>,
) -> Vec<DiagnosticBuilder<'t>> {
    // Each suggestion compares all names. If a schema has more undeclared names, they are probably not misspellings.
    const MAX_SUGGESTIONS: usize = 100;
    // On any other type, `required` is reported as ineffective.
    let is_object = schema.get("type").is_none_or(|kind| kind.as_str() == Some("object"));
    let composition = compositions.of(schema).filter(|all| is_object && !all.is_open());
    let Some(composition) = composition else { return Vec::new() };
    let undeclared = required(schema).filter(|(name, _)| composition.property(name).is_empty());
    undeclared
        .enumerate()
        .map(|(index, (name, item))| {
            let message = format!("`{name}` is required but not declared");
            let diagnostic = UNDECLARED_REQUIRED_PROPERTY.at(item, message);
            let names = (index < MAX_SUGGESTIONS).then(|| composition.properties());
            let meant = spelling::nearest(name, names.into_iter().flatten());
            diagnostic.suggest(meant, "declare it under `properties`")
        })
        .collect()
}

pub(super) fn required_in_the_other_direction<'t>(
    document: &Document<'t>,
    compositions: &Compositions<'t>,
) -> Vec<DiagnosticBuilder<'t>> {
    let sent = used(document, compositions, Direction::Sent);
    let received = used(document, compositions, Direction::Received);
    let schemas = document.objects(Kind::Schema);
    let diagnostics = schemas.flat_map(|schema| {
        let mark = match (sent.contains(&schema.id()), received.contains(&schema.id())) {
            (true, false) => ("readOnly", "sent"),
            (false, true) => ("writeOnly", "received"),
            _ => return Vec::new(),
        };
        marked(document, schema, mark).collect()
    });
    diagnostics.collect()
}

fn marked<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
    (mark, verb): (&'static str, &'static str),
) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    required(schema).filter_map(move |(name, item)| {
        let property = document.resolve(schema.get("properties")?.get(name)?)?;
        let flag = property.get(mark).filter(|flag| flag.as_bool() == Some(true))?;
        let message = format!("`{name}` is required and `{mark}`, but the schema is only {verb}");
        let diagnostic = REQUIRED_IN_THE_OTHER_DIRECTION.at(item, message);
        let label = format!("`{mark}` here");
        Some(diagnostic.related(flag, label).help("remove it from `required`"))
    })
}

pub(super) fn read_only_and_write_only(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let flag = |name| schema.entry(name).filter(|entry| entry.value.as_bool() == Some(true));
    let (read, write) = (flag("readOnly")?, flag("writeOnly")?);
    let diagnostic = READ_ONLY_AND_WRITE_ONLY.at(write.key, "`writeOnly` contradicts `readOnly`");
    Some(diagnostic.related(read.key, "the other one").help("keep one of them"))
}

/// Returns the direction of a part of a message.
pub(crate) fn direction(document: &Document<'_>, part: Node<'_>) -> Direction {
    let ancestors = iter::successors(Some(part), |node| node.parent());
    let kinds: Vec<Kind> = ancestors.filter_map(|node| document.kind(node)).collect();
    // The service sends the requests of a callback.
    if kinds.contains(&Kind::Callback) {
        return Direction::Either;
    }
    let directions = kinds.iter().filter_map(|kind| match kind {
        Kind::RequestBody | Kind::Parameter => Some(Direction::Sent),
        Kind::Response => Some(Direction::Received),
        _ => None,
    });
    directions.into_iter().next().unwrap_or(Direction::Either)
}

/// Returns the schemas that messages in one direction use, at any depth.
fn used<'t>(
    document: &Document<'t>,
    compositions: &Compositions<'t>,
    direction: Direction,
) -> HashSet<NodeId> {
    let mut taken = HashSet::new();
    walk(document, schemas_of_messages(document, direction), |schema| {
        // A value of a schema can also be a value of any other schema in its composition.
        let composed = compositions.take(schema, &mut taken).to_vec();
        composed.into_iter().chain(nested(schema))
    })
    .map(Node::id)
    .collect()
}

fn schemas_of_messages<'t>(document: &Document<'t>, wanted: Direction) -> Vec<Node<'t>> {
    let kinds = [Kind::MediaType, Kind::Parameter, Kind::Header].into_iter();
    let messages = kinds.flat_map(|kind| document.objects(kind));
    messages
        .filter(|message| [wanted, Direction::Either].contains(&direction(document, *message)))
        .filter_map(|message| message.get("schema"))
        .collect()
}
