//! Compares the parts of two schemas: members, items and alternatives.

use std::collections::BTreeSet;

use document::Node;

use super::{
    difference::{Difference, Statement, about},
    pairs::Comparison,
    subject::subject,
    view::{Others, View},
};
use crate::{canonical::canonical, rule::Direction, rules::schemas::*};

pub(super) fn compare<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    members(comparison, old, new);
    others(comparison, old, new);
    comparison.descend(old.items(comparison.old_document()), new.items(comparison.new_document()));
    match (sole_key(old), sole_key(new)) {
        (Some(before), Some(after)) if before != after => {
            let (rule, change) = match after {
                ANY => (&ALTERNATIVES_INCLUSIVE, "may match several alternatives"),
                _ => (&ALTERNATIVES_EXCLUSIVE, "may no longer match several alternatives"),
            };
            let difference = about(rule, after, (old, new), change);
            comparison.report(difference.pointing_at(old.first(before), new.first(after)));
            alternatives(comparison, (old, new), [before, after]);
        }
        _ => [ONE, ANY].iter().for_each(|key| alternatives(comparison, (old, new), [key, key])),
    }
    for (key, rule) in [
        ("not", &crate::rules::operations::KEYWORD_CHANGED),
        ("discriminator", &DISCRIMINATOR_CHANGED),
    ] {
        if old.first(key).map(canonical) != new.first(key).map(canonical) {
            comparison.report(about(rule, key, (old, new), &format!("changes its `{key}`")));
        }
    }
}

const ONE: &str = "oneOf";
const ANY: &str = "anyOf";

/// Returns the keyword that lists the alternatives, or `None` if both keywords do.
fn sole_key(view: &View<'_>) -> Option<&'static str> {
    match [ONE, ANY].map(|key| view.first(key).is_some()) {
        [true, false] => Some(ONE),
        [false, true] => Some(ANY),
        _ => None,
    }
}

fn members<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    let direction = comparison.direction;
    let before = old.members(comparison.old_document(), direction);
    let after = new.members(comparison.new_document(), direction);
    let (required_before, required_after) = (old.required(), new.required());
    let all_before = old.all_members(comparison.old_document());
    let all_after = new.all_members(comparison.new_document());
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    for name in names {
        let required = (required_before.get(name).copied(), required_after.get(name).copied());
        match (before.get(name), after.get(name)) {
            (Some(old), Some(new)) => {
                necessity(comparison, (old.anchor, new.anchor), required);
                comparison.descend(old.clone(), new.clone());
            }
            (None, Some(member)) => {
                let hidden = all_before.get(name).map(|old| old.anchor);
                added(comparison, old.holder("properties"), (hidden, member.anchor), required.1);
            }
            (Some(member), None) => {
                let hidden = all_after.get(name).map(|new| new.anchor);
                removed(comparison, new.holder("properties"), (member.anchor, hidden));
            }
            (None, None) => {}
        }
    }
    undeclared(comparison, (old, new), |name| {
        all_before.contains_key(name) || all_after.contains_key(name)
    });
}

/// Compares whether a member is required.
fn necessity<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    (old, new): (Node<'t>, Node<'t>),
    required: (Option<Node<'t>>, Option<Node<'t>>),
) {
    let (rule, change) = match required {
        (None, Some(_)) => (&MEMBER_REQUIRED, "becomes required"),
        (Some(_), None) => (&MEMBER_OPTIONAL, "becomes optional"),
        _ => return,
    };
    let what = format!("{} {change}", subject(new));
    let difference = Difference::changed(rule, old, new, what);
    comparison.report(difference.pointing_at(required.0, required.1));
}

fn added<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    object: Node<'t>,
    (hidden, member): (Option<Node<'t>>, Node<'t>),
    required: Option<Node<'t>>,
) {
    let rule = if required.is_some() { &REQUIRED_MEMBER_ADDED } else { &MEMBER_ADDED };
    let change = match (hidden, comparison.direction) {
        (None, _) => "is new",
        (Some(_), Direction::Request) => "is no longer read-only",
        (Some(_), Direction::Response) => "is no longer write-only",
    };
    let what = format!("{} {change}", subject(member));
    let statement = Statement { old: hidden, new: Some(member) };
    let difference = Difference::added(rule, hidden.unwrap_or(object), member, what);
    comparison.report(Difference { statement, ..difference });
}

