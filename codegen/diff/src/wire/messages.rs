//! Compares the bodies of requests and responses, and the headers of responses.

use std::collections::BTreeMap;

use document::{Document, Node};

use super::{comparison::Comparison, difference::Difference, subject::subject, value};
use crate::{canonical::canonical, rule::Direction, rules::operations::*};

/// Compares the request bodies of two operations.
pub(super) fn body<'t>(comparison: &mut Comparison<'_, '_, 't>, old: Node<'t>, new: Node<'t>) {
    let body = |document: &Document<'t>, node: Node<'t>| {
        let body = node.get("requestBody")?;
        Some(document.resolve(body).unwrap_or(body))
    };
    match (body(comparison.old_document(), old), body(comparison.new_document(), new)) {
        (None, None) => {}
        (None, Some(body)) => {
            let (rule, verb) = match body.is_true("required") {
                true => (&REQUIRED_BODY_ADDED, "requires"),
                false => (&BODY_ADDED, "accepts"),
            };
            let what = format!("{} {verb} a body", subject(new));
            comparison.report(Difference::added(rule, old, body, what));
        }
        (Some(body), None) => {
            let what = format!("{} no longer has a body", subject(new));
            comparison.report(Difference::removed(&BODY_REMOVED, body, new, what));
        }
        (Some(before), Some(after)) => {
            let name = format!("the body of {}", subject(new));
            comparison.necessity(before, after, &name, [&BODY_REQUIRED, &BODY_OPTIONAL]);
            comparison.prose(before, after, &["content", "required"]);
            content(comparison, before, after, Direction::Request);
        }
    }
}

/// Compares two responses with the same status.
pub(super) fn response<'t>(comparison: &mut Comparison<'_, '_, 't>, old: Node<'t>, new: Node<'t>) {
    comparison.prose(old, new, &["content", "headers", "links"]);
    if old.get("links").map(canonical) != new.get("links").map(canonical) {
        let what = format!("the links of {} change", subject(new));
        comparison.report(Difference::changed(&DOCUMENTATION_CHANGED, old, new, what));
    }
    headers(comparison, old, new);
    content(comparison, old, new, Direction::Response);
}

/// Compares the media types of a body.
fn content<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    old: Node<'t>,
    new: Node<'t>,
    direction: Direction,
) {
    let types = |node: Node<'t>| -> BTreeMap<String, Node<'t>> {
        let entries = node.entries_of("content");
        entries.map(|entry| (entry.name().replace(' ', "").to_lowercase(), entry.value)).collect()
    };
    let (before, after) = (types(old), types(new));
    for (name, media) in &after {
        match before.get(name) {
            Some(other) => {
                comparison.prose(*other, *media, &["encoding", "schema"]);
                encoding(comparison, *other, *media, direction);
                comparison.schemas(*other, *media, direction);
            }
            None => {
                let what = format!("{} can have the media type `{name}`", subject(new));
                let difference = Difference::added(&MEDIA_TYPE_ADDED, old, *media, what);
                comparison.report(difference.towards(direction));
            }
        }
    }
    for (name, media) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        let what = format!("{} no longer has the media type `{name}`", subject(new));
        let difference = Difference::removed(&MEDIA_TYPE_REMOVED, *media, new, what);
        comparison.report(difference.towards(direction));
    }
}

fn encoding<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    old: Node<'t>,
    new: Node<'t>,
    direction: Direction,
) {
    let encoding = |node: Node<'t>| node.get("encoding").map(canonical);
    if encoding(old) != encoding(new) {
        let what = format!("a member of {} is encoded differently", subject(new));
        let difference = Difference::changed(&ENCODING_CHANGED, old, new, what);
        comparison.report(difference.towards(direction));
    }
}

/// Compares the headers of a response, whose names are case-insensitive.
fn headers<'t>(comparison: &mut Comparison<'_, '_, 't>, old: Node<'t>, new: Node<'t>) {
    let all = |document: &Document<'t>, node: Node<'t>| -> BTreeMap<String, (Node<'t>, Node<'t>)> {
        let entries = node.entries_of("headers");
        entries
            .map(|entry| {
                let header = document.resolve(entry.value).unwrap_or(entry.value);
                (entry.name().to_lowercase(), (entry.key, header))
            })
            .collect()
    };
    let (before, after) =
        (all(comparison.old_document(), old), all(comparison.new_document(), new));
    for (name, (key, header)) in &after {
        let shown = key.text().unwrap_or_default();
        let Some((_, other)) = before.get(name) else {
            let what = format!("{} has the header `{shown}`", subject(new));
            comparison.report(Difference::added(&HEADER_ADDED, old, *key, what));
            continue;
        };
        let name = format!("the header `{shown}`");
        comparison.necessity(*other, *header, &name, [&HEADER_REQUIRED, &HEADER_OPTIONAL]);
        comparison.shared(*other, *header, |comparison, old, new| {
            value::compare(comparison, old, new, Direction::Response);
        });
    }
    for (_, (key, _)) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        let shown = key.text().unwrap_or_default();
        let what = format!("{} no longer has the header `{shown}`", subject(new));
        comparison.report(Difference::removed(&HEADER_REMOVED, *key, new, what));
    }
}
