//! Collects the reasons why properties and operations are deprecated.

use std::ops::Range;

use openapiv3::{Operation, Schema};

use crate::{annotation::Annotations, schemas};

/// The beginning of the sentence that states the reason.
const REASON: &str = "Deprecated:";

/// The reason for an item whose description does not state one.
const NO_REASON: &str = "the API marks it as deprecated";

/// Annotates the deprecated properties of a schema and of its nested schemas with the reason.
pub(super) fn annotate(schema: &mut Schema, annotations: &mut Annotations) {
    for (pointer, child) in schemas::children_mut(schema) {
        let about = &mut child.schema_data;
        if pointer.starts_with("/properties/") && std::mem::take(&mut about.deprecated) {
            let reason = take_reason(&mut about.description);
            annotations.annotate(&mut about.description, |it| it.deprecated = Some(reason));
        }
        annotate(child, annotations);
    }
}

/// Returns the reason why an operation is deprecated, or `None` if it is not deprecated.
pub(super) fn of_operation(operation: &mut Operation) -> Option<String> {
    operation.deprecated.then(|| take_reason(&mut operation.description))
}

/// Removes the reason from a description and returns it, because rustdoc shows it before the documentation.
fn take_reason(description: &mut Option<String>) -> String {
    let text = description.take().unwrap_or_default();
    let Some(range) = sentence(&text) else {
        *description = Some(text).filter(|text| !text.is_empty());
        return NO_REASON.to_owned();
    };
    let words = text[range.start + REASON.len()..range.end].split_whitespace();
    let reason = words.collect::<Vec<_>>().join(" ");
    let (before, after) = (text[..range.start].trim_end_matches(' '), &text[range.end..]);
    let begins_line = before.is_empty() || before.ends_with('\n');
    let after = if begins_line { after.trim_start_matches(' ') } else { after };
    let rest = [before, after].concat();
    *description = Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty());
    match reason.trim_end_matches('.') {
        "" => NO_REASON.to_owned(),
        reason => reason.to_owned(),
    }
}

/// Returns the range of the sentence that begins with [`REASON`]. It ends with its paragraph at the latest.
fn sentence(text: &str) -> Option<Range<usize>> {
    let begins_sentence = |start: &usize| {
        let before = text[..*start].trim_end();
        before.is_empty() || before.ends_with(['.', '!', '?', ':', '\u{201d}', '"', ')'])
    };
    let start = text.match_indices(REASON).map(|(start, _)| start).find(begins_sentence)?;
    let rest = &text[start..];
    let paragraph = &rest[..rest.find("\n\n").unwrap_or(rest.len())];
    let ends = |(end, _): &(usize, &str)| paragraph[end + 1..].starts_with([' ', '\n']);
    let end = paragraph.match_indices('.').find(ends).map_or(paragraph.len(), |(end, _)| end + 1);
    Some(start..start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the reason and the rest of a description.
    fn split(description: &str) -> (String, Option<String>) {
        let mut description = Some(description.to_owned());
        let reason = take_reason(&mut description);
        (reason, description)
    }

    #[test]
    fn the_reason_is_at_the_beginning_of_a_paragraph() {
        let (reason, rest) = split("The total.\n\nDeprecated: it is a duplicate. It is exact.");
        assert_eq!(reason, "it is a duplicate");
        assert_eq!(rest.as_deref(), Some("The total.\n\nIt is exact."));
    }

    #[test]
    fn the_reason_is_a_sentence_in_the_description() {
        let (reason, rest) =
            split("The old name. Deprecated: use\n`amount`, e.g.`1.5`. It is exact.");
        assert_eq!(reason, "use `amount`, e.g.`1.5`");
        assert_eq!(rest.as_deref(), Some("The old name. It is exact."));
    }

    #[test]
    fn the_reason_is_a_paragraph() {
        let (reason, rest) = split("The old name.\n\nDeprecated: use `amount`\n\nIt is exact.");
        assert_eq!(reason, "use `amount`");
        assert_eq!(rest.as_deref(), Some("The old name.\n\n\n\nIt is exact."));
    }

    #[test]
    fn the_reason_is_the_whole_description() {
        assert_eq!(split("Deprecated: use `amount`."), ("use `amount`".to_owned(), None));
    }

    #[test]
    fn a_description_without_a_reason() {
        let text = "This is not Deprecated: it is old.";
        assert_eq!(split(text), (NO_REASON.to_owned(), Some(text.to_owned())));
    }

    #[test]
    fn an_empty_reason() {
        assert_eq!(split("The old name. Deprecated:").0, NO_REASON);
    }
}
