//! A schema with its references followed and its `allOf` merged, so that only its meaning is compared.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use document::{Document, Node, NodeId};

use crate::{canonical::canonical, rule::Direction};

/// The objects that together are one schema, the outermost first. Without an object, any value is allowed.
#[derive(Clone)]
pub(crate) struct View<'t> {
    pub(crate) nodes: Vec<Node<'t>>,
    /// The node where the schema is used, which may be a reference.
    pub(crate) anchor: Node<'t>,
}

/// The members that an object may have in addition to those that its schema lists.
pub(crate) enum Others<'t> {
    Any,
    None,
    Like(View<'t>),
}

impl<'t> View<'t> {
    /// Merges schemas, all of which a value must match.
    pub(crate) fn of(document: &Document<'t>, schemas: &[Node<'t>], anchor: Node<'t>) -> Self {
        let (mut nodes, mut seen) = (Vec::new(), HashSet::new());
        let mut waiting: Vec<Node<'t>> = schemas.iter().rev().copied().collect();
        while let Some(node) = waiting.pop() {
            // A dangling reference is kept and compared as text.
            let node = document.resolve(node).unwrap_or(node);
            if seen.insert(node.id()) {
                nodes.push(node);
                waiting.extend(node.items_of("allOf").rev());
            }
        }
        let anchor = schemas.first().copied().unwrap_or(anchor);
        Self { nodes, anchor }
    }

    /// Returns the schema that allows any value.
    pub(crate) fn any(anchor: Node<'t>) -> Self {
        Self { nodes: Vec::new(), anchor }
    }

    pub(crate) fn ids(&self) -> Vec<NodeId> {
        self.nodes.iter().map(|node| node.id()).collect()
    }

    /// Returns the values of a keyword.
    pub(crate) fn all(&self, key: &str) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let values: Vec<Node<'t>> = self.nodes.iter().filter_map(|node| node.get(key)).collect();
        values.into_iter()
    }

    pub(crate) fn first(&self, key: &str) -> Option<Node<'t>> {
        self.all(key).next()
    }

    /// Returns the object that has a keyword, or else the outermost.
    pub(crate) fn holder(&self, key: &str) -> Node<'t> {
        let mut holders = self.nodes.iter().filter(|node| node.get(key).is_some());
        holders.next().or(self.nodes.first()).copied().unwrap_or(self.anchor)
    }

    pub(crate) fn has_true(&self, key: &str) -> bool {
        self.all(key).any(|value| value.as_bool() == Some(true))
    }

    pub(crate) fn types(&self) -> BTreeSet<&'t str> {
        self.all("type").filter_map(Node::as_str).collect()
    }

    /// Returns true if null is allowed: each object that states a type or lists the values has to allow it.
    pub(crate) fn allows_null(&self) -> bool {
        let mut typed = self.nodes.iter().filter(|node| node.get("type").is_some());
        let is_listed = |values: Vec<_>| values.iter().any(|(text, _)| text == "null");
        typed.all(|node| node.is_true("nullable")) && self.closed_values().is_none_or(is_listed)
    }

    /// Returns the values that a closed enum allows, in a form that can be compared; `None` if it is open.
    pub(crate) fn closed_values(&self) -> Option<Vec<(String, Node<'t>)>> {
        let mut lists = self.all("enum").map(values);
        let first = lists.next()?;
        Some(lists.fold(first, |kept, list| {
            kept.into_iter().filter(|(text, _)| list.iter().any(|(it, _)| it == text)).collect()
        }))
    }

    /// Returns the values that extensible enums list.
    pub(crate) fn known_values(&self) -> Vec<(String, Node<'t>)> {
        self.all("x-extensible-enum").flat_map(values).collect()
    }

    /// Returns the schemas of each member that is sent in a direction.
    pub(crate) fn members(
        &self,
        document: &Document<'t>,
        direction: Direction,
    ) -> BTreeMap<&'t str, View<'t>> {
        let mut members = self.all_members(document);
        members.retain(|_, member| !member.is_hidden(direction));
        members
    }

    pub(crate) fn all_members(&self, document: &Document<'t>) -> BTreeMap<&'t str, View<'t>> {
        let mut members: BTreeMap<&'t str, Vec<Node<'t>>> = BTreeMap::new();
        for entry in self.all("properties").flat_map(Node::entries) {
            members.entry(entry.name()).or_default().push(entry.value);
        }
        let view = |schemas: Vec<Node<'t>>| Self::of(document, &schemas, self.anchor);
        members.into_iter().map(|(name, schemas)| (name, view(schemas))).collect()
    }

    fn is_hidden(&self, direction: Direction) -> bool {
        self.has_true(match direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        })
    }

    /// Returns the names of required members, with the items that list them.
    pub(crate) fn required(&self) -> BTreeMap<&'t str, Node<'t>> {
        let items = self.all("required").flat_map(Node::items);
        items.filter_map(|item| Some((item.as_str()?, item))).collect()
    }

    pub(crate) fn others(&self, document: &Document<'t>) -> Others<'t> {
        let stated: Vec<Node<'t>> = self.all("additionalProperties").collect();
        if stated.iter().any(|other| other.as_bool() == Some(false)) {
            return Others::None;
        }
        let schemas: Vec<Node<'t>> = stated.into_iter().filter(|other| other.is_object()).collect();
        match schemas.is_empty() {
            true => Others::Any,
            false => Others::Like(Self::of(document, &schemas, self.anchor)),
        }
    }

    /// Returns the schema of the items of an array.
    pub(crate) fn items(&self, document: &Document<'t>) -> View<'t> {
        let items: Vec<Node<'t>> = self.all("items").collect();
        Self::of(document, &items, self.anchor)
    }

    /// Returns the alternatives of `oneOf` or `anyOf`.
    pub(crate) fn alternatives(&self, document: &Document<'t>, key: &str) -> Vec<View<'t>> {
        let items = self.all(key).flat_map(Node::items);
        items.map(|item| Self::of(document, &[item], self.anchor)).collect()
    }
}

fn values(list: Node<'_>) -> Vec<(String, Node<'_>)> {
    list.items().map(|item| (canonical(item), item)).collect()
}