fn removed<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    object: Node<'t>,
    (member, hidden): (Node<'t>, Option<Node<'t>>),
) {
    let change = match (hidden, comparison.direction) {
        (None, _) => "no longer exists",
        (Some(_), Direction::Request) => "becomes read-only",
        (Some(_), Direction::Response) => "becomes write-only",
    };
    let what = format!("{} {change}", subject(member));
    let statement = Statement { old: Some(member), new: hidden };
    let difference = Difference::removed(&MEMBER_REMOVED, member, hidden.unwrap_or(object), what);
    comparison.report(Difference { statement, ..difference });
}

/// Compares the required members that `properties` does not list.
fn undeclared<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    (old, new): (&View<'t>, &View<'t>),
    is_declared: impl Fn(&str) -> bool,
) {
    let (before, after) = (old.required(), new.required());
    for (name, item) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
        if !is_declared(name) {
            let change = format!("requires the member `{name}`");
            let difference = about(&MEMBER_REQUIRED, "required", (old, new), &change);
            comparison.report(difference.pointing_at(None, Some(*item)));
        }
    }
    for (name, item) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        if !is_declared(name) {
            let change = format!("no longer requires the member `{name}`");
            let difference = about(&MEMBER_OPTIONAL, "required", (old, new), &change);
            comparison.report(difference.pointing_at(Some(*item), None));
        }
    }
}

/// Compares the members that the schemas do not list.
fn others<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    const KEY: &str = "additionalProperties";
    let (rule, change) =
        match (old.others(comparison.old_document()), new.others(comparison.new_document())) {
            (Others::None, Others::None) | (Others::Any, Others::Any) => return,
            (Others::None, _) => (&ADDITIONAL_MEMBERS_ALLOWED, "may have additional members"),
            (_, Others::None) => {
                (&ADDITIONAL_MEMBERS_FORBIDDEN, "may no longer have additional members")
            }
            (Others::Any, Others::Like(after)) => {
                return comparison.descend(View::any(old.holder(KEY)), after);
            }
            (Others::Like(before), Others::Any) => {
                return comparison.descend(before, View::any(new.holder(KEY)));
            }
            (Others::Like(before), Others::Like(after)) => {
                return comparison.descend(before, after);
            }
        };
    comparison.report(about(rule, KEY, (old, new), change));
}

/// Compares the alternatives of a value. Pairs them by equal content first, then by name, then by type, and the rest in
/// order.
fn alternatives<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    (old, new): (&View<'t>, &View<'t>),
    [old_key, key]: [&str; 2],
) {
    let mut before = old.alternatives(comparison.old_document(), old_key);
    let mut after = new.alternatives(comparison.new_document(), key);
    let is_same: [fn(&View<'t>, &View<'t>) -> bool; 3] = [
        |old, new| content(old) == content(new),
        |old, new| name(old).is_some() && name(old) == name(new),
        |old, new| old.types() == new.types(),
    ];
    for is_same in is_same {
        before.retain(|one| {
            let found = after.iter().position(|other| is_same(one, other));
            let matched = found.map(|index| after.remove(index));
            let is_left = matched.is_none();
            matched.into_iter().for_each(|other| comparison.descend(one.clone(), other));
            is_left
        });
    }
    let both = before.len().min(after.len());
    before
        .drain(..both)
        .zip(after.drain(..both))
        .for_each(|(old, new)| comparison.descend(old, new));
    for added in after {
        let change = format!("has the new alternative {}", described(&added));
        let difference = about(&ALTERNATIVE_ADDED, key, (old, new), &change);
        comparison.report(difference.pointing_at(None, Some(added.anchor)));
    }
    for removed in before {
        let change = format!("no longer has the alternative {}", described(&removed));
        let difference = about(&ALTERNATIVE_REMOVED, key, (old, new), &change);
        comparison.report(difference.pointing_at(Some(removed.anchor), None));
    }
}

fn content(view: &View<'_>) -> Vec<String> {
    view.nodes.iter().map(|node| canonical(*node)).collect()
}

/// Returns the name of the component that an alternative refers to.
fn name<'t>(view: &View<'t>) -> Option<&'t str> {
    view.anchor.get_str("$ref")?.rsplit('/').next()
}

fn described(view: &View<'_>) -> String {
    let types = view.types().into_iter().map(|name| format!("`{name}`"));
    match name(view) {
        Some(name) => format!("`{name}`"),
        None if view.types().is_empty() => "any value".to_owned(),
        None => types.collect::<Vec<_>>().join(" and "),
    }
}
