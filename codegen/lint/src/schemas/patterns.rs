//! Patterns that are no regular expressions.

use document::{DiagnosticBuilder, Node};

use super::INVALID_PATTERN;
use regress::Regex;

pub(super) fn invalid(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let pattern = schema.get("pattern")?;
    // The generator's own reader of patterns.
    let error = Regex::new(pattern.as_str()?).err()?;
    let message = format!("`pattern` is no regular expression: {}", reason(&error.text));
    Some(INVALID_PATTERN.at(pattern, message).help("correct it, or remove it"))
}

fn reason(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}
