//! The marks that git leaves in a file whose versions it could not merge.

use std::ops::Range;

/// The bytes of the first mark in a text, without the name of the branch.
///
/// ```
/// # use evidence::conflicts;
/// let text = "title: Orders\n<<<<<<< HEAD\nversion: 1\n=======\nversion: 2\n>>>>>>> topic\n";
/// assert_eq!(conflicts::first(text), Some(14..21));
/// assert_eq!(conflicts::first("Orders\n=======\n"), None);
/// ```
#[must_use]
pub fn first(text: &str) -> Option<Range<usize>> {
    let mut lines = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end - line.len(), line))
    });
    lines.find(|(_, line)| is_mark(line)).map(|(start, _)| start..start + MARKS[0].len())
}

/// A line of equals signs alone underlines a heading, so only the marks around the versions count.
const MARKS: [&str; 2] = ["<<<<<<<", ">>>>>>>"];

fn is_mark(line: &str) -> bool {
    let rest = MARKS.iter().find_map(|mark| line.strip_prefix(mark));
    rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
}
