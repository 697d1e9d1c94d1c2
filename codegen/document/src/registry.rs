//! The registry of all rules.

use super::{
    rule::{Group, Rule},
    spelling,
};

/// All rules in their groups, which can be listed or looked up by ID.
#[derive(Clone, Debug)]
pub struct Registry {
    groups: Vec<&'static Group>,
}

impl Registry {
    /// Creates a registry that lists the groups in this order.
    pub fn new(groups: impl IntoIterator<Item = &'static Group>) -> Self {
        Self { groups: groups.into_iter().collect() }
    }

    /// Returns the groups in the order in which they are listed.
    pub fn groups(&self) -> impl Iterator<Item = &'static Group> {
        self.groups.iter().copied()
    }

    /// Returns the rules of all groups.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.groups().flat_map(|group| group.rules).copied()
    }

    pub fn rule(&self, id: &str) -> Option<&'static Rule> {
        self.rules().find(|rule| rule.id == id)
    }

    /// Suggests an ID for one that does not exist: a similar one, or one that contains it.
    pub fn nearest(&self, id: &str) -> Option<&'static str> {
        let nearest = spelling::nearest(id, self.rules().map(|rule| rule.id));
        nearest.or_else(|| self.containing(id))
    }

    fn containing(&self, part: &str) -> Option<&'static str> {
        self.rules().map(|rule| rule.id).find(|id| id.contains(part))
    }
}
