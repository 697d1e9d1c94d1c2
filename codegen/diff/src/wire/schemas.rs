//! Compares two schemas: type, null, format, values and bounds. Their members, items and alternatives are separate
//! pairs.

use std::collections::BTreeSet;

use document::Node;

use super::{
    bounds::{self, Range},
    difference::about,
    objects,
    pairs::Comparison,
    prose::{self, Objects, shown},
    view::View,
};
use crate::{
    canonical::canonical,
    rule::Rule,
    rules::{operations::DOCUMENTATION_CHANGED, schemas::*},
};

/// The keywords that have a rule.
const HANDLED: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "type",
    "uniqueItems",
    "writeOnly",
    "x-extensible-enum",
];

pub(crate) fn compare<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    let before = Objects { document: comparison.old_document(), nodes: &old.nodes };
    let after = Objects { document: comparison.new_document(), nodes: &new.nodes };
    comparison.report_all(prose::compare(before, after, HANDLED));
    if types(comparison, old, new) {
        nulls(comparison, old, new);
        formats(comparison, old, new);
        values(comparison, old, new);
        bounds::compare(comparison, old, new);
        defaults(comparison, old, new);
        objects::compare(comparison, old, new);
    }
}

/// Compares the types. Returns false if the schemas have nothing in common.
fn types<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) -> bool {
    let (before, after) = (old.types(), new.types());
    if before == after {
        return true;
    }
    let rule = match (includes(&after, &before), includes(&before, &after)) {
        (true, _) => &TYPE_WIDENED,
        (_, true) => &TYPE_NARROWED,
        _ => &TYPE_CHANGED,
    };
    let change = format!("changes its type from {} to {}", named(&before), named(&after));
    comparison.report(about(rule, "type", (old, new), &change));
    !std::ptr::eq(rule, &TYPE_CHANGED)
}

/// Returns true if each value of the types `inner` is a value of the types `outer`. An empty set means any type.
fn includes(outer: &BTreeSet<&str>, inner: &BTreeSet<&str>) -> bool {
    let is_number = |types: &BTreeSet<&str>, name| types.len() == 1 && types.contains(name);
    outer.is_empty()
        || is_number(outer, "number") && is_number(inner, "integer")
        || !inner.is_empty() && outer.is_subset(inner)
}

fn named(types: &BTreeSet<&str>) -> String {
    match types.is_empty() {
        true => "any".to_owned(),
        false => types.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and "),
    }
}

fn nulls<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    let are_typed = !old.types().is_empty() && !new.types().is_empty();
    let (rule, change) = match (old.allows_null(), new.allows_null()) {
        (false, true) if are_typed => (&NULL_ALLOWED, "may be null"),
        (true, false) if are_typed => (&NULL_FORBIDDEN, "may no longer be null"),
        _ if old.has_true("nullable") != new.has_true("nullable") => {
            (&DOCUMENTATION_CHANGED, "changes its `nullable`, which has no effect")
        }
        _ => return,
    };
    comparison.report(about(rule, "nullable", (old, new), change));
}

fn formats<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    let format = |view: &View<'t>| view.first("format").map(canonical);
    let (rule, change) = match (format(old), format(new)) {
        (Some(before), Some(after)) if before != after => (
            &FORMAT_CHANGED,
            format!("changes its format from {} to {}", shown(&before), shown(&after)),
        ),
        (None, Some(after)) => (&FORMAT_ADDED, format!("gets the format {}", shown(&after))),
        (Some(before), None) => (&FORMAT_REMOVED, format!("loses the format {}", shown(&before))),
        _ => return,
    };
    let rule = match (Range::of(old), Range::of(new)) {
        (Some(before), Some(after)) => match (after.includes(&before), before.includes(&after)) {
            (true, true) => &DOCUMENTATION_CHANGED,
            (true, false) => &FORMAT_WIDENED,
            (false, true) => &FORMAT_NARROWED,
            (false, false) => rule,
        },
        // `password` only means that the value should not be shown.
        _ if [old, new].iter().filter_map(|it| format(it)).all(|it| it == "\"password\"") => {
            &DOCUMENTATION_CHANGED
        }
        _ => rule,
    };
    comparison.report(about(rule, "format", (old, new), &change));
}

fn values<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    let (before, after) = (old.closed_values(), new.closed_values());
    match (before, after) {
        (Some(before), Some(after)) => {
            let lists = ("enum", &ENUM_VALUE_ADDED, &ENUM_VALUE_REMOVED);
            listed(comparison, (old, new), (&before, &after), lists);
        }
        (None, Some(_)) => {
            comparison.report(about(&ENUM_CLOSED, "enum", (old, new), "allows only listed values"));
        }
        (Some(_), None) => {
            comparison.report(about(&ENUM_OPENED, "enum", (old, new), "allows any value"));
        }
        (None, None) => {
            let lists = ("x-extensible-enum", &KNOWN_VALUE_ADDED, &KNOWN_VALUE_REMOVED);
            let known = (&old.known_values()[..], &new.known_values()[..]);
            listed(comparison, (old, new), known, lists);
        }
    }
}

type Values<'v, 't> = &'v [(String, Node<'t>)];

fn listed<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    (old, new): (&View<'t>, &View<'t>),
    (before, after): (Values<'_, 't>, Values<'_, 't>),
    (key, added, removed): (&str, &'static Rule, &'static Rule),
) {
    // For values with a type, `nulls` compares whether null is allowed.
    let is_null =
        |text: &String| text == "null" && !old.types().is_empty() && !new.types().is_empty();
    let lacks = |list: Values<'_, 't>, text: &String| {
        !is_null(text) && !list.iter().any(|(it, _)| it == text)
    };
    for (text, value) in after.iter().filter(|(text, _)| lacks(before, text)) {
        let difference = about(added, key, (old, new), &format!("lists the value {}", shown(text)));
        comparison.report(difference.pointing_at(None, Some(*value)));
    }
    for (text, value) in before.iter().filter(|(text, _)| lacks(after, text)) {
        let change = format!("no longer lists the value {}", shown(text));
        let difference = about(removed, key, (old, new), &change);
        comparison.report(difference.pointing_at(Some(*value), None));
    }
}

fn defaults<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    let value = |view: &View<'t>| view.first("default").map(canonical);
    let (rule, change) = match (value(old), value(new)) {
        (Some(before), Some(after)) if before != after => (
            &DEFAULT_CHANGED,
            format!("changes its default from {} to {}", shown(&before), shown(&after)),
        ),
        (None, Some(after)) => (&DEFAULT_ADDED, format!("has the default {}", shown(&after))),
        (Some(before), None) => (&DEFAULT_REMOVED, format!("loses the default {}", shown(&before))),
        _ => return,
    };
    comparison.report(about(rule, "default", (old, new), &change));
}
