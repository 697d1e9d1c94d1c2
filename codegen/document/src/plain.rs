//! Scalars that every reader of YAML reads alike.

use super::{
    phrasing,
    tree::{Node, Reading},
};

/// Returns what to write instead of a scalar where a value of a type is expected, if a reader takes it for one.
pub fn unambiguous(node: Node<'_>, kind: &str) -> Option<String> {
    let readings = node.scalar()?.readings();
    let is_expected = |reading: &&Reading| match (kind, reading) {
        ("boolean", Reading::Bool(_)) | ("number", Reading::Number(_)) => true,
        ("integer", Reading::Number(number)) => !number.contains(['.', 'e']),
        ("count", Reading::Number(number)) => !number.contains(['.', 'e', '-']),
        _ => false,
    };
    let plain = plain_forms(readings.iter().filter(is_expected));
    (!plain.is_empty()).then(|| format!("write {plain}"))
}

/// Returns the forms that every reader reads so, as a list for a message.
pub fn plain_forms<'r>(readings: impl Iterator<Item = &'r Reading>) -> String {
    let forms: Vec<String> = readings.filter_map(Reading::plain).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    phrasing::join_or(&forms)
}
