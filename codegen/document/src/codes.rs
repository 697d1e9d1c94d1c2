//! Finds the fault codes that a description explains.

use std::ops::Range;

/// An explanation of one or more fault codes in a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'t> {
    pub codes: Vec<Code>,
    /// The text in parentheses after the codes.
    pub meaning: &'t str,
    /// The status that the sentence mentions after the meaning.
    pub status: Option<u16>,
    /// The position after the closing parenthesis.
    pub end: usize,
}

/// A fault code in a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub number: u64,
    /// The position of the code in the description, with its backticks.
    pub span: Range<usize>,
}

/// The phrase that introduces a status.
const STATUS: &str = "with the status ";

/// Returns the explanations in a description. Its whitespace must already be collapsed to single spaces.
///
/// Codes are explained in a sentence such as: Codes `1` and `2` (a meaning), `3` (another) with the status 403.
pub fn explanations(text: &str) -> Vec<Explanation<'_>> {
    let (mut explanations, mut position) = (Vec::new(), 0);
    while let Some(length) = introduction(&text[position..]) {
        position += length;
        explanations.extend(explanations_from(text, position));
        // The word can also occur in a meaning, where it introduces no codes.
        position = explanations.last().map_or(position, |last| position.max(last.end));
    }
    explanations
}

/// Returns the position after the first word that introduces fault codes.
fn introduction(text: &str) -> Option<usize> {
    let (mut position, mut previous) = (0, "");
    for part in text.split_inclusive(|it: char| !it.is_alphanumeric()) {
        let word = part.trim_end_matches(|it: char| !it.is_alphanumeric());
        let is = |other: &str| word.eq_ignore_ascii_case(other);
        if (is("code") || is("codes")) && !previous.eq_ignore_ascii_case("status") {
            return Some(position + word.len());
        }
        position += part.len();
        previous = if word.is_empty() { previous } else { word };
    }
    None
}

/// Returns the explanations from a position to the end of the sentence, as in `` `1` and `2` (a meaning), `3` (more) ``.
fn explanations_from(text: &str, start: usize) -> Vec<Explanation<'_>> {
    let (mut explanations, mut codes) = (Vec::new(), Vec::new());
    let mut rest = &text[start..];
    while let Some((between, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else { break };
        let Some(number) = number(code).filter(|_| introduces_code(between)) else { break };
        let end = text.len() - after.len();
        codes.push(Code { number, span: end - code.len() - 2..end });
        rest = after;
        if let Some(after) = after.strip_prefix(" (") {
            let Some((meaning, after)) = split_at_parenthesis(after) else { break };
            let (codes, end) = (std::mem::take(&mut codes), text.len() - after.len());
            explanations.push(Explanation { codes, meaning, status: None, end });
            rest = after;
        }
    }
    add_statuses(&mut explanations, text);
    explanations
}

/// Returns the number of a code. The service does not write codes with a sign or leading zeros.
fn number(code: &str) -> Option<u64> {
    code.parse().ok().filter(|number: &u64| number.to_string() == code)
}

/// Returns true if text is in the middle of a sentence, and does not introduce a status.
fn introduces_code(text: &str) -> bool {
    !text.contains(". ") && !text.ends_with("status ") && !text.ends_with("status code ")
}

/// Adds to each explanation the first status after it in its sentence. A status in a meaning does not count.
fn add_statuses(explanations: &mut [Explanation<'_>], text: &str) {
    let (mut next, mut status) = (text.len(), None);
    for explanation in explanations.iter_mut().rev() {
        let after = &text[explanation.end..next];
        let sentence = after.split(". ").next().unwrap_or_default();
        if sentence.len() < after.len() {
            status = None;
        }
        status = self::status(sentence).or(status);
        explanation.status = status;
        // A status before these codes belongs to the explanations before them.
        next = explanation.codes[0].span.start;
    }
}

/// Splits text at the parenthesis that closes an open one. A meaning can contain parentheses, also unbalanced ones in
/// code.
fn split_at_parenthesis(text: &str) -> Option<(&str, &str)> {
    let (mut depth, mut is_code) = (1, false);
    for (position, character) in text.char_indices() {
        match character {
            '`' => is_code = !is_code,
            '(' if !is_code => depth += 1,
            ')' if !is_code => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&text[..position], &text[position + 1..]));
        }
    }
    None
}

