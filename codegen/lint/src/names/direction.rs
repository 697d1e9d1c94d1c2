//! Control characters that change the direction of text.

use document::{Document, Entry, Kind, Node, Report, printable::is_bidi_control};

use super::BIDI_CONTROL_CHARACTER;

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let paths = document.root().get("paths").into_iter().flat_map(keys);
    let parameters = document.objects(Kind::Parameter).filter_map(|node| node.get("name"));
    let schemas = document.objects(Kind::Schema).flat_map(|schema| {
        let properties = schema.get("properties").into_iter().flat_map(keys);
        let values = ["enum", "x-extensible-enum"].into_iter().filter_map(move |it| schema.get(it));
        properties.chain(values.flat_map(Node::items))
    });
    for text in paths.chain(parameters).chain(schemas) {
        if text.text().is_some_and(|text| text.contains(is_bidi_control)) {
            let message = "an invisible character changes the direction of this text";
            report.add(BIDI_CONTROL_CHARACTER.at(text, message).help("remove it"));
        }
    }
}

fn keys<'t>(node: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    node.entries().map(|Entry { key, .. }| key)
}
