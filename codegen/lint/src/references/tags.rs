//! Tags of operations.

use std::collections::{BTreeMap, HashSet};

use document::{DiagnosticBuilder, Document, Node, Report, duplicates::find_duplicates, spelling};

use super::{DUPLICATE_TAG, UNDECLARED_TAG};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let names: Vec<(&str, Node<'_>)> = names(document).flatten().collect();
    report.extend(duplicates(names.iter().copied()));
    let declared: BTreeMap<&str, Node<'_>> = names.into_iter().collect();
    // OpenAPI allows undeclared tags, but a document that declares some should declare all.
    let are_known = self::names(document).all(|name| name.is_some());
    if !declared.is_empty() && are_known {
        let used = document.operations().flat_map(|operation| operation.node.items_of("tags"));
        let mut once = HashSet::new();
        let used = used.filter(|tag| once.insert(tag.text()));
        report.extend(used.filter_map(|tag| undeclared(tag, &declared)));
    }
}

/// Returns the name of each declared tag, if it has a valid one.
fn names<'t>(document: &Document<'t>) -> impl Iterator<Item = Option<(&'t str, Node<'t>)>> {
    let tags = document.root().items_of("tags");
    tags.map(|tag| tag.get("name").and_then(|name| Some((name.as_str()?, name))))
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

fn duplicates<'t>(
    names: impl Iterator<Item = (&'t str, Node<'t>)>,
) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    find_duplicates(names).map(|(text, name, first)| {
        DUPLICATE_TAG
            .at(name, format!("the tag `{text}` is declared twice"))
            .related(first, "first declaration")
            .help("merge the two, or rename one of them")
    })
}
