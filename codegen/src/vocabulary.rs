//! Lists the words of a document: the names of members and the listed values, which the client's recorder may write,
//! and the values of extensible enums, which the mock can replace.
//!
//! The words are grouped by the object that declares them, and repeated if several do. So branches that edit different
//! objects do not conflict.

use std::collections::BTreeSet;

use document::{
    Document, Kind, Node,
    parts::{declares_others, with_composed},
};
use proc_macro2::Literal;

use crate::schemas::EXTENSIBLE_ENUM;

/// The visibility of the recorder's words.
const RECORDER: &str = "pub(super)";

/// The words that one object declares, and its location.
type Group<'t> = (String, Vec<&'t str>);

/// Returns the source of the words that the recorder may write.
pub(crate) fn recorded(source: &Document<'_>) -> String {
    let schemas = || source.objects(Kind::Schema);
    let members = schemas().map(|it| (it.pointer(), names(it.entries_of("properties"))));
    let maps = schemas().map(|it| {
        let properties = it.entries_of("properties");
        (it.pointer(), names(properties.filter(|property| is_map(source, property.value))))
    });
    let parameters = source.objects(Kind::Parameter);
    let queries = parameters.filter(|parameter| parameter.get_str("in") == Some("query"));
    let queries = queries.map(|it| (it.pointer(), it.get_str("name").into_iter().collect()));
    let values = schemas().map(|it| (it.pointer(), values(it, &["enum", EXTENSIBLE_ENUM])));
    let media_types = ("media types".to_owned(), media_types(source));
    let constants = [
        constant(RECORDER, "MEMBERS", "The members that the document declares.", members),
        constant(RECORDER, "MAPS", "The members whose value is a map with any keys.", maps),
        constant(
            RECORDER,
            "QUERY_PARAMETERS",
            "The query parameters that the document declares.",
            queries,
        ),
        constant(
            RECORDER,
            "VALUES",
            "The values that the document lists: enum values and media types.",
            values.chain([media_types]),
        ),
    ];
    constants.join("\n")
}

/// Returns the source of the values of extensible enums.
pub(crate) fn extensible(source: &Document<'_>) -> String {
    let schemas = source.objects(Kind::Schema);
    let values = schemas.map(|it| (it.pointer(), values(it, &[EXTENSIBLE_ENUM])));
    let text = "The values that the document lists for its extensible enums.";
    constant("pub(in crate::mock)", "LISTED_VALUES", text, values)
}

/// Prints a constant with a word per line, and a comment before each group. The comment separates the words of one
/// object from those of the next, or git would report a conflict if both change.
fn constant<'t>(
    visibility: &str,
    name: &str,
    text: &str,
    groups: impl Iterator<Item = Group<'t>>,
) -> String {
    let groups = groups.filter(|(_, words)| !words.is_empty());
    let groups = groups.map(|(object, words)| {
        let words = words.into_iter().map(|word| format!("    {},\n", Literal::string(word)));
        format!("    // {}\n{}", object.escape_debug(), words.collect::<String>())
    });
    let groups: String = groups.collect();
    let line = if groups.is_empty() { "" } else { "\n" };
    format!("/// {text}\n{visibility} const {name}: &[&str] = &[{line}{groups}];\n")
}

fn names<'t>(entries: impl Iterator<Item = document::Entry<'t>>) -> Vec<&'t str> {
    entries.map(|entry| entry.name()).collect()
}

/// Returns true for an object whose members can have any name, so that their names are values, not part of the API.
fn is_map<'t>(source: &Document<'t>, schema: Node<'t>) -> bool {
    with_composed(source, schema).any(declares_others)
}

/// Returns the values that a schema lists under these keywords.
fn values<'t>(schema: Node<'t>, keywords: &[&str]) -> Vec<&'t str> {
    let lists = keywords.iter().map(|keyword| schema.items_of(keyword));
    lists.flatten().filter_map(Node::as_str).collect()
}

fn media_types<'t>(source: &Document<'t>) -> Vec<&'t str> {
    let bodies = [Kind::RequestBody, Kind::Response].map(|kind| source.objects(kind));
    let contents = bodies.into_iter().flatten().flat_map(|body| body.entries_of("content"));
    let types: BTreeSet<&str> = contents.filter_map(|entry| entry.key.text()).collect();
    types.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_in_nested_compositions() {
        let text = "
openapi: 3.0.3
components:
  schemas:
    Order:
      properties:
        id: { type: string }
        labels: { allOf: [{ anyOf: [{ additionalProperties: { type: string } }] }] }
";
        let tree = document::read(text.as_bytes()).unwrap();
        let source = recorded(&Document::new(&tree));
        let (_, maps) = source.split_once("MAPS: &[&str] = &[").unwrap();
        let (maps, _) = maps.split_once("];").unwrap();
        assert_eq!(maps, "\n    // /components/schemas/Order\n    \"labels\",\n");
    }
}
