//! Descriptions, which become the documentation of the client.

use document::{DiagnosticBuilder, Document, Kind, Node, Report, phrasing};

use super::MISSING_DESCRIPTION;

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for node in described(document) {
        report.extend(missing_description(document, node));
    }
}

/// Returns the nodes that must have a description. A reference has the description of its target.
fn described<'t>(document: &Document<'t>) -> impl Iterator<Item = Node<'t>> {
    let objects = [Kind::Operation, Kind::Parameter, Kind::Header];
    let objects = objects.into_iter().flat_map(|kind| document.objects(kind));
    let schemas = document.components(Kind::Schema).map(|entry| entry.value);
    let properties = document.objects(Kind::Schema).filter_map(|schema| schema.get("properties"));
    let properties = properties.flat_map(Node::entries).map(|entry| entry.value);
    objects.chain(schemas.chain(properties).filter(|node| node.get("$ref").is_none()))
}

fn missing_description<'t>(
    document: &Document<'t>,
    node: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let diagnostic = match node.get("description") {
        Some(text) => {
            text.as_str().filter(|text| text.trim().is_empty())?;
            MISSING_DESCRIPTION.at(text, format!("the description of {} is empty", name(node)))
        }
        None if document.lacks(node, "description") => {
            MISSING_DESCRIPTION.at(node, format!("{} has no description", name(node)))
        }
        None => return None,
    };
    Some(diagnostic.help(match document.kind(node) {
        Some(Kind::Operation) => "write sentences that say what it does, and what it requires",
        _ => "write sentences that say what it means, in which unit, and what its absence means",
    }))
}

/// Returns the name of a node for messages: its own name, or else its key.
fn name(node: Node<'_>) -> String {
    let own = ["operationId", "name"].iter().find_map(|key| node.get_str(key));
    own.map_or_else(|| phrasing::describe(node), |name| format!("`{name}`"))
}
