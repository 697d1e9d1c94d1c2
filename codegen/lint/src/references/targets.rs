//! Rules about where `$ref` leads.

use std::collections::{BTreeMap, HashMap, HashSet};

use document::{DiagnosticBuilder, Document, Kind, Node, NodeId, Reference, Report};

use super::{
    DANGLING_REFERENCE, EXTERNAL_REFERENCE, REFERENCE_TO_ANOTHER_KIND, REFERENCE_TO_NO_COMPONENT,
    REFERENCED_PATH_ITEM,
    sections::{Absence, Sections},
    suggestions::{self, Suggestions, last_step},
};

pub(super) fn check(
    document: &Document<'_>,
    sections: &Sections,
    suggestions: &Suggestions<'_>,
    report: &mut Report,
) {
    let references = by_node(document);
    let mut known = HashSet::new();
    let mut wanted: BTreeMap<&str, Vec<DiagnosticBuilder<'_>>> = BTreeMap::new();
    for reference in document.references() {
        let absence = sections.absence_for(reference);
        let flaw = flaw(document, suggestions, &references, reference);
        // What is not there is one problem, however many references lead to it.
        let flaw = flaw.filter(|flaw| {
            !flaw.breaks(&DANGLING_REFERENCE)
                || known.insert((reference.expected, reference.target))
        });
        match absence {
            None if names_invalid(document, reference, report) => {}
            None => report.extend(flaw),
            Some(Absence::Missing(section)) => wanted.entry(section).or_default().extend(flaw),
            Some(Absence::Unsound) => {}
        }
    }
    report.extend(wanted.iter().filter_map(|(section, flaws)| missing(section, flaws)));
}

/// Whether what a reference names has been found invalid, be it of another kind or not.
fn names_invalid(document: &Document<'_>, reference: &Reference<'_>, report: &Report) -> bool {
    document.target(reference.target).is_some_and(|target| report.is_suppressed(target))
}

type References<'t> = HashMap<NodeId, Reference<'t>>;

fn by_node<'t>(document: &Document<'t>) -> References<'t> {
    document.references().iter().map(|reference| (reference.node.id(), *reference)).collect()
}

fn flaw<'t>(
    document: &Document<'t>,
    suggestions: &Suggestions<'t>,
    references: &References<'t>,
    reference: &Reference<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    if is_path(document, reference) {
        return Some(referenced_path_item(reference));
    }
    if !reference.target.starts_with('#') {
        return Some(external(document, reference));
    }
    let Some(target) = document.target(reference.target) else {
        return Some(dangling(suggestions, reference));
    };
    of_another_kind(document, references, reference, target)
        .or_else(|| to_no_component(document, reference, target))
}

fn dangling<'t>(suggestions: &Suggestions<'t>, reference: &Reference<'t>) -> DiagnosticBuilder<'t> {
    let Reference { value, target, expected, .. } = reference;
    let message = match component_of(target, *expected) {
        Some(name) => format!("there is no {} `{name}`", noun(*expected)),
        None => format!("`{target}` leads nowhere"),
    };
    let diagnostic = DANGLING_REFERENCE.at(*value, message);
    match (suggestions.of(reference), expected.section()) {
        (Some(meant), Some(section)) => {
            diagnostic.help(format!("write `#/components/{section}/{}`", meant.name()))
        }
        (None, Some(section)) => {
            diagnostic.help(format!("add it to `components.{section}`, or refer to another"))
        }
        (_, None) => diagnostic.help("refer to something that is there"),
    }
}

/// Says once that a section is missing, if several of its components are.
fn missing<'t>(section: &str, flaws: &[DiagnosticBuilder<'t>]) -> Option<DiagnosticBuilder<'t>> {
    let first = flaws.first()?;
    if flaws.len() == 1 {
        return Some(first.clone());
    }
    let count = flaws.len();
    let message = format!("there is no `{section}`, where {count} references look for something");
    let help = "add it; if it was there, the end of the document may be missing";
    Some(DANGLING_REFERENCE.at(first.node(), message).help(help))
}

