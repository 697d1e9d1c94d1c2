//! Rules about tags.

use std::collections::{BTreeMap, HashSet};

use document::{DiagnosticBuilder, Document, Node, Report, spelling};

use super::{DUPLICATE_TAG, UNDECLARED_TAG};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let mut declared: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    for name in names_of(document).flatten() {
        let Some(text) = name.as_str() else { continue };
        let first = *declared.entry(text).or_insert(name);
        report.extend((first != name).then(|| duplicate(name, text, first)));
    }
    // Tags need no declaration; but who declares some wants to declare all.
    let are_known = names_of(document).all(|name| name.is_some());
    if !declared.is_empty() && are_known {
        let used = document.operations().filter_map(|operation| operation.node.get("tags"));
        let mut once = HashSet::new();
        let used = used.flat_map(Node::items).filter(|tag| once.insert(tag.text()));
        report.extend(used.filter_map(|tag| undeclared(tag, &declared)));
    }
}

/// The name of each tag that is declared, if it has one.
fn names_of<'t>(document: &Document<'t>) -> impl Iterator<Item = Option<Node<'t>>> {
    let tags = document.root().get("tags").into_iter().flat_map(Node::items);
    tags.map(|tag| tag.get("name").filter(|name| name.as_str().is_some()))
}

fn undeclared<'t>(
    tag: Node<'t>,
    declared: &BTreeMap<&str, Node<'_>>,
) -> Option<DiagnosticBuilder<'t>> {
    let name = tag.as_str().filter(|name| !declared.contains_key(name))?;
    let diagnostic = UNDECLARED_TAG.at(tag, format!("the tag `{name}` is not declared"));
    let meant = spelling::nearest(name, declared.keys().copied());
    Some(diagnostic.suggest(meant, "add it to the `tags` of the document"))
}

fn duplicate<'t>(name: Node<'t>, text: &str, first: Node<'_>) -> DiagnosticBuilder<'t> {
    DUPLICATE_TAG
        .at(name, format!("the tag `{text}` is declared twice"))
        .related(first, "the first one")
        .help("merge the two, or rename one of them")
}
