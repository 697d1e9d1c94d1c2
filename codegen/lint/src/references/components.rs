//! Components that nothing uses.

use std::collections::{HashMap, HashSet};

use document::{Document, Kind, Node, NodeId, Report, structure::WRONG_TYPE};

use super::{
    UNUSED_COMPONENT,
    sections::{KINDS, Sections},
    suggestions::{self, Suggestions},
};

pub(super) fn check(
    document: &Document<'_>,
    sections: &Sections,
    suggestions: &Suggestions<'_>,
    report: &mut Report,
) {
    // A document without operations is a collection of components for others, and where references lead nowhere
    // or are none nobody knows what is used.
    let is_unknown = suggestions.gave_up
        || sections.hide_components()
        || document.structural_diagnostics().iter().any(|flaw| flaw.breaks(&WRONG_TYPE));
    if document.operations().next().is_none() || is_unknown {
        return;
    }
    let uses = uses(document, suggestions);
    let used = reached(&uses);
    let mentioned: HashSet<NodeId> =
        uses.iter().filter(|(from, to)| *from != Some(*to)).map(|(_, to)| *to).collect();
    for kind in KINDS {
        let unused =
            document.components(kind).filter(|component| !used.contains(&component.value.id()));
        report.extend(unused.map(|component| {
            let message = match mentioned.contains(&component.value.id()) {
                true => format!("only unused components use `{}`", component.name()),
                false => format!("nothing uses `{}`", component.name()),
            };
            UNUSED_COMPONENT.at(component.key, message).help("remove it, or refer to it")
        }));
    }
}

/// A component that is used, and the component in which that is said, if it is one.
type Use = (Option<NodeId>, NodeId);

fn uses(document: &Document<'_>, suggestions: &Suggestions<'_>) -> Vec<Use> {
    let components = document.root().get("components");
    let component = |node| component_around(node, components);
    references(document, suggestions)
        .chain(addresses(document))
        .chain(requirements(document))
        .chain(mappings(document))
        .chain(heirs(document))
        .filter_map(|(from, to)| Some((component(from), component(to)?)))
        .collect()
}

/// The component that a node is or in which it stands.
fn component_around(node: Node<'_>, components: Option<Node<'_>>) -> Option<NodeId> {
    let is_component = |node: &Node<'_>| {
        let around = node.parent().and_then(Node::parent);
        around.is_some() && around == components
    };
    std::iter::successors(Some(node), |node| node.parent()).find(is_component).map(Node::id)
}

/// What leads somewhere, or would if it were spelt right.
fn references<'d, 't>(
    document: &'d Document<'t>,
    suggestions: &'d Suggestions<'t>,
) -> impl Iterator<Item = (Node<'t>, Node<'t>)> + 'd {
    document.references().iter().filter_map(move |reference| {
        let target = document.target(reference.target);
        Some((reference.node, target.or_else(|| Some(suggestions.of(reference)?.value))?))
    })
}

/// Whatever has the form of a reference, even where it is none because something around it is wrong.
fn addresses<'d, 't>(
    document: &'d Document<'t>,
) -> impl Iterator<Item = (Node<'t>, Node<'t>)> + 'd {
    document.tree.nodes().filter_map(move |node| {
        let text = node.as_str().filter(|text| text.starts_with("#/components/"))?;
        Some((node, document.target(text)?))
    })
}

fn requirements<'d, 't>(
    document: &'d Document<'t>,
) -> impl Iterator<Item = (Node<'t>, Node<'t>)> + 'd {
    document.objects(Kind::SecurityRequirement).flat_map(Node::entries).filter_map(move |entry| {
        let scheme = suggestions::component(document, Kind::SecurityScheme, entry.name())?;
        Some((entry.key, scheme.value))
    })
}

fn mappings<'d, 't>(document: &'d Document<'t>) -> impl Iterator<Item = (Node<'t>, Node<'t>)> + 'd {
    let mappings = document.objects(Kind::Discriminator).filter_map(|node| node.get("mapping"));
    mappings.flat_map(Node::entries).filter_map(move |entry| {
        let name = suggestions::last_step(entry.value.as_str()?);
        let schema = suggestions::component(document, Kind::Schema, name)?;
        Some((entry.value, schema.value))
    })
}

/// A schema with a discriminator stands for all that inherit from it by `allOf`, too.
fn heirs<'d, 't>(document: &'d Document<'t>) -> impl Iterator<Item = (Node<'t>, Node<'t>)> + 'd {
    document.references().iter().filter_map(move |reference| {
        let list = reference.node.parent().filter(|list| list.name() == Some("allOf"))?;
        let ancestor = document.resolve(reference.node)?;
        ancestor.get("discriminator")?;
        Some((ancestor, list.parent()?))
    })
}

/// The components that something outside of the components uses, directly or by others.
fn reached(uses: &[Use]) -> HashSet<NodeId> {
    let mut within: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
    let mut open = Vec::new();
    for (from, to) in uses {
        match from {
            Some(component) => within.entry(*component).or_default().push(*to),
            None => open.push(*to),
        }
    }
    let mut reached = HashSet::new();
    while let Some(component) = open.pop() {
        if reached.insert(component) {
            open.extend(within.remove(&component).unwrap_or_default());
        }
    }
    reached
}
