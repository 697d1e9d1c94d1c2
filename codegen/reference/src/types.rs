//! The type of a schema, in words and links.

use document::{Document, Node, Value, exact};

/// A piece of the description of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Words(String),
    /// The name of a model.
    Model(&'t str),
}

/// Describes the type of a schema. References end the recursion, and the depth of the tree limits it.
pub(crate) fn describe<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    push(document, schema, &mut pieces);
    pieces
}

fn push<'t>(document: &Document<'t>, schema: Node<'t>, pieces: &mut Vec<Piece<'t>>) {
    if let Some(reference) = schema.get_str("$ref") {
        pieces.push(match component(document, reference) {
            Some(name) => Piece::Model(name),
            None => words(reference),
        });
        return;
    }
    let alternatives = [("allOf", " and "), ("oneOf", " or "), ("anyOf", " or ")];
    let composed = alternatives.into_iter().find(|(key, _)| schema.items_of(key).next().is_some());
    match composed {
        Some((key, joint)) => {
            for (index, part) in schema.items_of(key).enumerate() {
                pieces.extend((index > 0).then(|| words(joint)));
                push(document, part, pieces);
            }
        }
        None => push_simple(document, schema, pieces),
    }
}

fn push_simple<'t>(document: &Document<'t>, schema: Node<'t>, pieces: &mut Vec<Piece<'t>>) {
    let kind = schema.get_str("type");
    match (kind, schema.get("items"), schema.get("additionalProperties")) {
        (Some("array"), Some(items), _) => {
            pieces.push(words("array of "));
            push(document, items, pieces);
        }
        (Some("object"), _, Some(values)) if values.is_object() => {
            pieces.push(words("map of "));
            push(document, values, pieces);
        }
        (Some(kind), ..) => {
            let format = schema.get_str("format");
            pieces.push(words(
                &format.map_or(kind.to_owned(), |format| format!("{kind} ({format})")),
            ));
        }
        (None, ..) => pieces.push(words("any value")),
    }
}

fn words<'t>(text: &str) -> Piece<'t> {
    Piece::Words(text.to_owned())
}

/// Returns the name of the component schema that a reference points to.
pub(crate) fn component<'t>(document: &Document<'t>, reference: &str) -> Option<&'t str> {
    document.component_name(document::Kind::Schema, document.target(reference)?)
}

/// Returns the constraints on the values of a schema other than its type, such as its bounds. Each has a name and
/// values in JSON.
pub(crate) fn facts<'t>(schema: Node<'t>) -> Vec<(&'static str, Vec<String>)> {
    const SINGLE: [(&str, &str); 11] = [
        ("minimum", "at least"),
        ("maximum", "at most"),
        ("multipleOf", "a multiple of"),
        ("minLength", "minimum length"),
        ("maxLength", "maximum length"),
        ("minItems", "minimum number of items"),
        ("maxItems", "maximum number of items"),
        ("pattern", "matches"),
        ("default", "default"),
        ("example", "example"),
        ("minProperties", "minimum number of members"),
    ];
    const LISTS: [(&str, &str); 2] = [("enum", "one of"), ("x-extensible-enum", "known values")];
    let text = |node: Node<'_>| match node.as_str() {
        Some(text) => text.to_owned(),
        None => exact::text(&exact::value(node)),
    };
    let single =
        SINGLE.into_iter().filter_map(|(key, name)| Some((name, vec![text(schema.get(key)?)])));
    let lists = LISTS.into_iter().filter_map(|(key, name)| {
        let values: Vec<String> = schema.items_of(key).map(text).collect();
        (!values.is_empty()).then_some((name, values))
    });
    lists.chain(single).collect()
}

/// Prints a value as JSON, in document order and with all digits of its numbers.
pub(crate) fn json(value: Node<'_>) -> String {
    let mut text = String::new();
    push_json(value, 0, &mut text);
    text
}

fn push_json(node: Node<'_>, depth: usize, text: &mut String) {
    match node.value() {
        Value::Object => {
            let members = node.entries().map(|entry| {
                let name = exact::text(&entry.name().into());
                (format!("{name}: "), entry.value)
            });
            push_all(['{', '}'], members, depth, text);
        }
        Value::Array => {
            push_all(['[', ']'], node.items().map(|item| (String::new(), item)), depth, text)
        }
        _ => text.push_str(&exact::text(&exact::value(node))),
    }
}

fn push_all<'t>(
    brackets: [char; 2],
    values: impl Iterator<Item = (String, Node<'t>)>,
    depth: usize,
    text: &mut String,
) {
    let line = |depth: usize| format!("\n{}", "  ".repeat(depth));
    text.push(brackets[0]);
    let mut is_empty = true;
    for (name, value) in values {
        text.push_str(if is_empty { "" } else { "," });
        is_empty = false;
        text.push_str(&line(depth + 1));
        text.push_str(&name);
        push_json(value, depth + 1, text);
    }
    if !is_empty {
        text.push_str(&line(depth));
    }
    text.push(brackets[1]);
}
