//! Finds renamed items, so that they are not reported as removed and added.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase as _;

use super::{
    api::{Api, Item, Kind},
    difference::Difference,
    path::{Name, Path, named, plain},
};
use crate::rules::rust::*;

/// The renamed items.
#[derive(Default)]
pub(super) struct Renames {
    /// The old paths of types, by new path.
    types: BTreeMap<String, String>,
    /// The old paths of methods and members, by new path.
    items: BTreeMap<Path, Path>,
}

/// Finds the renamed items of two clients.
pub(super) fn find(old: &Api, new: &Api) -> Renames {
    let mut renames = Renames::default();
    for (before, after) in operations(old, new) {
        for owner in ["Client", "MockServer"] {
            let path = |name: &str| Path {
                owner: owner.to_owned(),
                name: Name::Function(name.to_owned()),
            };
            renames.add_item(path(&before), path(&after), old, new);
        }
        for end in ["When", "Then"] {
            let path = |name: &str| format!("mock::{}{end}", name.to_upper_camel_case());
            renames.add_type(path(&before), path(&after), old, new);
        }
    }
    for (before, after) in types(old, new, &renames) {
        renames.add_type(before, after, old, new);
    }
    for (before, after) in members(old, new) {
        renames.add_item(before, after, old, new);
    }
    renames
}

impl Renames {
    fn add_type(&mut self, before: String, after: String, old: &Api, new: &Api) {
        let path = |owner: &str| Path { owner: owner.to_owned(), name: Name::Owner };
        if replaces(&path(&before), &path(&after), old, new) {
            self.types.insert(after, before);
        }
    }

    fn add_item(&mut self, before: Path, after: Path, old: &Api, new: &Api) {
        if replaces(&before, &after, old, new) {
            self.items.insert(after, before);
        }
    }

    /// Returns the old path of an item of the new client.
    pub(super) fn before(&self, path: &Path) -> Path {
        if let Some(before) = self.items.get(path) {
            return before.clone();
        }
        let owner = self.types.get(&path.owner).unwrap_or(&path.owner);
        Path { owner: owner.clone(), name: path.name.clone() }
    }

    /// Returns the new path of an item of the old client.
    pub(super) fn after(&self, path: &Path) -> Path {
        if let Some((after, _)) = self.items.iter().find(|(_, before)| *before == path) {
            return after.clone();
        }
        let found = self.types.iter().find(|(_, before)| **before == path.owner);
        let owner = found.map_or(&path.owner, |(after, _)| after);
        Path { owner: owner.clone(), name: path.name.clone() }
    }

    /// Replaces the names of types in a text with their new names.
    pub(super) fn applied(&self, text: &str) -> String {
        let simple = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
        let is_word = |char: char| char.is_alphanumeric() || char == '_';
        let mut renamed = text.to_owned();
        for (after, before) in &self.types {
            let (before, after) = (simple(before), simple(after));
            let parts: Vec<&str> = renamed.split(before.as_str()).collect();
            let mut joined = parts[0].to_owned();
            for part in &parts[1..] {
                let is_whole = !joined.ends_with(is_word) && !part.starts_with(is_word);
                joined.push_str(if is_whole { &after } else { &before });
                joined.push_str(part);
            }
            renamed = joined;
        }
        renamed
    }

    /// Reports that an item of the new client is renamed.
    pub(super) fn difference(&self, path: &Path, item: &Item) -> Option<Difference> {
        let renamed = |rule, before: &Path| {
            let what = format!("{} is replaced by {}", named(before), named(path));
            Difference::new(rule, (path, item), "").from(before).saying(what)
        };
        match &path.name {
            Name::Owner => {
                let before = self.types.get(&path.owner)?;
                let before = Path { owner: before.clone(), name: Name::Owner };
                Some(renamed(&TYPE_RENAMED, &before))
            }
            Name::Member(_) => self.items.get(path).map(|before| renamed(&MEMBER_RENAMED, before)),
            _ => self.items.get(path).map(|before| renamed(&METHOD_RENAMED, before)),
        }
    }
}

/// Returns true if one item is removed and the other one is added.
fn replaces(before: &Path, after: &Path, old: &Api, new: &Api) -> bool {
    let is_gone = old.items.contains_key(before) && !new.items.contains_key(before);
    is_gone && new.items.contains_key(after) && !old.items.contains_key(after)
}

