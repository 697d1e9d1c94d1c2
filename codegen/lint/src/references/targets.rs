//! Checks the targets of `$ref`.

use std::collections::{BTreeMap, HashMap, HashSet};

use document::{DiagnosticBuilder, Document, Kind, Node, NodeId, Reference, Report};

use super::{
    CYCLIC_REFERENCE, DANGLING_REFERENCE, EXTERNAL_REFERENCE, REFERENCE_TO_ANOTHER_KIND,
    REFERENCE_TO_NO_COMPONENT, REFERENCED_PATH_ITEM,
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
    let mut reported = HashSet::new();
    let mut missing: BTreeMap<&str, Vec<DiagnosticBuilder<'_>>> = BTreeMap::new();
    for reference in document.references() {
        let diagnostic = diagnostic(document, suggestions, &references, reference);
        // A missing target is one mistake, no matter how many references point to it.
        let diagnostic = diagnostic.filter(|diagnostic| {
            !diagnostic.breaks(&DANGLING_REFERENCE)
                || reported.insert((reference.expected, reference.target))
        });
        match sections.absence_for(reference) {
            // Another rule has reported the invalid target.
            None if is_target_invalid(document, reference, report) => {}
            None => report.extend(diagnostic),
            Some(Absence::Missing(section)) => {
                missing.entry(section).or_default().extend(diagnostic);
            }
            Some(Absence::Invalid) => {}
        }
    }
    report.extend(missing.iter().filter_map(|(section, all)| missing_section(section, all)));
}

fn is_target_invalid(document: &Document<'_>, reference: &Reference<'_>, report: &Report) -> bool {
    document.target(reference.target).is_some_and(|target| report.is_suppressed(target))
}

type References<'t> = HashMap<NodeId, Reference<'t>>;

fn by_node<'t>(document: &Document<'t>) -> References<'t> {
    document.references().iter().map(|reference| (reference.node.id(), *reference)).collect()
}

fn diagnostic<'t>(
    document: &Document<'t>,
    suggestions: &Suggestions<'t>,
    references: &References<'t>,
    reference: &Reference<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    if is_path(document, reference) {
        let message = "the generator does not resolve a reference in place of a path item";
        return Some(
            REFERENCED_PATH_ITEM.at(reference.value, message).help("write the operations here"),
        );
    }
    if !reference.target.starts_with('#') {
        return Some(external(document, reference));
    }
    let Some(target) = document.target(reference.target) else {
        return Some(dangling(suggestions, reference));
    };
    other_kind(document, references, reference, target)
        .or_else(|| not_a_component(document, reference, target))
}

fn is_path(document: &Document<'_>, reference: &Reference<'_>) -> bool {
    reference.expected == Kind::PathItem && reference.node.parent() == document.root().get("paths")
}

fn dangling<'t>(suggestions: &Suggestions<'t>, reference: &Reference<'t>) -> DiagnosticBuilder<'t> {
    let Reference { value, target, expected, .. } = reference;
    let message = match component_name(target, *expected) {
        Some(name) => format!("there is no {} `{name}`", noun(*expected)),
        None => format!("`{target}` does not exist"),
    };
    let help = match (suggestions.of(reference), expected.section()) {
        (Some(meant), Some(section)) => format!("write `#/components/{section}/{}`", meant.name()),
        (None, Some(section)) => format!("add it to `components.{section}`, or refer to another"),
        (_, None) => "refer to a part of this document".to_owned(),
    };
    DANGLING_REFERENCE.at(*value, message).help(help)
}

/// Reports a missing section once, even if several references point into it.
fn missing_section<'t>(
    section: &str,
    dangling: &[DiagnosticBuilder<'t>],
) -> Option<DiagnosticBuilder<'t>> {
    let first = dangling.first()?;
    if dangling.len() == 1 {
        return Some(first.clone());
    }
    let message =
        format!("there is no `{section}`, but {} references point into it", dangling.len());
    let help = "add it; if it existed before, the end of the document may be missing";
    Some(DANGLING_REFERENCE.at(first.node(), message).help(help))
}

/// Returns the component name in a reference, if the reference has the right form for a component of this kind.
fn component_name(target: &str, kind: Kind) -> Option<&str> {
    let name = target.strip_prefix("#/components/")?.strip_prefix(kind.section()?)?;
    name.strip_prefix('/').filter(|name| !name.is_empty() && !name.contains('/'))
}

