//! Finds the fault codes that a description explains.

use std::{collections::BTreeMap, ops::Range};

/// A fault code in a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained<'t> {
    pub code: u64,
    /// The text in parentheses after the code.
    pub meaning: &'t str,
    /// The status that the sentence mentions after the code.
    pub status: Option<u16>,
    /// The position of the code in the description, with its backticks.
    pub span: Range<usize>,
}

/// The phrase that introduces a status.
const STATUS: &str = "with the status ";

/// Returns the codes that a description explains. Its whitespace must already be collapsed to single spaces.
///
/// Codes are explained in a sentence such as: Codes `1` and `2` (a meaning), `3` (another) with the status 403.
pub fn explained(text: &str) -> Vec<Explained<'_>> {
    let starts = text.match_indices("ode").map(|(start, _)| start);
    // A meaning can contain the word too, and then the codes after it are found twice.
    let codes = starts.flat_map(|start| groups(text, start)).map(|it| (it.span.start, it));
    codes.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// Reads groups of codes with their meanings, such as `` `1` and `2` (a meaning), `3` (another) ``, up to the end of
/// the sentence.
fn groups(text: &str, start: usize) -> Vec<Explained<'_>> {
    let (mut codes, mut group) = (Vec::new(), Vec::new());
    let mut rest = &text[start..];
    while let Some((between, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else { return codes };
        let Some(number) = code.parse().ok().filter(|_| !between.contains(". ")) else {
            return codes;
        };
        let end = text.len() - after.len();
        group.push((number, end - code.len() - 2..end));
        rest = after;
        if let Some((meaning, after)) = after.strip_prefix(" (").and_then(|it| it.split_once(')')) {
            let status = status(after);
            let explained = |(code, span)| Explained { code, meaning, status, span };
            codes.extend(group.drain(..).map(explained));
            rest = after;
        }
    }
    codes
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

    fn of(text: &str) -> Vec<(u64, &str, Option<u16>)> {
        explained(text).into_iter().map(|it| (it.code, it.meaning, it.status)).collect()
    }

    #[test]
    fn codes_of_a_group_share_their_meaning() {
        let codes = of("Not here. Codes `2` (an `x`), `30` and `4` (the ID). Not `5` (it).");
        assert_eq!(codes, [(2, "an `x`", None), (30, "the ID", None), (4, "the ID", None)]);
    }

    #[test]
    fn the_next_status_in_the_sentence() {
        let codes = of(
            "Codes: `1` (a) and `2` (b) with the status 403; `3` (c) with the status 404. With the status 500.",
        );
        assert_eq!(codes, [(1, "a", Some(403)), (2, "b", Some(403)), (3, "c", Some(404))]);
    }

    #[test]
    fn a_meaning_about_a_code() {
        let text = "Codes `1` (a code), `22` (b).";
        assert_eq!(of(text), [(1, "a code", None), (22, "b", None)]);
        assert!(explained(text).iter().all(|it| text[it.span.clone()] == format!("`{}`", it.code)));
    }

    #[test]
    fn a_number_elsewhere_is_not_a_code() {
        assert_eq!(of("At least `1` (one). The code `x` (text)."), []);
    }
}
