//! Signs that turn the direction of a text.

use document::{Document, Entry, Kind, Node, Report, Rule, Severity, printable::is_bidi_control};

pub(super) static TURNED_NAME: Rule = Rule {
    id: "turned-name",
    severity: Severity::Error,
    summary: "names and values have no invisible signs that turn their direction",
    why: "They hide what a text says, so that Rust refuses them: the names of paths, parameters and \
          properties and the values of an enum stand in the client's source.",
    wrong: "\
components:
  schemas:
    Colour: { type: string, enum: [\"\\u202ered\", green] }
",
    right: "\
components:
  schemas:
    Colour: { type: string, enum: [red, green] }
",
};

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
            let message = "an invisible sign turns the direction of this text";
            report.add(TURNED_NAME.at(text, message).help("remove it"));
        }
    }
}

fn keys<'t>(node: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    node.entries().map(|Entry { key, .. }| key)
}
