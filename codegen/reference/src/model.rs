//! The models of the document and their members.

use std::collections::BTreeMap;

use document::{
    Document, Kind as ObjectKind, Node,
    parts::{composed, requires},
};

use crate::{
    basis::{Basis, Kind},
    page::Page,
};

/// A component schema.
#[derive(Debug)]
pub(crate) struct Model<'t> {
    pub(crate) name: &'t str,
    pub(crate) node: Node<'t>,
    pub(crate) basis: Basis<'t>,
    pub(crate) page: Option<Page<'t>>,
    pub(crate) members: Vec<Member<'t>>,
}

/// A property of a model, or of an object within it.
#[derive(Debug)]
pub(crate) struct Member<'t> {
    /// The names of the properties from the model to this one.
    pub(crate) path: Vec<String>,
    /// The schema, or a reference to one.
    pub(crate) node: Node<'t>,
    pub(crate) is_required: bool,
    pub(crate) basis: Basis<'t>,
    /// True if the member states no basis, and so inherits the basis of its model or of the member that contains it.
    pub(crate) is_inherited: bool,
}

impl Member<'_> {
    /// Returns the path, separated by periods.
    pub(crate) fn name(&self) -> String {
        self.path.join(".")
    }
}

/// Returns the models in document order.
pub(crate) fn models<'t>(document: &Document<'t>) -> Vec<Model<'t>> {
    let components = document.components(ObjectKind::Schema);
    components.map(|entry| model(entry.name(), entry.value)).collect()
}

fn model<'t>(name: &'t str, node: Node<'t>) -> Model<'t> {
    let basis = Basis::of(node);
    let mut members = Vec::new();
    collect(node, &[], basis, &mut members);
    tell_apart(&mut members);
    Model { name, node, basis, page: Page::of(node), members }
}

/// Collects the members of a schema and of the schemas within it, but not of the schemas that it refers to. The
/// recursion is limited by the depth of the tree.
fn collect<'t>(
    schema: Node<'t>,
    path: &[String],
    around: Basis<'t>,
    members: &mut Vec<Member<'t>>,
) {
    for property in schema.entries_of("properties") {
        let (own, node) = (Basis::named_by(property.value), property.value);
        let basis = own.unwrap_or(around);
        let path: Vec<String> = path.iter().cloned().chain([property.name().to_owned()]).collect();
        let is_required = requires(schema, property.name());
        members.push(Member {
            path: path.clone(),
            node,
            is_required,
            basis,
            is_inherited: own.is_none(),
        });
        collect(node, &path, basis, members);
    }
    for part in parts(schema) {
        collect(part, path, Basis::named_by(part).unwrap_or(around), members);
    }
}

/// Returns the schemas within a schema that are not properties.
fn parts(schema: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let one =
        ["items", "additionalProperties", "not"].into_iter().filter_map(move |key| schema.get(key));
    one.chain(composed(schema))
}

/// Numbers members with the same path, which can occur in different alternatives.
fn tell_apart(members: &mut [Member<'_>]) {
    let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for member in members {
        let count = seen.entry(member.path.clone()).or_default();
        *count += 1;
        if let (2.., Some(last)) = (*count, member.path.last_mut()) {
            *last = format!("{last} ({count})");
        }
    }
}

/// The kind of object that a component schema is, as readers know it.
pub(crate) const MODEL: &str = "model";

/// Returns the number of members that rest on a kind of evidence.
pub(crate) fn count<'m>(members: impl IntoIterator<Item = &'m Member<'m>>, kind: Kind) -> usize {
    members.into_iter().filter(|member| member.basis.kind == kind).count()
}

/// A statement, other than a member, that states its basis: a parameter, a header, a response, a model or an operation.
pub(crate) struct Statement<'t> {
    /// The kind of object, as readers know it.
    pub(crate) object: &'static str,
    pub(crate) name: &'t str,
    pub(crate) basis: Basis<'t>,
}

/// Returns the components and operations that state their basis, in document order.
pub(crate) fn statements<'t>(document: &Document<'t>) -> Vec<Statement<'t>> {
    let operations = document.operations().map(|operation| {
        let id = operation.node.get_str("operationId");
        ("operation", id.unwrap_or(operation.path), operation.node)
    });
    let kinds = [
        (ObjectKind::Schema, MODEL),
        (ObjectKind::Response, "response"),
        (ObjectKind::Parameter, "parameter"),
        (ObjectKind::Header, "header"),
        (ObjectKind::RequestBody, "request body"),
    ];
    let components = kinds.into_iter().flat_map(|(kind, object)| {
        document.components(kind).map(move |entry| (object, entry.name(), entry.value))
    });
    let named = operations.chain(components).filter_map(|(object, name, node)| {
        Some(Statement { object, name, basis: Basis::named_by(node)? })
    });
    named.collect()
}
