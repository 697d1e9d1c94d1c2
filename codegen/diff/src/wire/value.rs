//! Compares the values of parameters and headers: their encoding and their schema.

use document::Node;

use super::{comparison::Comparison, difference::Difference, subject::subject};
use crate::{rule::Direction, rules::operations::*};

/// Compares the encoding and the schema of a parameter or a header.
pub(super) fn compare<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    old: Node<'t>,
    new: Node<'t>,
    direction: Direction,
) {
    const HANDLED: [&str; 9] = [
        "allowEmptyValue",
        "allowReserved",
        "content",
        "explode",
        "in",
        "name",
        "required",
        "schema",
        "style",
    ];
    comparison.prose(old, new, &HANDLED);
    let (before, after) = (form(old), form(new));
    if before != after {
        let what = format!("{} is encoded differently", subject(new));
        let difference = Difference::changed(&ENCODING_CHANGED, old, new, what);
        comparison.report(difference.towards(direction));
    }
    let empty = match [old, new].map(|it| it.is_true("allowEmptyValue")) {
        [false, true] => Some((&EMPTY_VALUE_ALLOWED, "may be sent without a value")),
        [true, false] => Some((&EMPTY_VALUE_FORBIDDEN, "may no longer be sent without a value")),
        _ => None,
    };
    if let Some((rule, change)) = empty {
        let what = format!("{} {change}", subject(new));
        comparison.report(Difference::changed(rule, old, new, what));
    }
    let media = |node: Node<'t>| {
        let content = node.get("content").and_then(|content| content.entries().next());
        content.map_or(node, |entry| entry.value)
    };
    comparison.schemas(media(old), media(new), direction);
}

/// Returns the keywords that determine the encoding of a parameter or a header, with their defaults filled in.
fn form(node: Node<'_>) -> Vec<String> {
    let text = |key| node.get_str(key);
    let flag = |key: &str| node.get(key).and_then(Node::as_bool);
    let default = match text("in") {
        Some("query" | "cookie") => "form",
        _ => "simple",
    };
    let style = text("style").unwrap_or(default);
    let media = node.get("content").and_then(|content| content.entries().next());
    vec![
        style.to_owned(),
        flag("explode").unwrap_or(style == "form").to_string(),
        flag("allowReserved").unwrap_or(false).to_string(),
        media.map_or(String::new(), |entry| entry.name().to_lowercase()),
    ]
}
