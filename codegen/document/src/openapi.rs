//! The OpenAPI view of a document: kinds of nodes, operations, components and references.

use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;

use super::{
    model::Kind,
    rule::DiagnosticBuilder,
    spelling,
    tree::{Entry, Node, NodeId, Tree},
    walk::{self, Reference, Walk},
};

/// An OpenAPI 3.0 document.
pub struct Document<'t> {
    pub tree: &'t Tree,
    walk: Walk<'t>,
    /// The kind of each node, by its index.
    kinds: Vec<Option<Kind>>,
    /// The node that each distinct `$ref` string points to.
    addressed: HashMap<&'t str, Option<Node<'t>>>,
    /// The node that each reference finally resolves to.
    targets: HashMap<NodeId, Option<Node<'t>>>,
    /// The objects with a member that violates the model.
    invalid: HashSet<NodeId>,
    is_valid: bool,
}

/// An operation below `paths`.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'t> {
    /// The operation object; its key is the method.
    pub node: Node<'t>,
    /// The path item that contains the operation; its key is the path.
    pub item: Node<'t>,
    /// The method in lower case, as in the document.
    pub method: &'t str,
    pub path: &'t str,
}

impl<'t> Operation<'t> {
    /// Returns the `operationId`.
    pub fn id(&self) -> Option<&'t str> {
        self.node.get_str("operationId")
    }

    /// Returns the `operationId`, or the method and the path if there is none.
    pub fn name(&self) -> String {
        let address = || format!("{} {}", self.method.to_uppercase(), self.path);
        self.id().map_or_else(address, str::to_owned)
    }
}

impl<'t> Document<'t> {
    /// Walks a tree according to the object model of OpenAPI 3.0.
    pub fn new(tree: &'t Tree) -> Self {
        let walk = walk::walk(tree);
        let mut kinds = vec![None; tree.len()];
        for (kind, node) in &walk.objects {
            kinds[node.id().index()] = Some(*kind);
        }
        let parents = walk.diagnostics.iter().filter_map(|diagnostic| diagnostic.node().parent());
        let invalid = parents.map(Node::id).collect();
        let (addressed, targets) = (addressed(tree, &walk.references), HashMap::new());
        let mut document = Self { tree, walk, kinds, addressed, targets, invalid, is_valid: false };
        document.targets = document.resolved_targets();
        document.is_valid =
            document.walk.diagnostics.is_empty() && document.targets.values().all(Option::is_some);
        document
    }

