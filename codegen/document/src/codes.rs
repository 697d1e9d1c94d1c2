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
        // A meaning can contain the word too, but introduces no codes.
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
        previous = word;
    }
    None
}

/// Returns the explanations from a position to the end of the sentence, as in `` `1` and `2` (a meaning), `3` (another) ``.
fn explanations_from(text: &str, start: usize) -> Vec<Explanation<'_>> {
    let (mut explanations, mut codes) = (Vec::new(), Vec::new());
    let mut rest = &text[start..];
    while let Some((between, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else { break };
        let Some(number) = code.parse().ok().filter(|_| !between.contains(". ")) else { break };
        let end = text.len() - after.len();
        codes.push(Code { number, span: end - code.len() - 2..end });
        rest = after;
        if let Some((meaning, after)) = after.strip_prefix(" (").and_then(split_at_parenthesis) {
            let (codes, end) = (std::mem::take(&mut codes), text.len() - after.len());
            explanations.push(Explanation { codes, meaning, status: status(after), end });
            rest = after;
        }
    }
    explanations
}

/// Splits text at the parenthesis that closes an open one. A meaning can contain parentheses, also single ones in code.
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

/// Returns the first status in the rest of a sentence.
fn status(rest: &str) -> Option<u16> {
    let sentence = rest.split(". ").next().unwrap_or_default();
    let (_, after) = sentence.split_once(STATUS)?;
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
    fn codes_in_two_sentences() {
        assert_eq!(explained("Code `1` (a). The code `2` (b)."), [(1, "a", None), (2, "b", None)]);
    }

    #[test]
    fn a_number_elsewhere_is_not_a_code() {
        for text in [
            "At least `1` (one). The code `x` (text).",
            "In the mode `1` (fast). Decode `2` (two). The model `3` (three).",
            "The status code `404` (not found). Status codes: `403` (forbidden).",
        ] {
            assert_eq!(explained(text), [], "{text}");
        }
    }
}
