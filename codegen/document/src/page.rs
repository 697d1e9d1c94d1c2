//! Parses the Markdown page of a rule at compile time.
//!
//! A page has front matter with the severity and the summary, followed by the reason and two fenced examples, under `##
//! Wrong` and `## Right`. The parser is `const`, so a malformed page is a compile error.

use crate::{diagnostic::Severity, rule::Rule};

/// Reads a rule from its page, `rules/<id>.md` in the folder of the package.
#[macro_export]
macro_rules! rule {
    ($id:literal) => {
        $crate::page::read(
            $id,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/", $id, ".md")),
        )
    };
}
pub(crate) use rule;

/// Declares a group and its rules.
///
/// The group is called `GROUP` unless another name is given. Rules in brackets are declared elsewhere, and the group
/// lists them first.
#[macro_export]
macro_rules! rules {
    ($title:literal, $($rules:tt)*) => {
        $crate::rules! { GROUP: $title, $($rules)* }
    };
    ($group:ident: $title:literal,
        $([$($shared:path),+ $(,)?],)? $($name:ident = $id:literal,)*) => {
        $(pub(crate) static $name: $crate::Rule = $crate::rule!($id);)*

        pub(crate) static $group: $crate::Group = $crate::Group {
            title: $title,
            rules: &[$($(&$shared,)+)? $(&$name),*],
        };
    };
}

/// Parses the page of a rule.
///
/// # Panics
///
/// Panics if the page is malformed. [`rule!`](crate::rule!) calls this in statics, where a panic is a compile error.
pub const fn read(id: &'static str, page: &'static str) -> Rule {
    if find(page, "\r").is_some() {
        panic!("save the page with LF line endings");
    }
    let page = after_start(page, "---\nseverity: ", "begin the page with `---` and `severity: …`");
    let (severity, page) = split(page, "\n", "end the line of the severity");
    let page = after_start(page, "summary: ", "write `summary: …` below the severity");
    let (summary, page) = split(page, "\n", "end the line of the summary");
    let page = after_start(page, "---\n\n", "write `---` and an empty line below the summary");
    let (why, page) = split(page, "\n\n## Wrong\n\n```", "add `## Wrong` with a fenced example");
    let (_language, page) = split(page, "\n", "begin the wrong example on a line of its own");
    let (wrong, page) =
        split(page, "```\n\n## Right\n\n```", "add `## Right` with a fenced example");
    let (_language, page) = split(page, "\n", "begin the right example on a line of its own");
    let (right, rest) = split(page, "```\n", "close the right example");
    if !rest.is_empty() {
        panic!("end the page after the right example");
    }
    Rule { id, severity: self::severity(severity), summary, why, wrong, right }
}

const fn severity(name: &str) -> Severity {
    match name.as_bytes() {
        b"error" => Severity::Error,
        b"warning" => Severity::Warning,
        _ => panic!("the severity must be `error` or `warning`"),
    }
}

/// Removes a prefix from a text.
const fn after_start(text: &'static str, mark: &str, remedy: &str) -> &'static str {
    match split(text, mark, remedy) {
        (before, rest) if before.is_empty() => rest,
        _ => panic!("{}", remedy),
    }
}

/// Splits a text at the first occurrence of a mark, which must be ASCII.
const fn split(text: &'static str, mark: &str, remedy: &str) -> (&'static str, &'static str) {
    match find(text, mark) {
        Some(at) => (text.split_at(at).0, text.split_at(at + mark.len()).1),
        None => panic!("{}", remedy),
    }
}

/// Returns the offset of the first occurrence of a mark.
const fn find(text: &str, mark: &str) -> Option<usize> {
    let mut at = 0;
    while at + mark.len() <= text.len() {
        if has_at(text.as_bytes(), at, mark.as_bytes()) {
            return Some(at);
        }
        at += 1;
    }
    None
}

const fn has_at(text: &[u8], at: usize, mark: &[u8]) -> bool {
    let mut index = 0;
    while index < mark.len() && text[at + index] == mark[index] {
        index += 1;
    }
    index == mark.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "---\nseverity: warning\nsummary: Orders need an id\n---\n\nThe reason.\n\n\
                        ## Wrong\n\n```yaml\na: 1\n```\n\n## Right\n\n```yaml\na: 2\n```\n";

    /// Parses the page with a part replaced.
    fn read_changed(part: &str, replacement: &str) -> Rule {
        assert!(PAGE.contains(part));
        read("order-without-id", PAGE.replace(part, replacement).leak())
    }

    #[test]
    fn each_part_of_a_page() {
        let rule = Rule {
            id: "order-without-id",
            severity: Severity::Warning,
            summary: "Orders need an id",
            why: "The reason.",
            wrong: "a: 1\n",
            right: "a: 2\n",
        };
        assert_eq!(read("order-without-id", PAGE), rule);
    }

    #[test]
    fn a_reason_of_two_paragraphs() {
        assert_eq!(read_changed("reason.", "reason.\n\nMore.").why, "The reason.\n\nMore.");
    }

    #[test]
    #[should_panic(expected = "the severity must be `error` or `warning`")]
    fn unknown_severity() {
        read_changed("warning", "fatal");
    }

    #[test]
    #[should_panic(expected = "begin the page with `---` and `severity: …`")]
    fn no_front_matter() {
        read_changed("---\nseverity: warning\n", "");
    }

    #[test]
    #[should_panic(expected = "write `---` and an empty line below the summary")]
    fn unknown_member_of_the_front_matter() {
        read_changed("an id\n", "an id\ngroup: Orders\n");
    }

    #[test]
    #[should_panic(expected = "add `## Wrong` with a fenced example")]
    fn no_wrong_example() {
        read_changed("## Wrong\n\n```yaml\na: 1\n```\n\n", "");
    }

    #[test]
    #[should_panic(expected = "add `## Right` with a fenced example")]
    fn examples_in_reverse_order() {
        read_changed("## Right", "## Wrong");
    }

    #[test]
    #[should_panic(expected = "close the right example")]
    fn unclosed_fence() {
        read_changed("a: 2\n```", "a: 2");
    }

    #[test]
    #[should_panic(expected = "end the page after the right example")]
    fn text_after_the_examples() {
        read_changed("a: 2\n```\n", "a: 2\n```\n\nMore.\n");
    }

    #[test]
    #[should_panic(expected = "save the page with LF line endings")]
    fn windows_line_endings() {
        read_changed("\n", "\r\n");
    }
}
