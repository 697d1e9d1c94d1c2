//! Detects the conflict markers of a failed Git merge.

use std::ops::Range;

use crate::span;

pub const MESSAGE: &str = "unresolved merge conflict";

pub const HELP: &str = "keep one of the versions, and remove the conflict markers";

/// Returns the span of the first conflict marker, without the name of the branch.
///
/// ```
/// # use document::conflicts;
/// let text = "title: Orders\n<<<<<<< HEAD\nversion: 1\n=======\nversion: 2\n>>>>>>> topic\n";
/// assert_eq!(conflicts::first(text), Some(14..21));
/// assert_eq!(conflicts::first("Orders\n=======\n"), None);
/// ```
pub fn first(text: &str) -> Option<Range<usize>> {
    let marker = span::lines(text).find(|(_, line)| is_marker(line));
    marker.map(|(start, _)| start..start + MARKERS[0].len())
}

/// The markers around the versions. The marker between them, `=======`, can also be the underline of a heading.
const MARKERS: [&str; 2] = ["<<<<<<<", ">>>>>>>"];

fn is_marker(line: &str) -> bool {
    let rest = MARKERS.iter().find_map(|marker| line.strip_prefix(marker));
    rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
}