    /// Resolves every reference. References in the same chain share the result, so a long chain is followed only once.
    fn resolved_targets(&self) -> HashMap<NodeId, Option<Node<'t>>> {
        let mut targets = HashMap::new();
        for reference in &self.walk.references {
            let mut chain = Vec::new();
            let mut at = Some(reference.node);
            while let Some((node, target)) = at.and_then(|node| Some((node, reference_of(node)?))) {
                if let Some(end) = targets.get(&node.id()) {
                    at = *end;
                    break;
                }
                // A chain that returns to this node is a cycle, and has no target.
                targets.insert(node.id(), None);
                chain.push(node.id());
                at = self.target(target);
            }
            targets.extend(chain.into_iter().map(|node| (node, at)));
        }
        targets
    }

    /// Returns the root object.
    pub fn root(&self) -> Node<'t> {
        self.tree.root()
    }

    /// Returns all objects of a kind, excluding references, in document order.
    pub fn objects(&self, kind: Kind) -> impl Iterator<Item = Node<'t>> + '_ {
        self.walk.objects.iter().filter(move |(other, _)| *other == kind).map(|(_, node)| *node)
    }

    /// Returns the kind of object that the model defines at a node's location.
    pub fn kind(&self, node: Node<'_>) -> Option<Kind> {
        self.kinds.get(node.id().index()).copied().flatten()
    }

    /// Returns every `$ref` at a location where the model allows references, including path items.
    pub fn references(&self) -> &[Reference<'t>] {
        &self.walk.references
    }

    /// Returns the path items below `paths`, in document order.
    pub fn path_items(&self) -> impl Iterator<Item = Node<'t>> + '_ {
        let paths = self.root().get("paths");
        self.objects(Kind::PathItem).filter(move |item| item.parent() == paths)
    }

    /// Returns all operations below `paths`, in document order.
    pub fn operations(&self) -> impl Iterator<Item = Operation<'t>> + '_ {
        let paths = self.root().get("paths");
        self.objects(Kind::Operation).filter_map(move |node| {
            let item = node.parent()?;
            let (method, path) = (node.name()?, item.name()?);
            (item.parent() == paths).then_some(Operation { node, item, method, path })
        })
    }

    /// Returns the components of a kind, each with its name as the key.
    pub fn components(&self, kind: Kind) -> impl Iterator<Item = Entry<'t>> + use<'t> {
        let components = self.root().get("components");
        kind.section()
            .zip(components)
            .into_iter()
            .flat_map(|(section, all)| all.entries_of(section))
    }

    /// Returns the component of a kind by its name.
    pub fn component(&self, kind: Kind, name: &str) -> Option<Entry<'t>> {
        self.root().get("components")?.get(kind.section()?)?.entry(name)
    }

    /// Returns the name of a node that is a component of a kind; `None` for any other node.
    pub fn component_name(&self, kind: Kind, node: Node<'t>) -> Option<&'t str> {
        let name = node.name()?;
        self.component(kind, name).filter(|component| component.value == node).map(|_| name)
    }

    /// Returns the node itself, or the node at the end of its chain of references. Returns `None` if the chain is a
    /// cycle, leaves the document, or ends at a node that does not exist.
    pub fn resolve(&self, node: Node<'t>) -> Option<Node<'t>> {
        let mut node = node;
        // `targets` lacks references at locations where the model allows none, but these can form a cycle too.
        for _ in 0..=self.walk.references.len() {
            let Some(target) = reference_of(node) else { return Some(node) };
            if let Some(end) = self.targets.get(&node.id()) {
                return *end;
            }
            node = self.target(target)?;
        }
        None
    }

    /// Returns the node that a reference such as `#/components/schemas/Overage` points to. The node can itself be a
    /// reference.
    pub fn target(&self, reference: &str) -> Option<Node<'t>> {
        let addressed = self.addressed.get(reference);
        addressed.copied().unwrap_or_else(|| target(self.tree, reference))
    }

    /// Returns the schema that a value in a discriminator's `mapping` refers to, by name or as a reference.
    pub fn mapped(&self, text: &str) -> Option<Node<'t>> {
        let named = self.component(Kind::Schema, text).map(|schema| schema.value);
        named.or_else(|| self.target(text))
    }

    /// Returns true if an object lacks a member and has no misspelling of it, which another rule would report.
    pub fn lacks(&self, node: Node<'_>, name: &str) -> bool {
        node.is_object()
            && node.get(name).is_none()
            && !spelling::has_misspelling(node, self.kind(node), name)
    }

    /// Returns true if a member of an object violates the model, so it is unclear what the author intended.
    pub fn has_structural_error(&self, object: Node<'_>) -> bool {
        self.invalid.contains(&object.id())
    }

    /// Returns the resolved parameters of an operation: its own, and the parameters of its path item that it does not
    /// override.
    pub fn parameters(&self, operation: &Operation<'t>) -> Vec<Node<'t>> {
        let mut parameters = self.parameters_in(operation.node);
        for shared in self.parameters_in(operation.item) {
            if !parameters.iter().any(|own| identity(*own) == identity(shared)) {
                parameters.push(shared);
            }
        }
        parameters
    }

    /// Returns the resolved parameters that a path item or an operation itself lists.
    fn parameters_in(&self, node: Node<'t>) -> Vec<Node<'t>> {
        let listed = node.items_of("parameters");
        listed.filter_map(|parameter| self.resolve(parameter)).collect()
    }

    /// Returns the resolved response of an operation to a status: the one for the code itself, or else the one for its
    /// range, or else the default.
    pub fn response(&self, operation: &Operation<'t>, status: u16) -> Option<Node<'t>> {
        let responses = operation.node.get("responses")?;
        let keys = [status.to_string(), format!("{}XX", status / 100), "default".to_owned()];
        self.resolve(keys.iter().find_map(|key| responses.get(key))?)
    }

    /// Returns true if every object follows the object model and every reference resolves, so that a value without
    /// violations is known to match its schema.
    pub fn is_valid(&self) -> bool {
        self.is_valid
    }

    /// Returns the violations of the object model, which the object model rules report.
    pub fn structural_diagnostics(&self) -> &[DiagnosticBuilder<'t>] {
        &self.walk.diagnostics
    }
}

/// Looks up each distinct reference string once, since most of them are repeated.
fn addressed<'t>(
    tree: &'t Tree,
    references: &[Reference<'t>],
) -> HashMap<&'t str, Option<Node<'t>>> {
    let mut addressed = HashMap::new();
    for reference in references {
        addressed.entry(reference.target).or_insert_with(|| target(tree, reference.target));
    }
    addressed
}

fn target<'t>(tree: &'t Tree, reference: &str) -> Option<Node<'t>> {
    let pointer = percent_decode_str(reference.strip_prefix('#')?).decode_utf8().ok()?;
    tree.at(&pointer)
}

/// Returns the `$ref` string of a node.
fn reference_of(node: Node<'_>) -> Option<&str> {
    node.get_str("$ref")
}

/// Returns the name and the location of a parameter, which together identify it.
fn identity(parameter: Node<'_>) -> (Option<&str>, Option<&str>) {
    let text = |key| parameter.get_str(key);
    (text("name"), text("in"))
}
