//! The document as OpenAPI: what each node is, and what refers to what.

use std::collections::{HashMap, HashSet};

use super::{
    model::Kind,
    rule::DiagnosticBuilder,
    spelling,
    tree::{Entry, Node, NodeId, Tree},
    walk::{self, Reference, Walk},
};

/// A document that says that it is OpenAPI 3.0.
pub struct Document<'t> {
    /// The tree, for rules about YAML.
    pub tree: &'t Tree,
    walk: Walk<'t>,
    kinds: HashMap<NodeId, Kind>,
    /// What each reference leads to at the end of its chain.
    ends: HashMap<NodeId, Option<Node<'t>>>,
    /// The objects of which a member breaks the model.
    doubtful: HashSet<NodeId>,
}

/// An operation below `paths`.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'t> {
    /// The operation itself; its key is the method.
    pub node: Node<'t>,
    /// The path item in which it stands; its key is the path.
    pub item: Node<'t>,
    /// The method in lower case, as it stands in the document.
    pub method: &'t str,
    /// The path, with its template.
    pub path: &'t str,
}

impl<'t> Document<'t> {
    /// Walks a tree along the object model of OpenAPI 3.0.
    #[must_use]
    pub fn new(tree: &'t Tree) -> Self {
        let walk = walk::along_the_model(tree.root());
        let kinds = walk.objects.iter().map(|(kind, node)| (node.id(), *kind)).collect();
        let around = walk.flaws.iter().filter_map(|flaw| flaw.node().parent());
        let doubtful = around.map(Node::id).collect();
        let mut document = Self { tree, walk, kinds, ends: HashMap::new(), doubtful };
        document.ends = document.ends();
        document
    }

    /// Follows each reference once, for chains may be long.
    fn ends(&self) -> HashMap<NodeId, Option<Node<'t>>> {
        let mut ends = HashMap::new();
        for reference in &self.walk.references {
            let mut chain = Vec::new();
            let mut at = Some(reference.node);
            while let Some((node, target)) = at.and_then(|node| Some((node, reference_of(node)?))) {
                // What is met again leads in a circle, and to nothing.
                if let Some(end) = ends.get(&node.id()) {
                    at = *end;
                    break;
                }
                ends.insert(node.id(), None);
                chain.push(node.id());
                at = self.target(target);
            }
            ends.extend(chain.into_iter().map(|node| (node, at)));
        }
        ends
    }

    /// The outermost object.
    pub fn root(&self) -> Node<'t> {
        self.tree.root()
    }

    /// Every object of a kind, wherever it stands, in the document's order; references are none.
    pub fn objects(&self, kind: Kind) -> impl Iterator<Item = Node<'t>> + '_ {
        self.walk.objects.iter().filter(move |(other, _)| *other == kind).map(|(_, node)| *node)
    }

    /// What kind of object a node is, if the model has one there.
    pub fn kind(&self, node: Node<'_>) -> Option<Kind> {
        self.kinds.get(&node.id()).copied()
    }

    /// Every `$ref` that stands where the model has references, also those of paths.
    pub fn references(&self) -> &[Reference<'t>] {
        &self.walk.references
    }

    /// Every operation below `paths`, in the document's order.
    pub fn operations(&self) -> impl Iterator<Item = Operation<'t>> + '_ {
        let paths = self.root().get("paths");
        self.objects(Kind::Operation).filter_map(move |node| {
            let item = node.parent()?;
            let (method, path) = (node.name()?, item.name()?);
            (item.parent() == paths).then_some(Operation { node, item, method, path })
        })
    }

    /// The components of a kind, each with its name as key.
    pub fn components(&self, kind: Kind) -> impl Iterator<Item = Entry<'t>> + use<'t> {
        let components = self.root().get("components");
        let section = components.and_then(|components| components.get(kind.section()?));
        section.into_iter().flat_map(Node::entries)
    }

    /// The node itself, or what it refers to at the end of a chain of references; nothing if the chain leads
    /// out of the document, nowhere or in a circle.
    pub fn resolve(&self, node: Node<'t>) -> Option<Node<'t>> {
        // A chain without a circle is no longer than the list of references.
        let mut node = node;
        for _ in 0..=self.walk.references.len() {
            if let Some(end) = self.ends.get(&node.id()) {
                return *end;
            }
            match reference_of(node) {
                Some(target) => node = self.target(target)?,
                None => return Some(node),
            }
        }
        None
    }

    /// What a reference such as `#/components/schemas/Overage` points at, be it a reference itself.
    pub fn target(&self, reference: &str) -> Option<Node<'t>> {
        self.tree.at(&percent_decoded(reference.strip_prefix('#')?)?)
    }

    /// Whether an object has neither a member nor anything that looks like its misspelling, which has been
    /// reported already.
    pub fn lacks(&self, node: Node<'_>, name: &str) -> bool {
        node.is_object()
            && node.get(name).is_none()
            && !spelling::has_misspelling(node, self.kind(node), name)
    }

    /// Whether a member of an object breaks the model, so that nobody knows what the object is meant to be.
    pub fn has_structural_error(&self, object: Node<'_>) -> bool {
        self.doubtful.contains(&object.id())
    }

    /// The parameters of an operation with references resolved: its own, and those of its path that it does
    /// not override.
    pub fn parameters(&self, operation: &Operation<'t>) -> Vec<Node<'t>> {
        let mut parameters = self.parameters_in(operation.node);
        for shared in self.parameters_in(operation.item) {
            if !parameters.iter().any(|own| identity(*own) == identity(shared)) {
                parameters.push(shared);
            }
        }
        parameters
    }

    /// The parameters that a path item or an operation lists itself, with references resolved.
    fn parameters_in(&self, node: Node<'t>) -> Vec<Node<'t>> {
        let listed = node.get("parameters").into_iter().flat_map(Node::items);
        listed.filter_map(|parameter| self.resolve(parameter)).collect()
    }

    /// What breaks the object model, for the group of rules that reports it.
    pub fn structural_diagnostics(&self) -> &[DiagnosticBuilder<'t>] {
        &self.walk.flaws
    }
}

/// The text of a node's `$ref`.
fn reference_of(node: Node<'_>) -> Option<&str> {
    node.get("$ref")?.as_str()
}

/// What tells a parameter from others: its name and where it is.
fn identity(parameter: Node<'_>) -> (Option<&str>, Option<&str>) {
    let text = |key| parameter.get(key).and_then(Node::as_str);
    (text("name"), text("in"))
}

/// The text with its `%20` and the like replaced; nothing if that is not text.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}
