//! Finds look-alike characters that change the type or the text of a value.

use super::plain;
use crate::{
    characters::{Look, look},
    rule::DiagnosticBuilder,
    structure::INVALID_VALUE,
    tree::{Node, Style, Tree, Value},
};

/// Returns the offsets of all look-alike characters in an invalid value that would be valid without them.
pub(super) fn in_invalid_member(node: Node<'_>, diagnostic: &DiagnosticBuilder<'_>) -> Vec<usize> {
    let plain = as_it_looks(node);
    let would_be_valid = match diagnostic.breaks(&INVALID_VALUE) {
        true => plain.is_ascii(),
        false => !matches!(kind(&plain), Some(Kind::Text) | None),
    };
    if would_be_valid { look_alikes(node).collect() } else { Vec::new() }
}

/// Returns the offsets of the look-alike characters in a text that looks like a number or a boolean. In any other text,
/// returns the offsets of characters that look like whitespace around the text or before a comment.
pub(super) fn in_text(node: Node<'_>) -> Vec<usize> {
    if node.scalar().is_none_or(|scalar| scalar.style != Style::Plain) {
        return Vec::new();
    }
    match kind(&as_it_looks(node)) {
        Some(Kind::NumberOrBoolean) => look_alikes(node).collect(),
        _ => edges(node),
    }
}

fn as_it_looks(node: Node<'_>) -> String {
    let source = node.source();
    let plain = |(at, character): (usize, char)| match look(character) {
        Some(look) => plain(source, at, look),
        None => character.to_string(),
    };
    source.char_indices().map(plain).collect()
}

/// The type of a text that is parsed as a separate document.
enum Kind {
    Text,
    NumberOrBoolean,
    Other,
}

fn kind(text: &str) -> Option<Kind> {
    let tree = Tree::parse(text).ok()??;
    Some(match tree.root().value() {
        Value::String(_) => Kind::Text,
        Value::Number(_) | Value::Bool(_) => Kind::NumberOrBoolean,
        Value::Null | Value::Array | Value::Object => Kind::Other,
    })
}

/// Returns the offsets of look-alike characters at the start, at the end or before a comment.
fn edges(node: Node<'_>) -> Vec<usize> {
    let (start, source) = (node.span().start, node.source());
    let leading = source.len() - source.trim_start_matches(is_edge).len();
    let trailing = source.trim_end_matches(is_edge).len();
    let comment = source.match_indices("# ").find_map(|(at, _)| {
        let before = source[..at].trim_end_matches(is_edge).len();
        (before < at).then_some(before..at)
    });
    let is_at_an_edge = |at: usize| {
        at < leading || at >= trailing || comment.as_ref().is_some_and(|it| it.contains(&at))
    };
    look_alikes(node).filter(|at| is_at_an_edge(at - start)).collect()
}

fn is_edge(character: char) -> bool {
    match look(character) {
        Some(Look::Space) => true,
        Some(Look::Invisible) => {
            matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
        }
        _ => false,
    }
}

fn look_alikes(node: Node<'_>) -> impl Iterator<Item = usize> {
    let start = node.span().start;
    node.source()
        .char_indices()
        .filter(|(_, it)| look(*it).is_some())
        .map(move |(at, _)| start + at)
}
