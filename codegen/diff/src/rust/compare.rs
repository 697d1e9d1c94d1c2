//! Compares two sets of public items.

use super::{
    api::{Api, Item, Kind},
    difference::Difference,
    functions,
    path::{Name, Path},
    renames::{self, Renames},
};
use crate::rules::rust::*;

/// Returns the differences between two clients, in the order of the items.
pub(crate) fn compare(old: &Api, new: &Api) -> Vec<Difference> {
    let renames = renames::find(old, new);
    let mut differences = Vec::new();
    for (path, item) in &new.items {
        let before = renames.before(path);
        let owner = owner(&before);
        match old.items.get(&before) {
            Some(before) => {
                differences.extend(renames.difference(path, item));
                differences.extend(changed((path, item), before, &renames));
            }
            // The parts of a new type are not reported in addition to the type.
            None if is_part(path) && !old.items.contains_key(&owner) => {}
            None => differences.push(added((path, item), old.items.get(&owner))),
        }
    }
    for (path, item) in &old.items {
        let after = renames.after(path);
        let is_gone_with_type = is_part(path) && !new.items.contains_key(&owner(&after));
        if !new.items.contains_key(&after) && !is_gone_with_type {
            differences.push(removed((path, item)));
        }
    }
    differences
}

/// Returns the path of the type or module to which an item belongs.
fn owner(path: &Path) -> Path {
    Path { owner: path.owner.clone(), name: Name::Owner }
}

/// Returns true for a member, variant, method or trait of a generated type.
fn is_part(path: &Path) -> bool {
    path.name != Name::Owner && is_generated(&path.owner)
}

/// Returns true for a generated type. For a hand-written type such as `Client`, only methods are generated, and its
/// path has no module.
fn is_generated(owner: &str) -> bool {
    owner.contains("::")
}

fn added((path, item): (&Path, &Item), owner: Option<&Item>) -> Difference {
    let is_open = matches!(owner.map(|it| &it.kind), Some(Kind::Type { non_exhaustive: true, .. }));
    let (rule, change) = match (&item.kind, &path.name) {
        (Kind::Type { .. }, _) => (&TYPE_ADDED, "is new"),
        (Kind::Member { .. }, _) if is_open => (&MEMBER_ADDED, "is new"),
        (Kind::Member { .. }, _) => (&MEMBER_ADDED_EXHAUSTIVE, "is new"),
        (Kind::Variant { .. }, _) if is_open => (&VARIANT_ADDED, "is new"),
        (Kind::Variant { .. }, _) => (&VARIANT_ADDED_EXHAUSTIVE, "is new"),
        (Kind::Function(_), _) => (&METHOD_ADDED, "is new"),
        (Kind::Constant { .. }, _) => (&CONSTANT_ADDED, "is new"),
        (Kind::Trait, _) => (&TRAIT_ADDED, "is implemented"),
        (Kind::Other(_), _) => (&ITEM_CHANGED, "is new"),
    };
    Difference::new(rule, (path, item), change)
}

fn removed((path, item): (&Path, &Item)) -> Difference {
    let (rule, change) = match &item.kind {
        Kind::Type { .. } => (&TYPE_REMOVED, "no longer exists"),
        Kind::Member { .. } => (&MEMBER_REMOVED, "no longer exists"),
        Kind::Variant { .. } => (&VARIANT_REMOVED, "no longer exists"),
        Kind::Function(_) => (&METHOD_REMOVED, "no longer exists"),
        Kind::Constant { .. } => (&CONSTANT_REMOVED, "no longer exists"),
        Kind::Trait => (&TRAIT_REMOVED, "is no longer implemented"),
        Kind::Other(_) => (&ITEM_CHANGED, "no longer exists"),
    };
    Difference::new(rule, (path, item), change).removal()
}