fn external<'t>(document: &Document<'t>, reference: &Reference<'t>) -> DiagnosticBuilder<'t> {
    let Reference { value, target, expected, .. } = reference;
    let message = match target.is_empty() {
        true => "the reference is empty".to_owned(),
        false => format!("`{target}` refers to another document"),
    };
    let help = match canonical(document, *expected, last_step(target)) {
        Some(meant) => format!("write `{meant}`"),
        None => "copy the target into this document, or bundle the files into one".to_owned(),
    };
    EXTERNAL_REFERENCE.at(*value, message).help(help)
}

/// Returns the reference to a component by its kind and name, if the component exists.
fn canonical(document: &Document<'_>, kind: Kind, name: &str) -> Option<String> {
    document.component(kind, name)?;
    Some(format!("#/components/{}/{name}", kind.section()?))
}

fn other_kind<'t>(
    document: &Document<'t>,
    references: &References<'t>,
    reference: &Reference<'t>,
    target: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let Reference { value, expected, .. } = reference;
    let next = references.get(&target.id()).map(|next| next.expected);
    let found = match document.kind(target).or(next) {
        Some(kind) if kind == *expected => return None,
        Some(kind) => kind.object().name,
        // An object under an extension can be of any kind.
        None if target.is_object() => return None,
        None => target.value().describe(),
    };
    let wanted = expected.object().name;
    let message = format!("the target must be {wanted}, but is {found}");
    let diagnostic = REFERENCE_TO_ANOTHER_KIND.at(*value, message).related(target, "the target");
    let name = last_step(reference.target);
    Some(match suggestions::component(document, *expected, name).zip(expected.section()) {
        Some((meant, section)) => {
            diagnostic.help(format!("write `#/components/{section}/{}`", meant.name()))
        }
        None => diagnostic.help(format!("refer to {wanted}")),
    })
}

/// The kinds of references that progenitor resolves, using only their last step. It ignores headers, examples and
/// links.
const GENERATED: [Kind; 4] = [Kind::Schema, Kind::Parameter, Kind::RequestBody, Kind::Response];

fn not_a_component<'t>(
    document: &Document<'t>,
    reference: &Reference<'t>,
    target: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let Reference { value, target: text, expected, .. } = reference;
    let section = expected.section().filter(|_| GENERATED.contains(expected))?;
    let is_component = document.component_name(*expected, target).is_some();
    let plain = format!("#/components/{section}/{}", target.name().unwrap_or_default());
    if is_component && plain == *text {
        return None;
    }
    let name = last_step(text);
    let message = format!("the generator reads this as the {} `{name}`", noun(*expected));
    let diagnostic = REFERENCE_TO_NO_COMPONENT.at(*value, message);
    Some(match is_component {
        true => diagnostic.help(format!("write `{plain}`")),
        false => diagnostic
            .related(target, "the target")
            .help(format!("move the target to `components.{section}`, and refer to that")),
    })
}

/// Returns the name of a kind without its article.
fn noun(kind: Kind) -> &'static str {
    let name = kind.object().name;
    name.strip_prefix("a ").or_else(|| name.strip_prefix("an ")).unwrap_or(name)
}

/// Reports each cycle at its first reference. References that point into a cycle are themselves valid.
pub(super) fn cycles(document: &Document<'_>, report: &mut Report) {
    let references = by_node(document);
    let next = |reference: NodeId| {
        let target = document.target(references.get(&reference)?.target)?.id();
        references.contains_key(&target).then_some(target)
    };
    let starts = document.references().iter().map(|reference| reference.node.id());
    for cycle in crate::cycles::cycles(starts, next) {
        let mut cycle = cycle.iter().filter_map(|reference| references.get(reference));
        report.extend(cycle.next().map(|first| cyclic(first, cycle.next_back())));
    }
}

fn cyclic<'t>(first: &Reference<'t>, last: Option<&Reference<'t>>) -> DiagnosticBuilder<'t> {
    let expected = first.expected.object().name;
    let message = format!("this reference leads back to itself and never reaches {expected}");
    let help = format!("write {expected} in its place");
    let diagnostic = CYCLIC_REFERENCE.at(first.value, message).help(help);
    diagnostic.related(last.map(|last| last.value), "the reference that closes the cycle")
}