/// Returns the first status in a part of a sentence.
fn status(text: &str) -> Option<u16> {
    let (_, after) = text.split_once(STATUS)?;
    after.get(..3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the explained codes, and checks their positions.
    fn explained(text: &str) -> Vec<(u64, &str, Option<u16>)> {
        let mut explained = Vec::new();
        for explanation in explanations(text) {
            assert!(text[..explanation.end].ends_with(&format!("({})", explanation.meaning)));
            for Code { number, span } in explanation.codes {
                assert_eq!(text[span], format!("`{number}`"));
                explained.push((number, explanation.meaning, explanation.status));
            }
        }
        explained
    }

    #[test]
    fn codes_of_a_group_share_their_meaning() {
        let codes = explained("Not here. Codes `2` (an `x`), `30` and `4` (the ID). Not `5` (it).");
        assert_eq!(codes, [(2, "an `x`", None), (30, "the ID", None), (4, "the ID", None)]);
    }

    #[test]
    fn the_next_status_in_the_sentence() {
        let codes = explained(
            "Codes: `1` (a) and `2` (b) with the status 403; `3` (c) with the status 404. With the status 500.",
        );
        assert_eq!(codes, [(1, "a", Some(403)), (2, "b", Some(403)), (3, "c", Some(404))]);
    }

    #[test]
    fn a_meaning_about_a_code() {
        let codes =
            explained("Codes `1` (a code), `22` (like the code `5` (c), but not `7`), `3` (d).");
        let expected =
            [(1, "a code", None), (22, "like the code `5` (c), but not `7`", None), (3, "d", None)];
        assert_eq!(codes, expected);
    }

    #[test]
    fn parentheses_in_a_meaning() {
        let codes = explained("Code `1` (an exception (or error) without a `:)`). Code `2` (a");
        assert_eq!(codes, [(1, "an exception (or error) without a `:)`", None)]);
    }

    #[test]
    fn a_parenthesis_that_is_not_closed_ends_the_explanations() {
        assert_eq!(
            explained("Codes `1` (a), `2` (less than 5 (or so), `3` (c)."),
            [(1, "a", None)]
        );
    }

    #[test]
    fn a_status_in_a_meaning() {
        let codes =
            explained("Codes `1` (a), `2` (b, e.g. one with the status 500) with the status 403.");
        let meaning = "b, e.g. one with the status 500";
        assert_eq!(codes, [(1, "a", Some(403)), (2, meaning, Some(403))]);
    }

    #[test]
    fn codes_in_two_sentences() {
        assert_eq!(explained("Code `1` (a). The code `2` (b)."), [(1, "a", None), (2, "b", None)]);
    }

    #[test]
    fn a_number_in_the_next_sentence() {
        assert_eq!(explained("Code `1` (a). `2` (the limit) is not a code."), [(1, "a", None)]);
    }

    #[test]
    fn a_status_code_after_a_meaning() {
        assert_eq!(
            explained("Code `1` (a) with the status code `404` (not found)."),
            [(1, "a", None)]
        );
    }

    #[test]
    fn a_number_elsewhere_is_not_a_code() {
        for text in [
            "At least `1` (one). The code `x` (text).",
            "In the mode `1` (fast). Decode `2` (two). The model `3` (three).",
            "The status code `404` (not found). `Status` codes: `403` (forbidden).",
            "The codes `007` (seven), `+5` (five).",
        ] {
            assert_eq!(explained(text), [], "{text}");
        }
    }
}