/// The name in a reference that has the form of one to a component of the kind.
fn component_of(target: &str, kind: Kind) -> Option<&str> {
    let name = target.strip_prefix("#/components/")?.strip_prefix(kind.section()?)?;
    name.strip_prefix('/').filter(|name| !name.is_empty() && !name.contains('/'))
}

fn external<'t>(document: &Document<'t>, reference: &Reference<'t>) -> DiagnosticBuilder<'t> {
    let Reference { value, target, expected, .. } = reference;
    let message = match target.is_empty() {
        true => "an empty reference leads nowhere".to_owned(),
        false => format!("`{target}` leads out of the document"),
    };
    let diagnostic = EXTERNAL_REFERENCE.at(*value, message);
    match canonical(document, *expected, last_step(target)) {
        Some(meant) => diagnostic.help(format!("write `{meant}`")),
        None => {
            diagnostic.help("copy what it names into this document, or bundle the files into one")
        }
    }
}

/// The reference to a component of a kind, if there is one of the name.
fn canonical(document: &Document<'_>, kind: Kind, name: &str) -> Option<String> {
    let section = kind.section()?;
    document.root().get("components")?.get(section)?.get(name)?;
    Some(format!("#/components/{section}/{name}"))
}

fn of_another_kind<'t>(
    document: &Document<'t>,
    references: &References<'t>,
    reference: &Reference<'t>,
    target: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let Reference { value, expected, .. } = reference;
    let expects = references.get(&target.id()).map(|next| next.expected);
    let wanted = expected.object().name;
    let message = match document.kind(target).or(expects) {
        Some(kind) if kind == *expected => return None,
        Some(kind) => format!("this is {} and not {wanted}", kind.object().name),
        // Below `x-` anything may stand.
        None if target.is_object() => return None,
        None => format!("this is {} and not {wanted}", target.value().describe()),
    };
    let diagnostic = REFERENCE_TO_ANOTHER_KIND.at(*value, message).related(target, "what it names");
    let name = last_step(reference.target);
    Some(match suggestions::component(document, *expected, name).zip(expected.section()) {
        Some((meant, section)) => {
            diagnostic.help(format!("write `#/components/{section}/{}`", meant.name()))
        }
        None => diagnostic.help(format!("refer to {wanted}")),
    })
}

/// What the generator takes references to; it does not look at headers, examples and links.
const GENERATED: [Kind; 4] = [Kind::Schema, Kind::Parameter, Kind::RequestBody, Kind::Response];

fn to_no_component<'t>(
    document: &Document<'t>,
    reference: &Reference<'t>,
    target: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let Reference { value, target: text, expected, .. } = reference;
    let section = expected.section().filter(|_| GENERATED.contains(expected))?;
    let section_node = document.root().get("components").and_then(|all| all.get(section));
    let is_component = target.parent().is_some() && target.parent() == section_node;
    let name = target.name().unwrap_or_default();
    let plain = format!("#/components/{section}/{name}");
    if is_component && plain == *text {
        return None;
    }
    let taken_for = last_step(text);
    let message = format!("the generator takes this for the {} `{taken_for}`", noun(*expected));
    let diagnostic = REFERENCE_TO_NO_COMPONENT.at(*value, message);
    Some(match is_component {
        true => diagnostic.help(format!("write `{plain}`")),
        false => diagnostic
            .related(target, "what it names")
            .help(format!("move what it names to `components.{section}`, and refer to that")),
    })
}

fn is_path(document: &Document<'_>, reference: &Reference<'_>) -> bool {
    reference.expected == Kind::PathItem && reference.node.parent() == document.root().get("paths")
}

fn referenced_path_item<'t>(reference: &Reference<'t>) -> DiagnosticBuilder<'t> {
    let message = "the generator does not follow the reference of a path";
    REFERENCED_PATH_ITEM.at(reference.value, message).help("write the operations here")
}

/// A kind without its article.
fn noun(kind: Kind) -> &'static str {
    let name = kind.object().name;
    name.strip_prefix("a ").or_else(|| name.strip_prefix("an ")).unwrap_or(name)
}
