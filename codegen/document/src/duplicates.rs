//! Finds names and values that occur more than once.

use std::{collections::HashMap, hash::Hash};

use crate::tree::Node;

/// Returns each node that has the same key as an earlier node, with its key and the first node that has the key.
pub fn find_duplicates<'t, K: Copy + Eq + Hash>(
    nodes: impl IntoIterator<Item = (K, Node<'t>)>,
) -> impl Iterator<Item = (K, Node<'t>, Node<'t>)> {
    let mut firsts = HashMap::new();
    nodes.into_iter().filter_map(move |(key, node)| {
        let first = *firsts.entry(key).or_insert(node);
        (first != node).then_some((key, node, first))
    })
}
