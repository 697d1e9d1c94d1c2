//! Patterns that are no regular expressions.

use document::{Finding, Node, Rule, Severity};
use regress::Regex;

pub(super) static INVALID_PATTERN: Rule = Rule {
    id: "invalid-pattern",
    severity: Severity::Error,
    summary: "a `pattern` is a regular expression of ECMAScript",
    why: "The generator refuses a document with a pattern that it cannot read, and no text matches it. \
          ECMAScript has neither `(?i)` nor `\\A` nor `(?P<name>…)` as other languages do.",
    wrong: "\
components:
  schemas:
    Locale: { type: string, pattern: '^[a-z{2}$' }
",
    right: "\
components:
  schemas:
    Locale: { type: string, pattern: '^[a-z]{2}$' }
",
};

pub(super) fn invalid(schema: Node<'_>) -> Option<Finding<'_>> {
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
