//! Properties that are required, and those that go one way only.

use document::{DiagnosticBuilder, Document, Kind, Node, spelling};

use super::{
    Compositions, READ_ONLY_AND_WRITE_ONLY, REQUIRED_IN_THE_OTHER_DIRECTION,
    UNDECLARED_REQUIRED_PROPERTY,
    directions::{self, Direction},
};

pub(super) fn undeclared<'t>(
    compositions: &Compositions<'t>,
    schema: Node<'t>,
) -> Vec<DiagnosticBuilder<'t>> {
    // On another type `required` has no effect at all.
    let is_object = schema.get("type").is_none_or(|kind| kind.as_str() == Some("object"));
    let composition = compositions.of(schema).filter(|all| is_object && !all.is_open());
    let Some(composition) = composition else { return Vec::new() };
    let undeclared = required(schema).filter(|(_, name)| composition.property(name).is_empty());
    // A schema with more of them has another flaw than misspelled names.
    const MOST_GUESSES: usize = 100;
    undeclared
        .enumerate()
        .map(|(index, (node, name))| {
            let message = format!("`{name}` is required but not declared");
            let diagnostic = UNDECLARED_REQUIRED_PROPERTY.at(node, message);
            let names = (index < MOST_GUESSES).then(|| composition.properties());
            let meant = spelling::nearest(name, names.into_iter().flatten());
            diagnostic.suggest(meant, "declare it below `properties`")
        })
        .collect()
}

fn required<'t>(schema: Node<'t>) -> impl Iterator<Item = (Node<'t>, &'t str)> {
    let names = schema.get("required").into_iter().flat_map(Node::items);
    names.filter_map(|node| Some((node, node.as_str()?)))
}

pub(super) fn required_in_the_other_direction<'t>(
    document: &Document<'t>,
    compositions: &Compositions<'t>,
) -> Vec<DiagnosticBuilder<'t>> {
    let sent = directions::used(document, compositions, Direction::Sent);
    let received = directions::used(document, compositions, Direction::Received);
    let schemas = document.objects(Kind::Schema);
    let found = schemas.flat_map(|schema| {
        let mark = match (sent.contains(&schema.id()), received.contains(&schema.id())) {
            (true, false) => ("readOnly", "sent"),
            (false, true) => ("writeOnly", "received"),
            _ => return Vec::new(),
        };
        marked(document, schema, mark).collect()
    });
    found.collect()
}

fn marked<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
    (mark, way): (&'static str, &'static str),
) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    required(schema).filter_map(move |(node, name)| {
        let property = document.resolve(schema.get("properties")?.get(name)?)?;
        let flag = property.get(mark).filter(|flag| flag.as_bool() == Some(true))?;
        let message =
            format!("`{name}` is required, though it is `{mark}` and the schema is only {way}");
        let diagnostic = REQUIRED_IN_THE_OTHER_DIRECTION.at(node, message);
        Some(diagnostic.related(flag, "so it is here").help("remove it from `required`"))
    })
}

pub(super) fn read_only_and_write_only(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let flag = |name| schema.entry(name).filter(|entry| entry.value.as_bool() == Some(true));
    let (read, write) = (flag("readOnly")?, flag("writeOnly")?);
    let diagnostic = READ_ONLY_AND_WRITE_ONLY.at(write.key, "`writeOnly` contradicts `readOnly`");
    Some(diagnostic.related(read.key, "the other one").help("keep one of them"))
}
