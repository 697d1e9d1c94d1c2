//! The paths of items, and their names in sentences.

/// The path of an item: the type or module that it belongs to, and its name there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Path {
    /// The type or module, such as `types::Overage` or `Client`; the item itself if it belongs to neither.
    pub(crate) owner: String,
    pub(crate) name: Name,
}

/// The name of an item within its owner.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Name {
    /// The owner itself.
    Owner,
    Member(String),
    Variant(String),
    Function(String),
    Trait(String),
}

impl Path {
    pub(super) fn of(owner: &str, name: Name) -> Self {
        Self { owner: owner.to_owned(), name }
    }
}

/// Names an item, such as `OverageUpdate::new`.
pub(crate) fn named(path: &Path) -> String {
    format!("`{}`", plain(path))
}

pub(super) fn plain(path: &Path) -> String {
    let owner = path.owner.strip_prefix("types::").unwrap_or(&path.owner);
    match &path.name {
        Name::Owner => owner.to_owned(),
        Name::Member(name) => format!("{owner}.{name}"),
        Name::Variant(name) | Name::Function(name) => format!("{owner}::{name}"),
        Name::Trait(name) => format!("{owner}: {name}"),
    }
}
