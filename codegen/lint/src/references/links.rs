//! Links to operations.

use std::collections::BTreeMap;

use document::{DiagnosticBuilder, Document, Kind, Node, Report, spelling};

use super::DANGLING_LINK;

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let links: Vec<Node<'_>> = document.objects(Kind::Link).collect();
    if links.is_empty() {
        return;
    }
    let operations: BTreeMap<&str, Node<'_>> = document
        .objects(Kind::Operation)
        .filter_map(|node| Some((node.get("operationId")?.as_str()?, node)))
        .collect();
    for link in links {
        report.extend(by_id(link, &operations));
        report.extend(by_reference(document, link));
    }
}

fn by_id<'t>(
    link: Node<'t>,
    operations: &BTreeMap<&str, Node<'_>>,
) -> Option<DiagnosticBuilder<'t>> {
    let id = link.get("operationId")?;
    let name = id.as_str().filter(|name| !operations.contains_key(name))?;
    let diagnostic = DANGLING_LINK.at(id, format!("there is no operation `{name}`"));
    let meant = spelling::nearest(name, operations.keys().copied());
    Some(diagnostic.suggest(meant, "write the `operationId` of an operation"))
}

fn by_reference<'t>(document: &Document<'t>, link: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let reference = link.get("operationRef")?;
    let text = reference.as_str().filter(|text| text.starts_with('#'))?;
    let message = match document.target(text) {
        None => format!("`{text}` does not exist"),
        Some(target) if document.kind(target) == Some(Kind::Operation) => return None,
        Some(_) => format!("`{text}` is not an operation"),
    };
    let help = "write `operationId` with the id of the operation instead";
    Some(DANGLING_LINK.at(reference, message).help(help))
}
