//! Names items in sentences, as a caller would write them.

use super::api::{Name, Path};

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
