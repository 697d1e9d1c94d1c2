//! Reports components that nothing uses.

use std::{
    collections::{HashMap, HashSet},
    iter,
};

use document::{
    DiagnosticBuilder, Document, Entry, Kind, Node, NodeId, Report, structure::WRONG_TYPE,
};

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
    // If a reference or section is invalid, it is unknown which components are used.
    let is_unknown = suggestions.is_incomplete
        || sections.is_any_invalid()
        || document.structural_diagnostics().iter().any(|problem| problem.breaks(&WRONG_TYPE));
    // A document without operations is a collection of components for other documents.
    if document.operations().next().is_none() || is_unknown {
        return;
    }
    let uses = Uses::new(document, suggestions);
    for kind in KINDS {
        report.extend(document.components(kind).filter_map(|component| uses.unused(component)));
    }
}

/// The uses of components.
struct Uses {
    /// The components that other parts of the document use, directly or through other components.
    used: HashSet<NodeId>,
    /// The components that another component uses.
    used_by_components: HashSet<NodeId>,
}

/// A use of a component: the node that uses it, and a node in the component.
type Use<'t> = (Node<'t>, Node<'t>);

impl Uses {
    fn new<'t>(document: &Document<'t>, suggestions: &Suggestions<'t>) -> Self {
        let components = document.root().get("components");
        let uses = references(document, suggestions)
            .chain(addresses(document))
            .chain(requirements(document))
            .chain(mappings(document))
            .chain(subtypes(document));
        let mut uses_of: HashMap<Option<NodeId>, Vec<NodeId>> = HashMap::new();
        for (from, to) in uses {
            let from = component_around(from, components);
            uses_of.entry(from).or_default().extend(component_around(to, components));
        }
        let inner = uses_of.iter().filter_map(|(from, to)| Some((from.as_ref()?, to)));
        let inner = inner.flat_map(|(from, to)| to.iter().filter(move |to| *to != from));
        let used_by_components = inner.copied().collect();
        let mut used = HashSet::new();
        let mut open = uses_of.remove(&None).unwrap_or_default();
        while let Some(component) = open.pop() {
            if used.insert(component) {
                open.extend(uses_of.remove(&Some(component)).unwrap_or_default());
            }
        }
        Self { used, used_by_components }
    }

    fn unused<'t>(&self, component: Entry<'t>) -> Option<DiagnosticBuilder<'t>> {
        let (name, id) = (component.name(), component.value.id());
        let message = match self.used_by_components.contains(&id) {
            true => format!("`{name}` is used only by unused components"),
            false => format!("`{name}` is never used"),
        };
        let diagnostic = UNUSED_COMPONENT.at(component.key, message);
        (!self.used.contains(&id)).then(|| diagnostic.help("remove it, or refer to it"))
    }
}

/// Returns the component that a node is or belongs to.
fn component_around(node: Node<'_>, components: Option<Node<'_>>) -> Option<NodeId> {
    let is_component = |node: &Node<'_>| {
        let around = node.parent().and_then(Node::parent);
        around.is_some() && around == components
    };
    iter::successors(Some(node), |node| node.parent()).find(is_component).map(Node::id)
}

/// Returns the references, including references to misspelled components.
fn references<'d, 't>(
    document: &'d Document<'t>,
    suggestions: &'d Suggestions<'t>,
) -> impl Iterator<Item = Use<'t>> + 'd {
    document.references().iter().filter_map(move |reference| {
        let target = document.target(reference.target);
        Some((reference.node, target.or_else(|| Some(suggestions.of(reference)?.value))?))
    })
}

/// Returns every string that looks like a reference, even if a mistake around it hides the reference.
fn addresses<'d, 't>(document: &'d Document<'t>) -> impl Iterator<Item = Use<'t>> + 'd {
    document.tree.nodes().filter_map(move |node| {
        let text = node.as_str().filter(|text| text.starts_with("#/components/"))?;
        Some((node, document.target(text)?))
    })
}

fn requirements<'d, 't>(document: &'d Document<'t>) -> impl Iterator<Item = Use<'t>> + 'd {
    document.objects(Kind::SecurityRequirement).flat_map(Node::entries).filter_map(move |entry| {
        let scheme = suggestions::component(document, Kind::SecurityScheme, entry.name())?;
        Some((entry.key, scheme.value))
    })
}

fn mappings<'d, 't>(document: &'d Document<'t>) -> impl Iterator<Item = Use<'t>> + 'd {
    let discriminators = document.objects(Kind::Discriminator);
    discriminators.flat_map(|node| node.entries_of("mapping")).filter_map(move |entry| {
        let name = suggestions::last_step(entry.value.as_str()?);
        let schema = suggestions::component(document, Kind::Schema, name)?;
        Some((entry.value, schema.value))
    })
}

/// Returns the schemas whose `allOf` refers to a schema with a discriminator. They are used wherever that schema is
/// used.
fn subtypes<'d, 't>(document: &'d Document<'t>) -> impl Iterator<Item = Use<'t>> + 'd {
    document.references().iter().filter_map(move |reference| {
        let list = reference.node.parent().filter(|list| list.name() == Some("allOf"))?;
        let supertype = document.resolve(reference.node)?;
        supertype.get("discriminator")?;
        Some((supertype, list.parent()?))
    })
}
