//! Whether everything is described that becomes documentation.

use document::{DiagnosticBuilder, Document, Kind, Node, Report, phrasing};

use super::MISSING_DESCRIPTION;

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for node in described(document) {
        report.extend(missing_description(document, node));
    }
}

/// What must have a description; a reference has that of what it refers to.
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
            MISSING_DESCRIPTION.at(text, format!("the description of {} is empty", called(node)))
        }
        None if document.lacks(node, "description") => {
            MISSING_DESCRIPTION.at(node, format!("{} has no description", called(node)))
        }
        None => return None,
    };
    Some(diagnostic.help(match document.kind(node) {
        Some(Kind::Operation) => "say in sentences what it does, and what must hold before",
        _ => "say in sentences what it means, its unit, and what its absence means",
    }))
}

/// What messages call a node; a parameter has a name of its own.
fn called(node: Node<'_>) -> String {
    let own = ["operationId", "name"].iter().find_map(|key| node.get(key).and_then(Node::as_str));
    own.map_or_else(|| phrasing::describe(node), |name| format!("`{name}`"))
}
