//! Escapes the fixed parts of path patterns. progenitor copies them from the document into a regular expression without
//! escaping them.

use super::literals;

/// The placeholders in progenitor's patterns, and their replacements: for any value, which progenitor writes in two
/// forms, and for the expected value. A value never spans segments.
const PLACEHOLDERS: [(&str, &str); 3] = [("[^/]*", "[^/]*"), (".*", "[^/]*"), ("{}", "{value}")];

/// Rewrites a pattern such as `^/v1/orders(open)/{}/lines/.*$`, so that its fixed parts match literally.
pub(super) fn literal(pattern: &str) -> String {
    let path = pattern.trim_start_matches('^').trim_end_matches('$');
    let mut rest = path.split('#').next().unwrap_or_default();
    let mut literal = String::from("^");
    loop {
        let next = PLACEHOLDERS.iter().filter_map(|(from, to)| Some((rest.find(from)?, from, to)));
        let Some((at, from, to)) = next.min() else { break };
        literal.push_str(&escaped(&rest[..at]));
        literal.push_str(to);
        rest = &rest[at + from.len()..];
    }
    literal + &escaped(rest) + "$"
}

fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for character in literals::encode(text).chars() {
        if r"\.+*?()|[]^$".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_parts_are_literal() {
        let pattern = literal("^/v1.0/a b/Orders(all)/{}/lines/.*/x$");
        assert_eq!(pattern, r"^/v1\.0/a%20b/Orders\(all\)/{value}/lines/[^/]*/x$");
        assert_eq!(literal("^/v1/[^/]*:[^/]*#note$"), "^/v1/[^/]*:[^/]*$");
    }
}
