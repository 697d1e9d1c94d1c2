//! Finds the fault codes that a description explains.

/// A fault code in a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained<'t> {
    pub code: u64,
    /// The text in parentheses after the code.
    pub meaning: &'t str,
    /// The status that the sentence mentions after the code.
    pub status: Option<u16>,
}

/// The phrase that introduces a status.
const STATUS: &str = "with the status ";

/// Returns the codes that a description explains. Its whitespace must already be collapsed to single spaces.
///
/// Codes are explained in a sentence such as: Codes `1` and `2` (a meaning), `3` (another) with the status 403.
pub fn explained(text: &str) -> Vec<Explained<'_>> {
    text.match_indices("ode").flat_map(|(start, _)| groups(&text[start..])).collect()
}

/// Reads groups of codes with their meanings, such as `` `1` and `2` (a meaning), `3` (another) ``, up to the end of
/// the sentence.
fn groups(mut text: &str) -> Vec<Explained<'_>> {
    let (mut codes, mut group) = (Vec::new(), Vec::new());
    while let Some((between, rest)) = text.split_once('`') {
        let Some((code, rest)) = rest.split_once('`') else { return codes };
        let Some(code) = code.parse().ok().filter(|_| !between.contains(". ")) else {
            return codes;
        };
        group.push(code);
        text = rest;
        if let Some((meaning, rest)) = rest.strip_prefix(" (").and_then(|it| it.split_once(')')) {
            let status = status(rest);
            codes.extend(group.drain(..).map(|code| Explained { code, meaning, status }));
            text = rest;
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
    fn a_number_elsewhere_is_not_a_code() {
        assert_eq!(of("At least `1` (one). The code `x` (text)."), []);
    }
}
