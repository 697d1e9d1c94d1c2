//! Scalars that every YAML parser resolves to the same value.

use super::{
    phrasing,
    tree::{Node, Resolution},
};

/// Suggests an unambiguous scalar of the expected type, if some parser resolves the node's scalar to that type.
pub fn unambiguous(node: Node<'_>, kind: &str) -> Option<String> {
    let resolutions = node.scalar()?.resolutions();
    let is_expected = |resolution: &&Resolution| match (kind, resolution) {
        ("boolean", Resolution::Bool(_)) | ("number", Resolution::Number(_)) => true,
        ("integer", Resolution::Number(number)) => !number.contains(['.', 'e']),
        ("count", Resolution::Number(number)) => !number.contains(['.', 'e', '-']),
        _ => false,
    };
    let plain = plain_forms(resolutions.iter().filter(is_expected));
    (!plain.is_empty()).then(|| format!("write {plain}"))
}

/// Lists, for a message, scalars that every parser resolves to one of these values.
pub fn plain_forms<'r>(resolutions: impl Iterator<Item = &'r Resolution>) -> String {
    let forms: Vec<String> = resolutions.filter_map(Resolution::plain).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    phrasing::join_or(&forms)
}