/// Returns the old and new names of the methods that call the same operation.
fn operations(old: &Api, new: &Api) -> Vec<(String, String)> {
    let methods = |api: &Api| -> BTreeMap<(String, String), String> {
        let calls = api.items.iter().filter_map(|(path, item)| match (&path.name, &item.kind) {
            (Name::Function(name), Kind::Function(it)) => {
                Some((it.operation.clone()?, name.clone()))
            }
            _ => None,
        });
        calls.collect()
    };
    let after = methods(new);
    let pairs = methods(old).into_iter().filter_map(|(operation, before)| {
        let after = after.get(&operation)?;
        (before != *after).then(|| (before, after.clone()))
    });
    pairs.collect()
}

/// Returns the old and new paths of types with the same content, if each has only one counterpart.
fn types(old: &Api, new: &Api, known: &Renames) -> Vec<(String, String)> {
    let lone = |api: &Api, other: &Api| -> Vec<(String, String)> {
        let owners = api.items.iter().filter(|(path, item)| {
            let is_type = matches!(item.kind, Kind::Type { .. });
            path.name == Name::Owner && is_type && !other.items.contains_key(path)
        });
        let owners = owners.map(|(path, _)| path.owner.clone());
        owners.filter_map(|owner| Some((content(api, &owner)?, owner))).collect()
    };
    let (gone, added) = (lone(old, new), lone(new, old));
    let is_free = |owner: &String| !known.types.contains_key(owner);
    let mut pairs = Vec::new();
    for (content, before) in &gone {
        let same = |list: &[(String, String)]| -> Vec<String> {
            let same = list.iter().filter(|(other, _)| other == content);
            same.map(|(_, owner)| owner.clone()).collect()
        };
        if let ([after], [_]) = (&same(&added)[..], &same(&gone)[..])
            && is_free(after)
        {
            pairs.push((before.clone(), after.clone()));
        }
    }
    pairs
}

/// Returns the members and variants of a type as a string without the type's name; `None` if it has none.
fn content(api: &Api, owner: &str) -> Option<String> {
    let simple = owner.rsplit("::").next().unwrap_or_default();
    let parts = api.items.iter().filter(|(path, _)| path.owner == owner);
    let parts: Vec<String> = parts
        .filter_map(|(path, item)| match &item.kind {
            Kind::Member { ty, .. } => Some(format!("{}: {ty}", plain(path))),
            Kind::Variant { payload } => Some(format!("{}({payload})", plain(path))),
            _ => None,
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join("\n").replace(simple, "Self"))
}

/// Returns the old and new paths of members with the same name on the wire, or else of the only removed and the only
/// added member of a model, if both have the same type. Their setters follow.
fn members(old: &Api, new: &Api) -> Vec<(Path, Path)> {
    let lone = |api: &Api, other: &Api| -> Vec<(Path, String, String)> {
        let items = api.items.iter().filter(|(path, _)| !other.items.contains_key(*path));
        items
            .filter_map(|(path, item)| match &item.kind {
                Kind::Member { ty, wire } => Some((path.clone(), ty.clone(), wire.clone())),
                _ => None,
            })
            .collect()
    };
    let (gone, added) = (lone(old, new), lone(new, old));
    let mut pairs = Vec::new();
    for (before, ty, wire) in &gone {
        let of_model = |list: &[(Path, String, String)]| -> Vec<(Path, String, String)> {
            list.iter().filter(|(path, ..)| path.owner == before.owner).cloned().collect()
        };
        let others = of_model(&added);
        let same_wire = others.iter().find(|(.., name)| name == wire);
        let only = match (&of_model(&gone)[..], &others[..]) {
            ([_], [only]) if only.1 == *ty => Some(only),
            _ => None,
        };
        if let Some((after, ..)) = same_wire.or(only) {
            pairs.push((before.clone(), after.clone()));
            pairs.push((setter(before), setter(after)));
        }
    }
    pairs
}

/// Returns the path of the method that sets a member.
fn setter(path: &Path) -> Path {
    let name = match &path.name {
        Name::Member(name) => Name::Function(format!("with_{name}")),
        other => other.clone(),
    };
    Path { owner: path.owner.clone(), name }
}
