//! A difference between the public items of two clients.

use super::{
    api::Item,
    path::{Path, named},
};
use crate::rule::Rule;

/// A difference between the public items.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(crate) rule: &'static Rule,
    /// What changes: the beginning of a sentence.
    pub(crate) what: String,
    /// The item in the new client, or else in the old one.
    pub(crate) path: Path,
    pub(crate) item: Item,
    /// The path in the old client, if it differs.
    renamed_from: Option<Path>,
    /// The argument that changes.
    pub(crate) argument: Option<String>,
    /// True if the item exists only in the old client.
    pub(crate) is_removal: bool,
}

impl Difference {
    /// Describes a change of an item. `change` follows the item's name in the message.
    pub(super) fn new(rule: &'static Rule, (path, item): (&Path, &Item), change: &str) -> Self {
        let what = format!("{} {change}", named(path));
        let (path, item) = (path.clone(), item.clone());
        Self { rule, what, path, item, renamed_from: None, argument: None, is_removal: false }
    }

    /// Replaces the whole sentence.
    pub(super) fn saying(self, what: String) -> Self {
        Self { what, ..self }
    }

    /// Sets the path in the old client.
    pub(super) fn from(self, path: &Path) -> Self {
        Self { renamed_from: Some(path.clone()), ..self }
    }

    /// Returns the path in the old client.
    pub(crate) fn old_path(&self) -> &Path {
        self.renamed_from.as_ref().unwrap_or(&self.path)
    }

    /// Sets the argument that changes.
    pub(super) fn of_argument(self, name: &str) -> Self {
        Self { argument: Some(name.to_owned()), ..self }
    }

    /// Returns true if the item exists only with the feature `mock`.
    pub(crate) fn is_mock(&self) -> bool {
        self.item.facts.features.contains("mock")
    }

    pub(super) fn removal(self) -> Self {
        Self { is_removal: true, ..self }
    }
}
