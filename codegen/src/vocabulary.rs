//! Lists the words of a document that the client's recorder may write: the names of members, and the listed values.

use std::collections::BTreeSet;

use document::{
    Document, Kind, Node,
    parts::{declares_others, with_composed},
};
use syn::{File, parse_quote};

/// Returns the source that contains the words.
pub(crate) fn of(source: &Document<'_>) -> File {
    let schemas: Vec<Node<'_>> = source.objects(Kind::Schema).collect();
    let properties = || schemas.iter().flat_map(|schema| schema.entries_of("properties"));
    let members = words(properties().map(|property| property.name()));
    let maps = properties().filter(|property| is_map(source, property.value));
    let maps = words(maps.map(|property| property.name()));
    let parameters = source.objects(Kind::Parameter);
    let queries = parameters.filter(|parameter| parameter.get_str("in") == Some("query"));
    let queries = words(queries.filter_map(|parameter| parameter.get_str("name")));
    let values = words(schemas.iter().flat_map(values).chain(media_types(source)));
    parse_quote! {
        /// The members that the document declares.
        pub(super) const MEMBERS: &[&str] = &[#(#members),*];

        /// The members whose value is a map with any keys.
        pub(super) const MAPS: &[&str] = &[#(#maps),*];

        /// The query parameters that the document declares.
        pub(super) const QUERY_PARAMETERS: &[&str] = &[#(#queries),*];

        /// The values that the document lists: enum values and media types.
        pub(super) const VALUES: &[&str] = &[#(#values),*];
    }
}

fn words<'t>(words: impl Iterator<Item = &'t str>) -> BTreeSet<&'t str> {
    words.collect()
}

/// Returns true for an object whose members can have any name, so that their names are values, not part of the API.
fn is_map<'t>(source: &Document<'t>, schema: Node<'t>) -> bool {
    with_composed(source, schema).any(declares_others)
}

fn values<'t>(schema: &Node<'t>) -> impl Iterator<Item = &'t str> + use<'t> {
    let lists = ["enum", "x-extensible-enum"].map(|list| schema.items_of(list));
    lists.into_iter().flatten().filter_map(Node::as_str)
}

fn media_types<'t>(source: &Document<'t>) -> impl Iterator<Item = &'t str> {
    let bodies = [Kind::RequestBody, Kind::Response].map(|kind| source.objects(kind));
    let contents = bodies.into_iter().flatten().flat_map(|body| body.entries_of("content"));
    contents.filter_map(|entry| entry.key.text())
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;

    use super::*;

    #[test]
    fn a_map_in_nested_compositions() {
        let text = "
            components:
              schemas:
                Order:
                  properties:
                    id: { type: string }
                    labels: { allOf: [{ anyOf: [{ additionalProperties: { type: string } }] }] }
        ";
        let tree = document::read(text.as_bytes()).unwrap();
        let file = of(&Document::new(&tree)).into_token_stream().to_string();
        assert!(file.contains("MAPS : & [& str] = & [\"labels\"]"), "{file}");
    }
}