/// Compares an item that both clients have.
fn changed((path, new): (&Path, &Item), old: &Item, renames: &Renames) -> Vec<Difference> {
    let difference = |rule, change: &str| Difference::new(rule, (path, new), change);
    let mut differences = facts((path, new), old);
    let name = |text: &str| renames.applied(text);
    match (&old.kind, &new.kind) {
        (
            Kind::Type { form: before, non_exhaustive: was_open },
            Kind::Type { form: after, non_exhaustive: is_open },
        ) => {
            if before != after {
                let change = format!("is of the kind `{after}` instead of `{before}`");
                differences.push(difference(&TYPE_FORM, &change));
            }
            match (was_open, is_open) {
                (false, true) => differences
                    .push(difference(&EXHAUSTIVE_TO_NON_EXHAUSTIVE, "becomes `#[non_exhaustive]`")),
                (true, false) => differences
                    .push(difference(&NON_EXHAUSTIVE_REMOVED, "is no longer `#[non_exhaustive]`")),
                _ => {}
            }
        }
        (Kind::Member { ty: before, .. }, Kind::Member { ty: after, .. }) => {
            if name(before) != *after {
                let change = format!("is `{after}` instead of `{before}`");
                differences.push(difference(&MEMBER_TYPE, &change));
            }
        }
        (Kind::Variant { payload: before }, Kind::Variant { payload: after }) => {
            if name(before) != *after {
                let change = format!("has `{after}` instead of `{before}`");
                differences.push(difference(&VARIANT_PAYLOAD, &change));
            }
        }
        (Kind::Function(before), Kind::Function(after)) => {
            let owner = (path, new);
            differences.extend(functions::compare(owner, before, after, &name));
        }
        (
            Kind::Constant { ty: before, value: old_value },
            Kind::Constant { ty: after, value: new_value },
        ) => {
            if before != after {
                let change = format!("is `{after}` instead of `{before}`");
                differences.push(difference(&CONSTANT_TYPE, &change));
            } else if old_value != new_value && new_value.len() < LONGEST_VALUE {
                let change = format!("is {new_value} instead of {old_value}");
                differences.push(difference(&CONSTANT_VALUE, &change));
            }
        }
        (Kind::Trait, Kind::Trait) | (Kind::Other(_), Kind::Other(_)) => {}
        _ => differences.push(difference(&ITEM_CHANGED, "is a different kind of item")),
    }
    differences
}

/// The maximum length of a constant's value that is compared. Longer ones are data, such as the examples of the mock.
const LONGEST_VALUE: usize = 200;

/// Compares deprecation, features and `#[must_use]`.
fn facts((path, new): (&Path, &Item), old: &Item) -> Vec<Difference> {
    let difference = |rule, change: &str| Difference::new(rule, (path, new), change);
    let mut differences = Vec::new();
    match (&old.facts.deprecated, &new.facts.deprecated) {
        (None, Some(reason)) if reason.is_empty() => {
            differences.push(difference(&DEPRECATED, "becomes deprecated"));
        }
        (None, Some(reason)) => {
            differences.push(difference(&DEPRECATED, &format!("becomes deprecated: {reason}")));
        }
        (Some(_), None) => {
            differences.push(difference(&UNDEPRECATED, "is no longer deprecated"));
        }
        (Some(before), Some(after)) if before != after => {
            let change = format!("is deprecated for a different reason: {after}");
            differences.push(difference(&UNDEPRECATED, &change));
        }
        _ => {}
    }
    if old.facts.must_use != new.facts.must_use {
        let state = if new.facts.must_use { "becomes" } else { "is no longer" };
        differences.push(difference(&MUST_USE, &format!("{state} `#[must_use]`")));
    }
    let (before, after) = (&old.facts.features, &new.facts.features);
    for feature in after.difference(before) {
        differences.push(difference(&FEATURE_ADDED, &format!("needs the feature `{feature}`")));
    }
    for feature in before.difference(after) {
        let change = format!("no longer needs the feature `{feature}`");
        differences.push(difference(&FEATURE_REMOVED, &change));
    }
    differences
}
