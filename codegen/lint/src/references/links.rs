//! Checks references by name: links to operations, discriminator mappings to schemas, and tags.

use std::collections::{BTreeMap, HashSet};

use document::{
    DiagnosticBuilder, Document, Kind, Node, Report, duplicates::find_duplicates, spelling,
};

use super::{DANGLING_LINK, DANGLING_MAPPING, DUPLICATE_TAG, UNDECLARED_TAG, suggestions};

pub(super) fn links(document: &Document<'_>, report: &mut Report) {
    let operations = document.objects(Kind::Operation);
    let operations = operations.filter_map(|node| Some((node.get_str("operationId")?, node)));
    let operations: BTreeMap<&str, Node<'_>> = operations.collect();
    for link in document.objects(Kind::Link) {
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

pub(super) fn mappings(document: &Document<'_>, report: &mut Report) {
    let mappings = document.objects(Kind::Discriminator).filter_map(|node| node.get("mapping"));
    let values = mappings.flat_map(Node::entries).map(|entry| entry.value);
    report.extend(values.filter_map(|value| dangling_mapping(document, value)));
}

fn dangling_mapping<'t>(document: &Document<'t>, value: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let text = value.as_str().filter(|text| document.mapped(text).is_none())?;
    let name = suggestions::last_step(text);
    let diagnostic = DANGLING_MAPPING.at(value, format!("there is no schema `{name}`"));
    Some(match suggestions::component(document, Kind::Schema, name) {
        Some(meant) if text.starts_with('#') => {
            diagnostic.help(format!("write `#/components/schemas/{}`", meant.name()))
        }
        Some(meant) => diagnostic.help(format!("write `{}`", meant.name())),
        None => {
            diagnostic.help("add it to `components.schemas`, or write the name of another schema")
        }
    })
}

pub(super) fn tags(document: &Document<'_>, report: &mut Report) {
    let names: Vec<(&str, Node<'_>)> = tag_names(document).flatten().collect();
    report.extend(duplicate_tags(names.iter().copied()));
    let declared: BTreeMap<&str, Node<'_>> = names.into_iter().collect();
    // OpenAPI allows undeclared tags, but a document that declares some should declare all.
    let are_known = tag_names(document).all(|name| name.is_some());
    if !declared.is_empty() && are_known {
        let used = document.operations().flat_map(|operation| operation.node.items_of("tags"));
        let mut once = HashSet::new();
        let used = used.filter(|tag| once.insert(tag.text()));
        report.extend(used.filter_map(|tag| undeclared_tag(tag, &declared)));
    }
}

/// Returns the name of each declared tag, or `None` if it has no valid name.
fn tag_names<'t>(document: &Document<'t>) -> impl Iterator<Item = Option<(&'t str, Node<'t>)>> {
    let tags = document.root().items_of("tags");
    tags.map(|tag| tag.get("name").and_then(|name| Some((name.as_str()?, name))))
}

fn undeclared_tag<'t>(
    tag: Node<'t>,
    declared: &BTreeMap<&str, Node<'_>>,
) -> Option<DiagnosticBuilder<'t>> {
    let name = tag.as_str().filter(|name| !declared.contains_key(name))?;
    let diagnostic = UNDECLARED_TAG.at(tag, format!("the tag `{name}` is not declared"));
    let meant = spelling::nearest(name, declared.keys().copied());
    Some(diagnostic.suggest(meant, "add it to the `tags` of the document"))
}

fn duplicate_tags<'t>(
    names: impl Iterator<Item = (&'t str, Node<'t>)>,
) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    find_duplicates(names).map(|(text, name, first)| {
        DUPLICATE_TAG
            .at(name, format!("the tag `{text}` is declared twice"))
            .related(first, "first declaration")
            .help("merge the two, or rename one of them")
    })
}
