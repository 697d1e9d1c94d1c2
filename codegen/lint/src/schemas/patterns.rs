//! Patterns that are not regular expressions.

use document::{DiagnosticBuilder, Node};

use super::INVALID_PATTERN;
use regress::Regex;

pub(super) fn invalid(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let pattern = schema.get("pattern")?;
    // typify compiles patterns with regress, too, and refuses the schema if it cannot.
    let error = Regex::new(pattern.as_str()?).err()?;
    let message = format!("`pattern` is not a regular expression: {}", reason(&error.text));
    Some(INVALID_PATTERN.at(pattern, message).help("correct or remove it"))
}

fn reason(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}
