//! The pairs of schemas to compare. Each pair is compared once, no matter how often it is used.

use std::collections::HashMap;

use document::{Document, NodeId};

use super::{difference::Difference, view::View};
use crate::rule::Direction;

/// The number of pairs after which the comparison gives up. A document with a thousand operations has fewer.
const MOST: usize = 200_000;

/// The reason why two documents cannot be compared.
pub(crate) const TOO_ENTANGLED: &str = "the schemas refer to each other in too many ways";

type Key = (Vec<NodeId>, Vec<NodeId>, Direction);

/// Two schemas at the same location in the old and the new document.
struct Pair<'t> {
    differences: Vec<Difference<'t>>,
    /// The pairs of their members, items and alternatives.
    children: Vec<usize>,
}

/// All pairs of two documents.
pub(crate) struct Pairs<'d, 't> {
    pub(crate) old: &'d Document<'t>,
    pub(crate) new: &'d Document<'t>,
    indices: HashMap<Key, usize>,
    pairs: Vec<Pair<'t>>,
    /// The pairs that have not been compared yet. A list is used instead of recursion so that no document overflows the
    /// stack.
    waiting: Vec<(usize, View<'t>, View<'t>, Direction)>,
}

impl<'d, 't> Pairs<'d, 't> {
    pub(crate) fn new(old: &'d Document<'t>, new: &'d Document<'t>) -> Self {
        Self { old, new, indices: HashMap::new(), pairs: Vec::new(), waiting: Vec::new() }
    }

    /// Returns the index of a pair, which will be compared.
    pub(crate) fn add(&mut self, old: View<'t>, new: View<'t>, direction: Direction) -> usize {
        let key = (old.ids(), new.ids(), direction);
        if let Some(index) = self.indices.get(&key) {
            return *index;
        }
        let index = self.pairs.len();
        self.indices.insert(key, index);
        self.pairs.push(Pair { differences: Vec::new(), children: Vec::new() });
        self.waiting.push((index, old, new, direction));
        index
    }

    /// Compares all pairs, and all pairs below them. `compare` compares the two schemas of a pair.
    pub(crate) fn compare(
        &mut self,
        compare: impl Fn(&mut Comparison<'_, 'd, 't>, &View<'t>, &View<'t>),
    ) -> Result<(), &'static str> {
        while let Some((index, old, new, direction)) = self.waiting.pop() {
            if self.pairs.len() > MOST {
                return Err(TOO_ENTANGLED);
            }
            let mut comparison = Comparison {
                pairs: self,
                direction,
                differences: Vec::new(),
                children: Vec::new(),
            };
            compare(&mut comparison, &old, &new);
            let Comparison { differences, children, .. } = comparison;
            self.pairs[index] = Pair { differences, children };
        }
        Ok(())
    }

    /// Returns the differences of some pairs and of all pairs below them.
    pub(crate) fn below(&self, roots: &[usize]) -> impl Iterator<Item = &Difference<'t>> {
        let mut is_seen = vec![false; self.pairs.len()];
        let (mut seen, mut waiting) = (Vec::new(), roots.to_vec());
        while let Some(index) = waiting.pop() {
            if !std::mem::replace(&mut is_seen[index], true) {
                seen.push(index);
                waiting.extend(&self.pairs[index].children);
            }
        }
        seen.into_iter().flat_map(|index| &self.pairs[index].differences)
    }
}

/// The comparison of one pair.
pub(crate) struct Comparison<'c, 'd, 't> {
    pairs: &'c mut Pairs<'d, 't>,
    pub(crate) direction: Direction,
    differences: Vec<Difference<'t>>,
    children: Vec<usize>,
}

impl<'d, 't> Comparison<'_, 'd, 't> {
    pub(crate) fn old_document(&self) -> &'d Document<'t> {
        self.pairs.old
    }

    pub(crate) fn new_document(&self) -> &'d Document<'t> {
        self.pairs.new
    }

    /// Reports a difference whose effect depends on the direction.
    pub(crate) fn report(&mut self, difference: Difference<'t>) {
        self.differences.push(difference.towards(self.direction));
    }

    /// Reports differences that are the same in both directions.
    pub(crate) fn report_all(&mut self, differences: Vec<Difference<'t>>) {
        self.differences.extend(differences);
    }

    /// Compares the schemas of a part.
    pub(crate) fn descend(&mut self, old: View<'t>, new: View<'t>) {
        if old.nodes.is_empty() && new.nodes.is_empty() {
            return;
        }
        let child = self.pairs.add(old, new, self.direction);
        self.children.push(child);
    }
}
